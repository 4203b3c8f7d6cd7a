"""Results: one for each session that has to have one, adding up to the stored scores, and the one that was acknowledged."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from tests.chaos.book import Book, HandIn
from tests.chaos.checks.attempts import RUNNING
from tests.chaos.checks.findings import Finding, Flaw
from tests.chaos.stored import AnswerRow, ResultRow, SessionRow, Stored
from tests.chaos.world import TOTAL_SCORE, hundredths

_HAVE_A_RESULT = {"completed": "exam_submitted", "timeout": "exam_timeout"}


def check_results(book: Book, stored: Stored) -> Iterator[Finding]:
    """Check the results of all stored sessions, then those that were acknowledged."""
    for session, row in stored.sessions.items():
        yield from _check_end(row, stored.answers[session], stored.results[session], stored.logs[session])
    for session, known in book.sessions.items():
        if known.hand_ins and session in stored.sessions:
            yield from _check_acknowledged(stored.sessions[session], known.hand_ins, stored.results[session])


def _check_end(
    row: SessionRow, answers: list[AnswerRow], results: list[ResultRow], logged: dict[str, int]
) -> Iterator[Finding]:
    for _ in results[1:]:
        yield Finding(flaw=Flaw.DOUBLE_RESULT, detail=f"{len(results)} results", session=row.id)
    action = _HAVE_A_RESULT.get(row.status)
    if action is None:
        if results:
            yield Finding(flaw=Flaw.WRONG_RESULT, detail=f"{row.status}, but it has a result", session=row.id)
        if row.status != RUNNING and any(answer.is_answered for answer in answers):
            yield Finding(flaw=Flaw.WRONG_RESULT, detail=f"{row.status}, but it has answers", session=row.id)
        return
    if logged.get(action) != 1:
        yield Finding(flaw=Flaw.WRONG_LOG, detail=f"{logged.get(action, 0)} lines of {action}", session=row.id)
    if row.status == "timeout" and not any(answer.is_answered for answer in answers):
        yield Finding(flaw=Flaw.WRONG_RESULT, detail="timeout without an answer", session=row.id)
    if not results:
        yield Finding(flaw=Flaw.LOST, detail=f"{row.status}, but it has no result", session=row.id)
    for result in results:
        yield from _check_sums(row, answers, result)


def _check_sums(row: SessionRow, answers: list[AnswerRow], result: ResultRow) -> Iterator[Finding]:
    total = sum((answer.score for answer in answers), Decimal(0))
    answered = sum(answer.is_answered for answer in answers)
    correct = sum(answer.is_correct for answer in answers)
    share = (total * 100 / TOTAL_SCORE).quantize(Decimal("0.01"), ROUND_HALF_UP)
    due = (total, total, share, correct, answered - correct, len(answers) - answered)
    has = (row.total_score, result.total_score, result.percentage, result.correct, result.wrong, result.unanswered)
    if has != due:
        shown = [str(value) for value in has], [str(value) for value in due]
        yield Finding(flaw=Flaw.WRONG_RESULT, detail=f"{shown[0]} instead of {shown[1]}", session=row.id)


def _check_acknowledged(row: SessionRow, hand_ins: list[HandIn], results: list[ResultRow]) -> Iterator[Finding]:
    if row.status != "completed":
        yield Finding(flaw=Flaw.LOST, detail=f"handed in, but it is {row.status}", session=row.id)
    ids = {hand_in.got.result for hand_in in hand_ins}
    if len(ids) > 1:
        yield Finding(flaw=Flaw.DOUBLE_RESULT, detail=f"the replies name results {sorted(ids)}", session=row.id)
    for result in results:
        for hand_in in hand_ins:
            yield from _check_shown(row, hand_in, result)


def _check_shown(row: SessionRow, hand_in: HandIn, result: ResultRow) -> Iterator[Finding]:
    got = hand_in.got
    if got.result != result.id:
        yield Finding(flaw=Flaw.LOST, detail=f"result {got.result} became {result.id}", session=row.id)
    stored = (result.total_score, result.correct, result.wrong, result.unanswered)
    # While a later attempt runs, the reply to a repeated hand-in hides the figures.
    total = None if got.total_score is None else hundredths(got.total_score)
    shown = (total, got.correct, got.wrong, got.unanswered)
    if any(seen is not None and seen != kept for seen, kept in zip(shown, stored, strict=True)):
        yield Finding(flaw=Flaw.WRONG_RESULT, detail=f"acknowledged {got}, stored {result}", session=row.id)
