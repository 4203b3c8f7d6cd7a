"""Rows that are read without models: every value as the ORM gives it, on every database."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.engine.answer_rows import PlainAnswer
from examhall.engine.session_rows import answers_of, logs_of
from examhall.store.models import ExamLog, StudentAnswer
from tests.builders import NOW, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

TEXTS = ["", " ", "null", "[1]", "1e3", "50 % \"of\" \\ 'these'\n\t\x01", "ñ 😀 \u2028", "x" * 10_000]


@pytest.fixture
def seat() -> Seat:
    return sit(make_world(questions=len(TEXTS)))


def test_answers_are_read_as_they_are(seat: Seat) -> None:
    for index, text in enumerate(TEXTS):
        row = seat.row(index)
        row.answer_text = text
        row.score = [Decimal("12345678.95"), Decimal("0.10"), Decimal("33.33"), Decimal("0.00")][index % 4]
        row.answered_at = NOW + timedelta(microseconds=index) if index else None
        row.is_correct = bool(index % 2)
        row.selected_answer_id = seat.world.key(index) if index % 3 == 0 else None
        row.selected_answer_ids = [seat.world.key(index), 2**53 + 1] if index % 3 == 1 else None
        row.served_at, row.marked_at = NOW, NOW + timedelta(days=1) if index == 2 else None
        row.revision = 2**53 - index if index % 2 else None
        row.save()
    read = {row.pk: row for row in answers_of(seat.id)}
    for stored in StudentAnswer.objects.filter(session_id=seat.id):
        assert read.pop(stored.pk) == tuple(getattr(stored, name) for name in PlainAnswer._fields)
    assert read == {}


def test_a_session_without_rows_has_none() -> None:
    assert (answers_of(987_654_321), logs_of(987_654_321)) == ([], ())


def test_a_log_is_read_by_time_and_then_by_id(seat: Seat) -> None:
    ExamLog.objects.all().delete()
    for minute, text in enumerate(reversed(TEXTS)):
        ExamLog.objects.create(
            session_id=seat.id,
            student=seat.student,
            actions=f"action_{minute}",
            timestamp=NOW - timedelta(minutes=minute // 2, microseconds=7),
            detail=text,
        )
    stored = ExamLog.objects.order_by("timestamp", "id")
    assert [(log.id, log.actions, log.timestamp, log.detail) for log in logs_of(seat.id)] == [
        (log.pk, log.actions, log.timestamp, log.detail) for log in stored
    ]
