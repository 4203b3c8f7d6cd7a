"""Rows that are written out: the same in the database as if the ORM had written them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from examhall.engine import row_writes
from examhall.engine.papers import layout
from examhall.store.models import ExamLog, ExamResult, StudentAnswer
from tests.builders import NOW, make_world
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db

TEXT = "50 % of \"these\" \\ 'those' %s ñ 😀"


def _result(session_id: int, student_id: int, exam_id: int) -> ExamResult:
    return ExamResult(
        session_id=session_id,
        student_id=student_id,
        exam_id=exam_id,
        total_score=Decimal("12345678.95"),
        correct_count=1,
        wrong_count=2,
        unanswered_count=3,
        submitted_at=NOW + timedelta(microseconds=1),
        status="pending",
        feedback=TEXT,
        percentage=Decimal("66.67"),
    )


def test_an_inserted_row_learns_its_id_and_is_read_back_as_it_was() -> None:
    seat = sit(make_world())
    row = _result(seat.id, seat.student.pk, seat.world.exam.pk)
    row_writes.insert(row)
    expected = {field.attname: getattr(row, field.attname) for field in ExamResult._meta.concrete_fields}
    assert ExamResult.objects.filter(pk=row.pk).values(*expected).get() == expected


def test_a_constraint_refuses_an_insert_as_it_does_the_orm_s() -> None:
    seat = sit(make_world())
    row_writes.insert(_result(seat.id, seat.student.pk, seat.world.exam.pk))
    with pytest.raises(IntegrityError), transaction.atomic():
        row_writes.insert(_result(seat.id, seat.student.pk, seat.world.exam.pk))


def test_rows_inserted_together_are_read_back_as_they_were() -> None:
    seat = sit(make_world())
    details = [TEXT, None, "", "%"]
    row_writes.insert_all(
        [
            ExamLog(session_id=seat.id, student_id=seat.student.pk, actions=f"a_{place}", timestamp=NOW, detail=detail)
            for place, detail in enumerate(details)
        ]
    )
    assert [(log.actions, log.detail) for log in seat.logs[1:]] == [
        (f"a_{place}", detail) for place, detail in enumerate(details)
    ]


def test_an_update_writes_the_columns_named_and_no_other() -> None:
    session = sit(make_world()).session
    session.status, session.active_key, session.total_score = "timeout", None, Decimal("7.25")
    session.end_time, session.code = NOW, "another"
    row_writes.update(session, ("total_score", "active_key", "status", "end_time"))
    code = session.code
    session.refresh_from_db()
    written = (session.status, session.active_key, session.total_score, session.end_time)
    assert written == ("timeout", None, Decimal("7.25"), NOW)
    assert session.code != code


@pytest.mark.parametrize("clock", [None, 65])
@pytest.mark.parametrize("told", [True, False])
def test_the_answer_rows_of_a_new_session_are_told_as_they_are(
    monkeypatch: pytest.MonkeyPatch, clock: int | None, told: bool
) -> None:
    if not told:
        monkeypatch.setattr(type(connection.features), "can_return_rows_from_bulk_insert", False)
    session = sit(make_world(questions=7, shuffle=True, question_seconds=clock)).session
    StudentAnswer.objects.all().delete()
    items = layout(session.paper_id, session.seed)
    rows = row_writes.insert_answers(session.pk, items, served_at=NOW if clock else None)
    stored = [
        tuple(getattr(row, name) for name in rows[0]._fields)
        for row in StudentAnswer.objects.filter(session=session).order_by("position")
    ]
    assert stored == list(rows)
    assert [row.exam_question_id for row in rows] == [item.question.exam_question_id for item in items]
