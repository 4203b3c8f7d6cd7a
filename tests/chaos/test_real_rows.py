"""The checker reads the real tables: it agrees with a real sitting, and no longer does once a row was doctored."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from examhall.domain.access import Actor
from examhall.engine import answers, sessions
from examhall.engine.snapshots import ResultSnapshot
from tests.builders import choose
from tests.chaos.book import Book, digest
from tests.chaos.checks import Flaw, check
from tests.chaos.ledger import Choice, Ledger, Saved, Started, Submitted, What, read_ledger
from tests.chaos.plant import plant
from tests.chaos.stored import Stored, read_stored
from tests.chaos.world import ExamPlan, Plan, World

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> World:
    return plant(Plan(students=1, questions=4, exams=[ExamPlan()]), now=NOW)


@pytest.fixture
def book(world: World, tmp_path: Path) -> Book:
    """Let a student sit, and keep the ledger that a client would have kept."""
    exam, student = world.exams[0], world.students[0]
    actor = Actor(user_id=student)
    path = tmp_path / "ledger"
    with Ledger(path) as ledger:
        started = sessions.start_session(actor=actor, exam_id=exam.id, now=NOW)
        number = ledger.ask(student=student, what=What.START, exam=exam.id, session=None, key="1")
        ledger.ack(number, Started(session=started.id, attempt_code=started.code, questions=4))
        for place, option in zip(exam.places, (0, 1, 2), strict=False):
            choice = Choice(place.id, place.options[option], None)
            number = ledger.ask(
                student=student, what=What.SAVE, exam=exam.id, session=started.id, key="", choices=[choice]
            )
            answers.save_answer(
                actor=actor,
                session_id=started.id,
                exam_question_id=place.id,
                response=choose(choice.option),
                now=NOW,
            )
            ledger.ack(number, Saved(shown=[choice]))
        number = ledger.ask(student=student, what=What.SUBMIT, exam=exam.id, session=started.id, key="2")
        ledger.ack(number, _submitted(sessions.submit_session(actor=actor, session_id=started.id, now=NOW)))
    return digest(read_ledger(path))


def _submitted(result: ResultSnapshot) -> Submitted:
    return Submitted(
        result=result.id,
        total_score=str(result.total_score),
        correct=result.correct_count,
        wrong=result.wrong_count,
        unanswered=result.unanswered_count,
    )


def _read(world: World) -> Stored:
    with connection.cursor() as cursor:
        return read_stored(cursor, [exam.id for exam in world.exams])


def test_a_real_sitting_is_found_well(world: World, book: Book) -> None:
    assert book.acknowledged == 3
    assert check(world, book, _read(world)) == []


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE examhall_student_answer SET selected_answer_id = NULL, answered_at = NULL", Flaw.LOST),
        ("UPDATE examhall_student_answer SET score = 1", Flaw.WRONG_SCORE),
        ("DELETE FROM examhall_exam_result", Flaw.LOST),
        ("UPDATE examhall_exam_result SET total_score = 99", Flaw.WRONG_RESULT),
        ("UPDATE examhall_exam_session SET attempt_number = 5", Flaw.UNASKED),
        ("DELETE FROM examhall_exam_log", Flaw.WRONG_LOG),
    ],
)
def test_a_doctored_row_is_found_out(world: World, book: Book, statement: str, flaw: Flaw) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert flaw in {finding.flaw for finding in check(world, book, _read(world))}
