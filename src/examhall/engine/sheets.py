"""From answer rows and a frozen paper to what one viewer may see of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from examhall.domain import reveal
from examhall.domain.paper import LaidOutQuestion, PaperOption, PaperQuestion
from examhall.domain.reveal import Reveal
from examhall.domain.words import QuestionType, RevealPolicy, SessionStatus
from examhall.engine.answer_rows import AnswerRow, ShownExam
from examhall.engine.papers import layout, paper_by_id
from examhall.engine.question_contents import face_of
from examhall.engine.snapshots import AnswerSnapshot, AnswerSummary, SessionQuestion
from examhall.store.models import ExamSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One session's answer rows in the order of its paper, each beside its question, and what the viewer may see.

    ``unserved_hidden`` says that questions which were never served may not be read.
    """

    lines: tuple[tuple[AnswerRow, LaidOutQuestion], ...]
    reveal: Reveal
    unserved_hidden: bool = False

    def answers(self) -> tuple[AnswerSnapshot, ...]:
        """Return every question with its answer, cut down to what may be seen."""
        return tuple(self.answer(row, item) for row, item in self.lines)

    def answer(self, row: AnswerRow, item: LaidOutQuestion) -> AnswerSnapshot:
        """Return one question with its answer, cut down to what may be seen."""
        shown = self.reveal.question(answered=row.answered_at is not None)
        hidden = self.unserved_hidden and row.served_at is None and row.answered_at is None
        face = face_of(item, shown=shown, hidden=hidden)
        chosen = selected_ids(row)
        return AnswerSnapshot(
            id=row.pk,
            question=SessionQuestion(
                exam_question_id=item.question.exam_question_id,
                order=item.number,
                code=item.question.code,
                content=face.content,
            ),
            selected=tuple([option for key, option in face.options.items() if key in chosen]) if chosen else (),
            answer_text=row.answer_text,
            score=row.score if shown else None,
            answered_at=row.answered_at,
            is_correct=row.is_correct if shown else None,
            revision=row.revision,
        )

    def summaries(self) -> tuple[AnswerSummary, ...]:
        """Return the lines of a result, cut down to what may be seen."""
        return tuple(self._summary(row, item) for row, item in self.lines)

    def _summary(self, row: AnswerRow, item: LaidOutQuestion) -> AnswerSummary:
        shown = self.reveal.question(answered=row.answered_at is not None)
        return AnswerSummary(
            question_order=item.number,
            question_text=item.question.text,
            is_correct=row.is_correct if shown else None,
            score=row.score if shown else None,
            selected_answer=_given_text(row, item.question),
            correct_answer=_key_text(item.question) if shown else None,
        )


def sheet(session: ExamSession, answers: Iterable[AnswerRow], *, seen_with: Reveal, staff: bool = False) -> Sheet:
    """Lay a session's answer rows beside its frozen questions; ``staff`` may read what was never served."""
    rows = {row.exam_question_id: row for row in answers}
    items = layout(session.paper_id, session.seed)
    unserved_hidden = not staff and reveal.hides_unserved(
        closed=session.status != SessionStatus.IN_PROGRESS,
        question_seconds=paper_by_id(session.paper_id).question_seconds,
    )
    return Sheet(
        lines=tuple((rows[item.question.exam_question_id], item) for item in items),
        reveal=seen_with,
        unserved_hidden=unserved_hidden,
    )


def reveal_for(session: ExamSession, exam: ShownExam, *, staff: bool, sibling_active: bool, now: datetime) -> Reveal:
    """Say what a viewer may see of a session now."""
    return reveal.reveal(
        policy=RevealPolicy(exam.reveal_policy),
        staff=staff,
        status=SessionStatus(session.status),
        exam_closed=now >= exam.end_time,
        sibling_active=sibling_active,
    )


def sheet_while_running(policy: RevealPolicy) -> Sheet:
    """Return a sheet for single answers of a running session: it shows no more than the policy shows at once."""
    return _WHILE_RUNNING[policy]


def selected_ids(row: AnswerRow) -> tuple[int, ...]:
    """Return the options that were chosen, whichever column holds them."""
    if row.selected_answer_id is not None:
        return (row.selected_answer_id,)
    return tuple(row.selected_answer_ids or ())


def _selected(row: AnswerRow, question: PaperQuestion) -> tuple[PaperOption, ...]:
    chosen = set(selected_ids(row))
    return tuple(option for option in question.options if option.id in chosen) if chosen else ()


def _given_text(row: AnswerRow, question: PaperQuestion) -> str | None:
    if row.answered_at is None:
        return None
    chosen = _selected(row, question)
    return ", ".join(option.text for option in chosen) if chosen else row.answer_text


def _key_text(question: PaperQuestion) -> str | None:
    texts = [option.text for option in question.options if option.is_correct]
    # Each accepted text of a blank is a whole answer; the correct options of a choice are one answer together.
    return (" / " if question.type is QuestionType.FILL_BLANK else ", ").join(texts) or None


_WHILE_RUNNING = {
    policy: Sheet(
        lines=(),
        reveal=reveal.reveal(
            policy=policy,
            staff=False,
            status=SessionStatus.IN_PROGRESS,
            exam_closed=False,
            # A running session is the only active one of its student and exam.
            sibling_active=False,
        ),
    )
    for policy in RevealPolicy
}
