"""Saving answers in groups: many students' calls in one transaction, each call and item with its own outcome.

The statements are as many for a group as for one call: lock the sessions in the order of their ids, read the answer rows,
write them, log them. Every call is checked by the same rules as it would be alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from examhall.domain import revisions
from examhall.domain.access import Actor
from examhall.domain.errors import (
    AnswerNotFound,
    DomainError,
    QuestionNotInExam,
    TooManyItems,
)
from examhall.domain.kinds import Response
from examhall.domain.timing import Phase
from examhall.engine import closing, save_statements, sitting
from examhall.engine.group_commit import Settled
from examhall.engine.group_writes import GroupWrites
from examhall.engine.papers import layout_by_question, paper_by_id
from examhall.engine.responses import put_response
from examhall.engine.sheets import sheet_while_running
from examhall.engine.sitting import Sitting
from examhall.engine.snapshots import AnswerSnapshot, SaveOutcome
from examhall.store.models import ExamLog, StudentAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveItem:
    """One answer to save: named by its question or by its own id."""

    response: Response
    exam_question_id: int | None = None
    answer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCall:
    """What one caller wants saved in one session; ``bulk`` calls may hold any number of items."""

    actor: Actor
    session_id: int
    items: tuple[SaveItem, ...]
    now: datetime
    bulk: bool = False


Outcomes = tuple[SaveOutcome, ...]


def save(call: SaveCall) -> Outcomes:
    """Save a call's items, together with whoever else is saving; return after the commit.

    Saving the same items again leaves the same answers.

    :raises TooManyItems: when there are more items than questions on the paper; and whatever :class:`GroupWrites` raises.
    """
    return _SAVES(call)


def write_group(calls: Sequence[SaveCall]) -> list[Outcomes | BaseException]:
    """Write a group of calls in the transaction under way; return each call's outcomes, or why it was refused."""
    held = sitting.lock_many(sorted({call.session_id for call in calls}))
    group = _Group(held)
    checked = [group.check(call) for call in calls]
    running = [call for call, refusal in zip(calls, checked, strict=True) if refusal is None]
    group.read(running)
    outcomes: list[Outcomes | BaseException] = [
        refusal if refusal is not None else group.put(call) for call, refusal in zip(calls, checked, strict=True)
    ]
    group.write()
    return outcomes


def save_later(call: SaveCall, settled: Settled[Outcomes]) -> None:
    """Save a call's items without waiting for it: see :meth:`GroupWrites.later`."""
    _SAVES.later(call, settled)


_SAVES: GroupWrites[SaveCall, Outcomes] = GroupWrites(write_group)


class _Group:
    """The rows of one group: read together, changed one by one, written together."""

    def __init__(self, held: dict[int, Sitting]) -> None:
        self._held = held
        self._rows: dict[int, dict[int, StudentAnswer]] = defaultdict(dict)
        self._changed: dict[int, StudentAnswer] = {}
        self._logs: list[ExamLog] = []

    def check(self, call: SaveCall) -> DomainError | sitting.NotTheirs | None:
        """Return why nothing of a call can be saved, or ``None``."""
        try:
            sitting.check_running(sitting.check_theirs(self._held.get(call.session_id), call.actor), now=call.now)
        except (DomainError, sitting.NotTheirs) as refusal:
            return refusal
        return None

    def read(self, calls: Iterable[SaveCall]) -> None:
        """Read the rows that calls name; all rows of a session where one row does not tell enough."""
        whole: set[int] = set()
        by_question: set[tuple[int, int]] = set()
        by_id: set[tuple[int, int]] = set()
        for call in calls:
            if call.bulk or self._has_clock(call.session_id):
                whole.add(call.session_id)
                continue
            for item in call.items:
                # A number that no id can be names nothing; SQLite could not even take it as a parameter.
                if item.answer_id is not None and 0 < item.answer_id <= sitting.LARGEST_ID:
                    by_id.add((call.session_id, item.answer_id))
                elif item.exam_question_id is not None and 0 < item.exam_question_id <= sitting.LARGEST_ID:
                    by_question.add((call.session_id, item.exam_question_id))
        found: dict[int, StudentAnswer] = {}
        if whole:
            found |= {row.pk: row for row in save_statements.answer_rows_of_sessions(sorted(whole))}
        if by_question:
            found |= _missing(found, save_statements.answer_rows_by_question(sorted(by_question)))
        if by_id:
            found |= _missing(found, save_statements.answer_rows_by_id(sorted(by_id)))
        for row in found.values():
            self._rows[row.session_id][row.exam_question_id] = row

    def put(self, call: SaveCall) -> Outcomes | DomainError:
        """Put a call's responses into its rows; a refused item leaves the others alone."""
        rows = self._rows[call.session_id]
        if call.bulk and len(call.items) > len(rows):
            return TooManyItems(limit=len(rows))
        held = self._held[call.session_id]
        return tuple(self._put_item(held, rows, item, now=call.now) for item in call.items)

    def write(self) -> None:
        """Write what has changed; hand in sessions with question clocks whose last question is answered."""
        if not self._changed:
            return
        save_statements.update_answers(list(self._changed.values()))
        save_statements.insert_logs(self._logs)
        last: dict[int, datetime] = {}
        for row in self._changed.values():
            if row.answered_at is not None:
                # The calls of a group need not stand in the order of their times.
                last[row.session_id] = max(row.answered_at, last.get(row.session_id, row.answered_at))
        for session_id, now in last.items():
            if self._has_clock(session_id):
                closing.close_when_complete(self._held[session_id], [*self._rows[session_id].values()], now=now)

    def _put_item(
        self, held: Sitting, rows: Mapping[int, StudentAnswer], item: SaveItem, *, now: datetime
    ) -> SaveOutcome:
        row = _named(rows, item)
        named = item.exam_question_id or 0
        if row is None:
            refusal = QuestionNotInExam(field="exam_question_id") if item.answer_id is None else AnswerNotFound()
            return SaveOutcome(exam_question_id=named, answer=None, refusal=refusal)
        try:
            late = self._put_row(held, row, item.response, now=now)
        except DomainError as refused:
            return SaveOutcome(exam_question_id=row.exam_question_id, answer=None, refusal=refused)
        answer = _snapshot(held, row)
        return SaveOutcome(
            exam_question_id=row.exam_question_id, answer=replace(answer, late=True) if late else answer, refusal=None
        )

    def _put_row(self, held: Sitting, row: StudentAnswer, response: Response, *, now: datetime) -> bool:
        """Put a response into its row, unless a newer one is there; say whether it came within the grace."""
        if revisions.is_stale(stored=row.revision, sent=response.revision):
            return False
        phase = sitting.check_running(held, now=now)
        self._logs.append(put_response(held, row, response, phase=phase, now=now))
        self._changed[row.pk] = row
        return phase is Phase.LATE

    def _has_clock(self, session_id: int) -> bool:
        return paper_by_id(self._held[session_id].session.paper_id).question_seconds is not None


def _named(rows: Mapping[int, StudentAnswer], item: SaveItem) -> StudentAnswer | None:
    """Return the row that an item means, among those of its session by their questions."""
    if item.answer_id is not None:
        return next((row for row in rows.values() if row.pk == item.answer_id), None)
    return rows.get(item.exam_question_id or 0)


def _missing(found: dict[int, StudentAnswer], rows: Iterable[StudentAnswer]) -> dict[int, StudentAnswer]:
    return {row.pk: row for row in rows if row.pk not in found}


def _snapshot(held: Sitting, row: StudentAnswer) -> AnswerSnapshot:
    item = layout_by_question(held.session.paper_id, held.session.seed)[row.exam_question_id]
    return sheet_while_running(held.policy).answer(row, item)
