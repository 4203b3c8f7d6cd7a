"""How many exams of each kind somebody may still begin."""

from datetime import timedelta

import pytest

from examhall.domain.errors import AccountDisabled
from examhall.engine.certification_views import count_attempts_left
from examhall.store.models import Exam, User
from tests.builders import NOW, actor
from tests.certification import FINAL, INSTANT, PRACTICE, Certification, begin, make_certification, sit
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db


def left(user: User) -> tuple[int, int]:
    counted = count_attempts_left(actor=actor(user), now=NOW)
    return counted[PRACTICE], counted[FINAL]


@pytest.fixture
def world() -> Certification:
    return make_certification()


def test_at_first_all_attempts_are_left(world: Certification) -> None:
    assert left(world.alice) == (20, 3)


def test_a_begun_exam_counts_at_once_and_for_its_kind_only(world: Certification) -> None:
    begin(world.alice)
    assert left(world.alice) == (19, 3)
    begin(world.alice, FINAL)
    assert left(world.alice) == (19, 2)


def test_going_on_with_it_uses_nothing_more(world: Certification) -> None:
    begin(world.alice)
    begin(world.alice)
    assert left(world.alice) == (19, 3)


def test_attempts_of_others_do_not_count(world: Certification) -> None:
    begin(world.bob)
    assert left(world.alice) == (20, 3)


def test_after_the_last_attempt_none_is_left(world: Certification) -> None:
    for _ in range(3):
        sit(world.alice, FINAL, right=0)
    assert left(world.alice) == (20, 0)


def test_a_lowered_limit_never_leaves_less_than_nothing(world: Certification) -> None:
    for _ in range(3):
        sit(world.alice, FINAL, right=0)
    Exam.objects.filter(pk=world.final.pk).update(max_attempts=2)
    assert left(world.alice) == (20, 0)


def test_a_kind_that_nobody_offers_leaves_none(world: Certification) -> None:
    Exam.objects.filter(pk=world.practice.pk).update(slug=None)
    assert left(world.alice) == (0, 3)


@pytest.mark.parametrize("window", [{"start_time": NOW + INSTANT}, {"end_time": NOW}])
def test_outside_its_window_an_exam_leaves_none(world: Certification, window: dict[str, object]) -> None:
    Exam.objects.filter(pk=world.final.pk).update(**window)
    assert left(world.alice) == (20, 0)


def test_a_class_that_is_not_open_leaves_none_to_strangers(world: Certification) -> None:
    world.group.open_enrolment = False
    world.group.save(update_fields=["open_enrolment"])
    world.group.enrolments.create(student=world.bob, joined_at=NOW - timedelta(days=1))
    assert left(world.alice) == (0, 0)
    assert left(world.bob) == (20, 3)


def test_staff_have_no_attempts(world: Certification) -> None:
    assert left(world.teacher) == left(world.admin) == (0, 0)


def test_a_deactivated_candidate_is_nobody(world: Certification) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        left(world.alice)


def test_it_takes_three_statements(world: Certification) -> None:
    sit(world.alice, right=1)
    begin(world.alice, FINAL)
    with assert_queries_at_most(3):
        left(world.alice)
