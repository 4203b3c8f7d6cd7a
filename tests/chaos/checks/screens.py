"""What the API shows is what the database holds."""

from collections.abc import Iterator, Mapping

from tests.chaos.checks.findings import Finding, Flaw
from tests.chaos.screens import Screen
from tests.chaos.stored import ResultRow, SessionRow, Stored


def check_screens(stored: Stored, screens: Mapping[int, Screen]) -> Iterator[Finding]:
    """Compare each session that the API shows with its rows; they must be the same sessions."""
    for session in stored.sessions.keys() ^ screens.keys():
        where = "the database" if session in stored.sessions else "the API"
        yield Finding(flaw=Flaw.API_DIFFERS, detail=f"only {where} has it", session=session)
    for session in stored.sessions.keys() & screens.keys():
        yield from _check_screen(stored, stored.sessions[session], screens[session])


def _check_screen(stored: Stored, row: SessionRow, screen: Screen) -> Iterator[Finding]:
    if (screen.student, screen.status) != (row.student, row.status):
        yield Finding(flaw=Flaw.API_DIFFERS, detail=f"{screen.status} instead of {row.status}", session=row.id)
    options = {answer.question: answer.option for answer in stored.answers[row.id]}
    if screen.options != options:
        different = {
            key for key in options.keys() | screen.options.keys() if options.get(key) != screen.options.get(key)
        }
        yield Finding(flaw=Flaw.API_DIFFERS, detail=f"answers to questions {sorted(different)}", session=row.id)
    results = stored.results[row.id]
    if (screen.result is None) != (not results):
        yield Finding(flaw=Flaw.API_DIFFERS, detail="only one of them has a result", session=row.id)
    elif screen.result is not None and not _same(screen, results[0]):
        yield Finding(flaw=Flaw.API_DIFFERS, detail=f"shows {screen.result}, holds {results[0]}", session=row.id)


def _same(screen: Screen, result: ResultRow) -> bool:
    shown = screen.result
    if shown is None or shown.id != result.id or shown.unanswered != result.unanswered:
        return False
    seen = (shown.total_score, shown.correct, shown.wrong)
    kept = (result.total_score, result.correct, result.wrong)
    return all(figure is None or figure == stored for figure, stored in zip(seen, kept, strict=True))
