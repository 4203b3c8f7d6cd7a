"""The checker finds what it is there to find: each way in which a ledger, a database or an answer can be false."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.chaos.book import digest
from tests.chaos.checks import Finding, Flaw, check
from tests.chaos.ledger import Choice, Ledger, Saved, Started, Submitted, What, read_ledger
from tests.chaos.screens import Screen, ShownResult
from tests.chaos.stored import AnswerRow, ResultRow, SessionRow, Stored
from tests.chaos.world import Place, PlantedExam, World

EXAM, ALICE = 5, 7
DONE, RUNNING = 31, 32
QUARTER = Decimal("25.00")
# Questions 1 to 4 with options 11 to 14, 21 to 24 and so on; the first option is the key.
PLACES = [
    Place(id=number, options=[number * 10 + option for option in range(1, 5)], key=number * 10 + 1)
    for number in range(1, 5)
]
WORLD = World(exams=[PlantedExam(id=EXAM, max_attempts=2, places=PLACES)], students=[ALICE])


@dataclass(slots=True, kw_only=True)
class Case:
    """A ledger with what database and API hold of it: Alice handed in one session and sits the next."""

    ledger: Ledger
    path: Path
    stored: Stored
    screens: dict[int, Screen]
    copied: bool = False

    def ask(self, what: What, session: int | None, *choices: Choice, key: str = "") -> int:
        return self.ledger.ask(student=ALICE, what=what, exam=EXAM, session=session, key=key, choices=choices)

    def save(self, session: int, *choices: Choice) -> int:
        """Ask for a save and acknowledge it."""
        number = self.ask(What.SAVE, session, *choices)
        self.ledger.ack(number, Saved(shown=list(choices)))
        return number

    def change(self, session: int, question: int, **fields: object) -> None:
        """Change an answer row."""
        rows = self.stored.answers[session]
        rows[question - 1] = replace(rows[question - 1], **fields)  # type: ignore[arg-type]

    def findings(self) -> list[Finding]:
        book = digest(read_ledger(self.path), copied=self.copied)
        return check(WORLD, book, self.stored, self.screens)

    def flaws(self) -> set[Flaw]:
        return {finding.flaw for finding in self.findings()}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    path = tmp_path / "ledger"
    with Ledger(path) as ledger:
        made = Case(ledger=ledger, path=path, stored=_stored(), screens=_screens())
        _write(made)
        yield made


def _write(made: Case) -> None:
    for session, code in ((DONE, "A"), (RUNNING, "B")):
        number = made.ask(What.START, None, key=code)
        made.ledger.ack(number, Started(session=session, attempt_code=code, questions=4))
        made.save(session, Choice(1, 11, 1))
        # Changed, and the reply to the first sending of the change was lost.
        made.ledger.lose(made.ask(What.SAVE, session, Choice(2, 22, 2)), "no answer in time")
        made.save(session, Choice(2, 22, 2), Choice(3, None, 3))
        if session == DONE:
            number = made.ask(What.SUBMIT, session, key="hand-in")
            got = Submitted(result=91, total_score="25.00", correct=1, wrong=1, unanswered=2)
            made.ledger.ack(number, got)
    # What is on its way may be stored or not.
    made.ask(What.SAVE, RUNNING, Choice(4, 44, 4))


def _stored() -> Stored:
    stored = Stored()
    for attempt, (session, status) in enumerate(((DONE, "completed"), (RUNNING, "in_progress")), start=1):
        running = status == "in_progress"
        stored.sessions[session] = SessionRow(
            id=session,
            exam=EXAM,
            student=ALICE,
            status=status,
            total_score=Decimal(0) if running else QUARTER,
            attempt_number=attempt,
            active_key=f"{EXAM}:{ALICE}" if running else None,
        )
        chosen = ((11, 1), (22, 2), (None, 3), (None, None))
        stored.answers[session] = [
            AnswerRow(
                session=session,
                question=question,
                option=option,
                points=QUARTER,
                score=QUARTER if option == 11 else Decimal(0),
                is_correct=option == 11,
                is_answered=option is not None,
                revision=revision,
            )
            for question, (option, revision) in enumerate(chosen, start=1)
        ]
        stored.logs[session] = {"exam_started": 1, "answer_submitted": 2, "answer_updated": 1}
    stored.logs[DONE]["exam_submitted"] = 1
    stored.results[DONE] = [
        ResultRow(id=91, session=DONE, total_score=QUARTER, percentage=QUARTER, correct=1, wrong=1, unanswered=2)
    ]
    return stored


def _screens() -> dict[int, Screen]:
    options = {1: 11, 2: 22, 3: None, 4: None}
    result = ShownResult(id=91, total_score=None, correct=None, wrong=None, unanswered=2)
    return {
        DONE: Screen(session=DONE, student=ALICE, status="completed", options=options, result=result),
        RUNNING: Screen(session=RUNNING, student=ALICE, status="in_progress", options=dict(options), result=None),
    }


def test_what_fits_together_is_found_well(case: Case) -> None:
    assert case.findings() == []


def test_an_answer_on_its_way_may_be_stored(case: Case) -> None:
    case.change(RUNNING, 4, option=44, is_answered=True, revision=4)
    case.screens[RUNNING].options[4] = 44
    assert case.findings() == []


Doctor = Callable[[Case], object]


def _session(case: Case, session: int, **fields: object) -> None:
    case.stored.sessions[session] = replace(case.stored.sessions[session], **fields)  # type: ignore[arg-type]


def _result(case: Case, **fields: object) -> None:
    case.stored.results[DONE] = [replace(case.stored.results[DONE][0], **fields)]  # type: ignore[arg-type]


def _screen(case: Case, session: int, **fields: object) -> None:
    case.screens[session] = replace(case.screens[session], **fields)  # type: ignore[arg-type]


def _third_attempt(case: Case) -> None:
    number = case.ask(What.START, None, key="C")
    case.ledger.ack(number, Started(session=33, attempt_code="C", questions=4))
    case.stored.sessions[33] = replace(case.stored.sessions[DONE], id=33, attempt_number=3, status="abandoned")
    case.stored.answers[33] = [
        replace(row, session=33, option=None, revision=None, score=Decimal(0), is_correct=False, is_answered=False)
        for row in case.stored.answers[DONE]
    ]
    case.stored.logs[33] = {"exam_started": 1}


def _wrong_reply(case: Case) -> None:
    number = case.ask(What.SAVE, RUNNING, Choice(1, 11, 9))
    case.ledger.ack(number, Saved(shown=[Choice(1, 12, 9)]))


DOCTORED_DATABASES: dict[str, tuple[Flaw, Doctor]] = {
    "an answer is gone": (Flaw.LOST, lambda c: c.change(RUNNING, 2, option=None, is_answered=False, revision=None)),
    "an earlier answer came back": (Flaw.LOST, lambda c: c.change(RUNNING, 1, option=12, revision=0)),
    "a cleared answer came back": (Flaw.LOST, lambda c: c.change(RUNNING, 3, option=31, revision=1)),
    "an answer that nobody gave": (Flaw.UNASKED, lambda c: c.change(RUNNING, 4, option=41, revision=9)),
    "an answer row is gone": (Flaw.LOST, lambda c: c.stored.answers[RUNNING].pop()),
    "an answer row is there twice": (
        Flaw.LOST,
        lambda c: c.stored.answers[RUNNING].append(c.stored.answers[RUNNING][0]),
    ),
    "a session is gone": (Flaw.LOST, lambda c: c.stored.sessions.pop(RUNNING)),
    "a session of somebody else": (Flaw.WRONG_REPLY, lambda c: _session(c, RUNNING, student=8)),
    "a score that the key does not give": (Flaw.WRONG_SCORE, lambda c: c.change(RUNNING, 1, score=Decimal(20))),
    "a right answer that counts as wrong": (Flaw.WRONG_SCORE, lambda c: c.change(RUNNING, 1, is_correct=False)),
    "points that do not add up": (Flaw.WRONG_SCORE, lambda c: c.change(RUNNING, 4, points=Decimal(24))),
    "a result is gone": (Flaw.LOST, lambda c: c.stored.results.pop(DONE)),
    "a second result": (
        Flaw.DOUBLE_RESULT,
        lambda c: c.stored.results[DONE].append(replace(c.stored.results[DONE][0], id=92)),
    ),
    "another result": (Flaw.LOST, lambda c: _result(c, id=92)),
    "a result that does not add up": (Flaw.WRONG_RESULT, lambda c: _result(c, total_score=Decimal(50))),
    "a result that counts wrongly": (Flaw.WRONG_RESULT, lambda c: _result(c, unanswered=3)),
    "a percentage that does not fit": (Flaw.WRONG_RESULT, lambda c: _result(c, percentage=Decimal(26))),
    "a session without its total": (Flaw.WRONG_RESULT, lambda c: _session(c, DONE, total_score=Decimal(0))),
    "a running session with a result": (
        Flaw.WRONG_RESULT,
        lambda c: c.stored.results[RUNNING].append(replace(c.stored.results[DONE][0], session=RUNNING)),
    ),
    "an abandoned session with answers": (
        Flaw.WRONG_RESULT,
        lambda c: _session(c, RUNNING, status="abandoned", active_key=None),
    ),
    "a hand-in that timed out": (Flaw.LOST, lambda c: _session(c, DONE, status="timeout")),
    "two running sessions": (
        Flaw.TWO_RUNNING,
        lambda c: _session(c, DONE, status="in_progress", active_key=f"{EXAM}:{ALICE}"),
    ),
    "a running session without its key": (Flaw.TWO_RUNNING, lambda c: _session(c, RUNNING, active_key=None)),
    "an attempt beyond the limit": (Flaw.BEYOND_LIMIT, _third_attempt),
    "a gap between the attempts": (Flaw.UNASKED, lambda c: _session(c, RUNNING, attempt_number=3)),
    "a change without a line in the log": (
        Flaw.WRONG_LOG,
        lambda c: c.stored.logs[RUNNING].update(answer_updated=0),
    ),
    "a session that began twice": (Flaw.WRONG_LOG, lambda c: c.stored.logs[RUNNING].update(exam_started=2)),
    "a session that ended twice": (Flaw.WRONG_LOG, lambda c: c.stored.logs[DONE].update(exam_submitted=2)),
    "a screen with another answer": (Flaw.API_DIFFERS, lambda c: c.screens[RUNNING].options.update({1: 12})),
    "a screen with another state": (Flaw.API_DIFFERS, lambda c: _screen(c, RUNNING, status="timeout")),
    "a screen without the result": (Flaw.API_DIFFERS, lambda c: _screen(c, DONE, result=None)),
    "a session that no screen shows": (Flaw.API_DIFFERS, lambda c: c.screens.pop(RUNNING)),
}


@pytest.mark.parametrize(("flaw", "doctor"), DOCTORED_DATABASES.values(), ids=DOCTORED_DATABASES)
def test_a_doctored_database_is_found_out(case: Case, flaw: Flaw, doctor: Doctor) -> None:
    doctor(case)
    assert flaw in case.flaws()


DOCTORED_LEDGERS: dict[str, tuple[Flaw, Doctor]] = {
    "an acknowledged answer more": (Flaw.LOST, lambda c: c.save(RUNNING, Choice(4, 43, 9))),
    "an acknowledged change more": (Flaw.LOST, lambda c: c.save(DONE, Choice(1, 12, 9))),
    "an acknowledged session more": (Flaw.LOST, lambda c: c.save(99, Choice(1, 11, 9))),
    "an acknowledged result more": (
        Flaw.DOUBLE_RESULT,
        lambda c: c.ledger.ack(
            c.ask(What.SUBMIT, DONE),
            Submitted(result=92, total_score="25.00", correct=1, wrong=1, unanswered=2),
        ),
    ),
    "a result with other figures": (
        Flaw.WRONG_RESULT,
        lambda c: c.ledger.ack(
            c.ask(What.SUBMIT, DONE),
            Submitted(result=91, total_score="50.00", correct=2, wrong=0, unanswered=2),
        ),
    ),
    "a save after the hand-in": (Flaw.SAVED_AFTER_END, lambda c: c.save(DONE, Choice(1, 11, 1))),
    "a reply that shows something else": (Flaw.WRONG_REPLY, _wrong_reply),
}


@pytest.mark.parametrize(("flaw", "doctor"), DOCTORED_LEDGERS.values(), ids=DOCTORED_LEDGERS)
def test_a_doctored_ledger_is_found_out(case: Case, flaw: Flaw, doctor: Doctor) -> None:
    doctor(case)
    assert flaw in case.flaws()


def test_a_session_that_nobody_asked_for_is_found_out(case: Case) -> None:
    lines = case.path.read_text().splitlines(keepends=True)
    case.path.write_text("".join(line for line in lines if '"B"' not in line))
    assert Flaw.UNASKED in case.flaws()


def test_a_refused_answer_must_not_be_stored(case: Case) -> None:
    case.ledger.refuse(case.ask(What.SAVE, RUNNING, Choice(4, 42, 8)), 400, "Session is not active")
    case.change(RUNNING, 4, option=42, is_answered=True, revision=8)
    case.screens[RUNNING].options[4] = 42
    assert case.flaws() == {Flaw.UNASKED}


def test_where_requests_are_copied_the_refusal_of_one_copy_proves_nothing(case: Case) -> None:
    test_a_refused_answer_must_not_be_stored(case)
    case.copied = True
    assert case.findings() == []
