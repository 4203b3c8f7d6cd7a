"""Planting the whole demo school into an empty database, in one transaction."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from examhall.engine.demo.content import DemoContent, ExamAge
from examhall.engine.demo.example import plant_accounts, plant_example
from examhall.engine.demo.school import School, plant_school
from examhall.engine.demo.sittings import Candidate, sit
from examhall.engine.locking import unit_of_work
from examhall.store.models import Exam, User

PASSWORD = "examhall-demo"  # noqa: S105 - printed for everybody to try
_SEED = 20260101
# What the demo candidate came to so far: ability and how many days ago; the last one is the final exam.
_PRUEBAS = ((-0.6, 34), (0.1, 26), (0.7, 15), (1.6, 6))
_FINAL = (0.3, 3)
# The share of a class that comes to a past exam; of a running one, who has not begun and, of the rest, who just did.
_COMES, _NOT_YET, _JUST_BEGAN = 0.94, 0.4, 0.3


def is_empty() -> bool:
    """Say whether nobody has an account yet: only then may a demo be planted."""
    return not User.objects.exists()


def plant(content: DemoContent, *, now: datetime) -> None:
    """Plant the contract's example, the school with its sittings and the certification exams; all of it or nothing."""
    # Hashed before the transaction, and once: 120 students would take seconds.
    _plant(content, password_hash=make_password(PASSWORD), now=now)


@unit_of_work
def _plant(content: DemoContent, *, password_hash: str, now: datetime) -> None:
    rng = random.Random(_SEED)  # noqa: S311 - the same content gives the same school; nothing here is secret
    accounts = plant_accounts(password_hash=password_hash)
    plant_example(accounts)
    school = plant_school(content, accounts, password_hash=password_hash, rng=rng, now=now)
    _sit_school(school, rng=rng, now=now)
    _sit_certification(school, accounts.candidate, rng=rng, now=now)


def _sit_school(school: School, *, rng: random.Random, now: datetime) -> None:
    students = sorted({student.pk for _, _, members in school.exams for student in members})
    ability = {pk: rng.gauss(0, 1) for pk in students}
    past = 0
    for exam, age, members in school.exams:
        if age is ExamAge.UPCOMING:
            continue
        past += age is ExamAge.PAST
        # Of the two past exams of a class, the older one has been marked.
        marked = age is ExamAge.PAST and past % 2 == 1
        # Each exam draws from its own source: what happens in one leaves the others as they are.
        chance = random.Random(f"{_SEED}:{exam.title}")  # noqa: S311 - see _plant
        candidates = [
            Candidate(student=student, ability=ability[student.pk], starts_at=starts_at)
            for student in members
            if (starts_at := _starts_at(exam, age, rng=chance, now=now)) is not None
        ]
        sit(exam, candidates, rng=chance, now=now, mark_essays=marked)


def _starts_at(exam: Exam, age: ExamAge, *, rng: random.Random, now: datetime) -> datetime | None:
    """Return when a student begins; ``None`` for who stays away or has not begun yet."""
    if age is ExamAge.PAST:
        return exam.start_time + timedelta(minutes=rng.uniform(0, 600)) if rng.random() < _COMES else None
    if rng.random() < _NOT_YET:
        return None
    minutes_ago = rng.uniform(0, exam.minutes) if rng.random() < _JUST_BEGAN else rng.uniform(120, 600)
    return now - timedelta(minutes=minutes_ago)


def _sit_certification(school: School, candidate: User, *, rng: random.Random, now: datetime) -> None:
    _sit_again(school.prueba, candidate, _PRUEBAS, rng=rng, now=now)
    _sit_again(school.final, candidate, (_FINAL,), rng=rng, now=now)


def _sit_again(
    exam: Exam, student: User, sittings: Sequence[tuple[float, int]], *, rng: random.Random, now: datetime
) -> None:
    for attempt, (ability, days_ago) in enumerate(sittings, start=1):
        starts_at = now - timedelta(days=days_ago, minutes=rng.uniform(0, 300))
        candidate = Candidate(student=student, ability=ability, starts_at=starts_at, attempt=attempt)
        sit(exam, [candidate], rng=rng, now=now, mark_essays=False)
