"""Rows that no door makes: `python -m tests.concurrency.http.planting plant`, or `deactivate EMAIL`."""

import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django
import msgspec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examhall.config.settings")
django.setup()

from django.db import transaction  # noqa: E402 - models and what reads them need the set-up above

from examhall.domain.words import Role  # noqa: E402
from examhall.store.models import ExamQuestion, QuestionAnswer, User  # noqa: E402
from tests.builders import make_class, make_exam, make_question, make_user  # noqa: E402
from tests.certification import key_of, make_certification  # noqa: E402
from tests.concurrency.http.school import ATTEMPTS, QUESTIONS, Option, Question, School  # noqa: E402


@transaction.atomic
def plant(now: datetime) -> School:
    """Plant exams that are open now; students register themselves."""
    # The server has the clock of this machine, unlike most tests.
    window: dict[str, Any] = {"start_time": now - timedelta(hours=1), "end_time": now + timedelta(hours=3)}
    teacher = make_user("Teresa Teacher", Role.TEACHER)
    group = make_class(teacher, open_enrolment=True)
    asked = [make_question(teacher, f"Which one of row {number} is prime?") for number in range(QUESTIONS)]
    exam = make_exam(group, *asked, max_attempts=ATTEMPTS, **window)
    certification = make_certification(bank=4, draws=(2, 2), **window)
    places = ExamQuestion.objects.filter(exam=exam).select_related("question").order_by("order")
    return School(
        exam_id=exam.pk,
        questions=[_question(place) for place in places],
        final_keys={question.pk: key_of(question.pk) for question in certification.bank},
    )


def deactivate(email: str) -> None:
    """Switch an account off.

    :raises LookupError: when there is no such account.
    """
    changed = User.objects.filter(email_key=email.casefold()).update(is_active=False)
    if changed != 1:
        raise LookupError(email)


def _question(place: ExamQuestion) -> Question:
    options = QuestionAnswer.objects.filter(question_id=place.question_id).order_by("id")
    right, wrong = (next(option for option in options if option.is_correct is kind) for kind in (True, False))
    return Question(
        exam_question_id=place.pk,
        text=place.question.question_text,
        right=Option(id=right.pk, text=right.text),
        wrong=Option(id=wrong.pk, text=wrong.text),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["plant"]:
            sys.stdout.write(msgspec.json.encode(plant(datetime.now(UTC))).decode())
        case ["deactivate", address]:
            deactivate(address)
        case unknown:
            sys.exit(f"unknown task: {unknown}")
