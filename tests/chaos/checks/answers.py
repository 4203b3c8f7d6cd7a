"""Answers: every acknowledged one is the stored one, and is worth what the key says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tests.chaos.book import Attempt, Book, Fate, SessionBook, may_be_stored
from tests.chaos.checks.findings import Finding, Flaw
from tests.chaos.stored import AnswerRow, Stored
from tests.chaos.world import TOTAL_SCORE, World

_WRITTEN = ("answer_submitted", "answer_updated")


def check_answers(world: World, book: Book, stored: Stored) -> Iterator[Finding]:
    """Compare the answer rows of every stored session with the ledger and with the planted keys."""
    keys = {exam.id: exam.keys for exam in world.exams}
    for session, row in stored.sessions.items():
        answers = stored.answers[session]
        yield from _check_paper(session, answers, keys[row.exam])
        known = book.sessions.get(session)
        attempts: Mapping[int, list[Attempt]] = known.answers if known else {}
        for answer in answers:
            yield from _check_answer(answer, attempts.get(answer.question, []))
            yield from _check_score(answer, keys[row.exam])
        if known:
            yield from _check_replies(known)
            yield from _check_log(known, stored.logs[session])


def _check_paper(session: int, answers: list[AnswerRow], keys: Mapping[int, int]) -> Iterator[Finding]:
    questions = sorted(answer.question for answer in answers)
    if questions != sorted(keys):
        detail = f"{len(questions)} answer rows instead of one for each of {len(keys)} questions"
        yield Finding(flaw=Flaw.LOST, detail=detail, session=session)
    elif sum(answer.points for answer in answers) != TOTAL_SCORE:
        yield Finding(flaw=Flaw.WRONG_SCORE, detail="the points do not add up to the total", session=session)


def _check_answer(answer: AnswerRow, attempts: list[Attempt]) -> Iterator[Finding]:
    allowed = may_be_stored(attempts)
    found = (answer.option, answer.revision)
    if found in allowed:
        return
    acknowledged = any(attempt.fate is Fate.ACKNOWLEDGED for attempt in attempts)
    detail = f"question {answer.question} holds {found} and not one of {sorted(allowed, key=str)}: " + ", ".join(
        f"#{attempt.number} {attempt.choice.option} r{attempt.choice.revision} {attempt.fate}"
        for attempt in attempts[-4:]
    )
    yield Finding(flaw=Flaw.LOST if acknowledged else Flaw.UNASKED, detail=detail, session=answer.session)


def _check_score(answer: AnswerRow, keys: Mapping[int, int]) -> Iterator[Finding]:
    correct = answer.option is not None and answer.option == keys.get(answer.question)
    fair = answer.points if correct else Decimal(0)
    if (answer.score, answer.is_correct, answer.is_answered) != (fair, correct, answer.option is not None):
        detail = f"question {answer.question}: option {answer.option}, score {answer.score} instead of {fair}"
        yield Finding(flaw=Flaw.WRONG_SCORE, detail=detail, session=answer.session)


def _check_replies(known: SessionBook) -> Iterator[Finding]:
    """Check that each acknowledgement showed what was sent, and that none came once the hand-in was known."""
    ended = min((hand_in.known_at for hand_in in known.hand_ins), default=None)
    for attempts in known.answers.values():
        for attempt in attempts:
            if attempt.shown is None:
                continue
            if attempt.shown != attempt.choice:
                detail = f"#{attempt.number} asked for {attempt.choice}, the reply shows {attempt.shown}"
                yield Finding(flaw=Flaw.WRONG_REPLY, detail=detail, session=known.session)
            if ended is not None and attempt.number > ended:
                detail = f"#{attempt.number}, question {attempt.choice.question}"
                yield Finding(flaw=Flaw.SAVED_AFTER_END, detail=detail, session=known.session)


def _check_log(known: SessionBook, logged: Mapping[str, int]) -> Iterator[Finding]:
    """Check that the log has a line for each acknowledged change; a repeat with the same revision changes nothing."""
    changes = {
        (attempt.choice.question, attempt.number if attempt.choice.revision is None else attempt.choice.revision)
        for attempts in known.answers.values()
        for attempt in attempts
        if attempt.fate is Fate.ACKNOWLEDGED
    }
    lines = sum(logged.get(action, 0) for action in _WRITTEN)
    if lines < len(changes):
        detail = f"{lines} lines for {len(changes)} acknowledged answers"
        yield Finding(flaw=Flaw.WRONG_LOG, detail=detail, session=known.session)
    if logged.get("exam_started") != 1:
        yield Finding(flaw=Flaw.WRONG_LOG, detail=f"{logged.get('exam_started', 0)} starts", session=known.session)
