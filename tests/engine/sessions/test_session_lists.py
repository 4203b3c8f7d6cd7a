"""Lists of sessions: whose they are, how they are filtered, cut into pages and counted."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import AccountDisabled, ClassNotFound, ExamNotFound, InvalidPage, RoleForbidden
from examhall.domain.words import Action, RevealPolicy, SessionStatus
from examhall.engine.paging import Page, PageRequest
from examhall.engine.session_lists import (
    list_class_sessions,
    list_exam_sessions,
    list_my_sessions,
    session_rows_of_exam,
)
from examhall.engine.snapshots import ExamSessions, SessionRow
from examhall.store.models import ExamResult, User
from tests.builders import NOW, World, actor, choose, make_exam, make_user, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=5)
UNKNOWN = (987_654_321, 2**63, 10**30)


def _mine(
    user: User, *, page: int = 1, page_size: int = 20, status: SessionStatus | None = None, exam_id: int | None = None
) -> Page[SessionRow]:
    request = PageRequest(page=page, page_size=page_size)
    return list_my_sessions(actor=actor(user), page=request, now=SOON, status=status, exam_id=exam_id)


def _of_class(
    world: World,
    by: User | None = None,
    *,
    class_id: int | None = None,
    status: SessionStatus | None = None,
    exam_id: int | None = None,
) -> Page[SessionRow]:
    return list_class_sessions(
        actor=actor(by or world.teacher),
        class_id=class_id or world.group.pk,
        page=PageRequest(),
        now=SOON,
        status=status,
        exam_id=exam_id,
    )


def _of_exam(
    world: World,
    by: User | None = None,
    *,
    exam_id: int | None = None,
    status: SessionStatus | None = None,
    page: int = 1,
) -> ExamSessions:
    return list_exam_sessions(
        actor=actor(by or world.teacher),
        exam_id=exam_id or world.exam.pk,
        page=PageRequest(page=page, page_size=2),
        now=SOON,
        status=status,
    )


def _other_exam(world: World) -> World:
    exam = make_exam(world.group, *(place.question for place in world.questions), title="The other one")
    return replace(world, exam=exam, questions=tuple(exam.exam_questions.order_by("order")))


def _attempts(world: World, count: int) -> list[Seat]:
    """Sit the exam so many times in a row; all but the last are handed in."""
    seats = []
    for number in range(count):
        seats.append(sit(world))
        if number < count - 1:
            seats[-1].submit()
    return seats


def _four_endings(world: World) -> dict[SessionStatus, Seat]:
    """Sit the world's exam in four ways; two of them give a result: 26.67 and 53.34 of 80 points."""
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    before = NOW - timedelta(minutes=50)
    seats = {
        SessionStatus.TIMEOUT: sit(world, make_user("Late Writer"), at=before),
        SessionStatus.ABANDONED: sit(world, make_user("Late Leaver"), at=before),
        SessionStatus.COMPLETED: sit(world, world.alice),
        SessionStatus.IN_PROGRESS: sit(world, world.bob),
    }
    seats[SessionStatus.TIMEOUT].save(0, choose(world.key(0)), at=before)
    for index in range(2):
        seats[SessionStatus.COMPLETED].save(index, choose(world.key(index)))
    seats[SessionStatus.COMPLETED].submit(at=NOW + timedelta(minutes=3, seconds=1))
    return seats


def test_a_student_lists_the_own_sessions_newest_first() -> None:
    world = make_world(max_attempts=2)
    first = sit(world, at=NOW - timedelta(minutes=1))
    first.submit()
    second = sit(world)
    sit(world, world.bob)
    assert [row.id for row in _mine(world.alice).items] == [second.id, first.id]


def test_of_sessions_of_the_same_moment_the_later_one_is_first() -> None:
    world = make_world(max_attempts=3)
    seats = _attempts(world, 3)
    assert [row.id for row in _mine(world.alice).items] == [seat.id for seat in reversed(seats)]


def test_a_row_shows_the_session_with_its_result() -> None:
    world = make_world()
    seat = _four_endings(world)[SessionStatus.COMPLETED]
    row = _mine(world.alice).items[0]
    ended = NOW + timedelta(minutes=3, seconds=1)
    assert (row.id, row.code, row.start_time) == (seat.id, seat.session.code, NOW)
    assert (row.exam_id, row.exam_title) == (world.exam.pk, "Primes and factors")
    assert (row.class_id, row.class_name) == (world.group.pk, "Algebra 2B")
    assert (row.student.id, row.student.full_name) == (world.alice.pk, "Alice Owner")
    assert (row.status, row.end_time, row.submitted_at) == (SessionStatus.COMPLETED, ended, ended)
    assert (row.total_score, row.percentage, row.time_taken) == (Decimal("53.34"), Decimal("66.68"), 3)


def test_a_row_of_each_ending_shows_what_there_is() -> None:
    world = make_world()
    _four_endings(world)
    rows = {row.status: row for row in _of_class(world).items}
    shown = {
        status: (row.total_score, row.percentage, row.time_taken, row.submitted_at is None)
        for status, row in rows.items()
    }
    zero = Decimal(0)
    assert shown == {
        SessionStatus.COMPLETED: (Decimal("53.34"), Decimal("66.68"), 3, False),
        SessionStatus.TIMEOUT: (Decimal("26.67"), Decimal("33.34"), 45, True),
        SessionStatus.ABANDONED: (zero, None, None, True),
        SessionStatus.IN_PROGRESS: (zero, None, None, True),
    }
    assert rows[SessionStatus.IN_PROGRESS].end_time is None
    assert rows[SessionStatus.ABANDONED].end_time == NOW - timedelta(minutes=5)


@pytest.mark.parametrize("status", SessionStatus)
def test_lists_are_filtered_by_status(status: SessionStatus) -> None:
    world = make_world()
    seat = _four_endings(world)[status]
    assert [row.id for row in _of_class(world, status=status).items] == [seat.id]
    assert [row.id for row in _of_exam(world, status=status).sessions.items] == [seat.id]
    assert [row.id for row in _mine(seat.student, status=status).items] == [seat.id]


def test_the_filter_looks_at_what_a_session_is_now_not_at_what_it_was_when_nobody_looked() -> None:
    world = make_world()
    sit(world, at=NOW - timedelta(minutes=50))
    assert _mine(world.alice, status=SessionStatus.IN_PROGRESS).items == ()
    assert len(_mine(world.alice, status=SessionStatus.ABANDONED).items) == 1


def test_lists_are_filtered_by_exam() -> None:
    world = make_world()
    other = _other_exam(world)
    one, another = sit(world), sit(other)
    for seat in (one, another):
        exam_id = seat.world.exam.pk
        assert [row.id for row in _mine(world.alice, exam_id=exam_id).items] == [seat.id]
        assert [row.id for row in _of_class(world, exam_id=exam_id).items] == [seat.id]
    assert len(_mine(world.alice).items) == len(_of_class(world).items) == 2


@pytest.mark.parametrize("exam_id", UNKNOWN)
def test_an_unknown_exam_filters_everything_out(exam_id: int) -> None:
    world = make_world()
    sit(world)
    for page in (_mine(world.alice, exam_id=exam_id), _of_class(world, exam_id=exam_id)):
        assert (page.items, page.count, page.total_pages) == ((), 0, 1)


def test_filters_narrow_each_other() -> None:
    world = make_world()
    sit(world).submit()
    sit(_other_exam(world))
    assert _mine(world.alice, exam_id=world.exam.pk, status=SessionStatus.IN_PROGRESS).count == 0
    assert _mine(world.alice, exam_id=world.exam.pk, status=SessionStatus.COMPLETED).count == 1


def test_pages_follow_each_other_without_gap_or_overlap() -> None:
    world = make_world(max_attempts=5)
    seats = _attempts(world, 5)
    pages = [_mine(world.alice, page=number, page_size=2) for number in (1, 2, 3)]
    assert [row.id for page in pages for row in page.items] == [seat.id for seat in reversed(seats)]
    assert [(page.page, page.count, page.total_pages, len(page.items)) for page in pages] == [
        (1, 5, 3, 2),
        (2, 5, 3, 2),
        (3, 5, 3, 1),
    ]


@pytest.mark.parametrize("number", [3, 2**63, 10**30])
def test_beyond_the_last_page_there_is_none(number: int) -> None:
    world = make_world(max_attempts=4)
    _attempts(world, 4)
    with pytest.raises(InvalidPage) as refused:
        _mine(world.alice, page=number, page_size=2)
    assert refused.value.field == "page"


def test_an_empty_list_has_one_empty_page() -> None:
    world = make_world()
    page = _mine(world.alice)
    assert (page.items, page.count, page.page, page.total_pages) == ((), 0, 1, 1)
    with pytest.raises(InvalidPage):
        _mine(world.alice, page=2)


def test_staff_have_no_sessions_of_their_own() -> None:
    world = make_world()
    sit(world)
    for viewer in (world.teacher, world.admin, world.charlie):
        assert _mine(viewer).items == ()


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        (RevealPolicy.OPEN, True),
        (RevealPolicy.ON_ANSWER, True),
        (RevealPolicy.AFTER_SUBMIT, True),
        (RevealPolicy.AFTER_CLOSE, False),
        (RevealPolicy.NEVER, False),
    ],
)
def test_a_student_s_list_shows_scores_by_the_policy_and_a_teacher_s_always(policy: RevealPolicy, shown: bool) -> None:
    world = make_world(reveal_policy=policy.value)
    seat = sit(world)
    seat.save(0, choose(world.key(0)))
    seat.submit()
    row = _mine(world.alice).items[0]
    assert (row.total_score, row.percentage) == ((Decimal("26.67"), Decimal("33.34")) if shown else (None, None))
    for page in (_of_class(world), _of_exam(world).sessions):
        assert (page.items[0].total_score, page.items[0].percentage) == (Decimal("26.67"), Decimal("33.34"))


def test_a_further_attempt_leaves_the_earlier_score_in_the_list() -> None:
    world = make_world(max_attempts=2)
    first = sit(world)
    first.save(0, choose(world.key(0)))
    first.submit()
    second = sit(world)
    second.save(0, choose(world.key(0)))
    assert {row.id: row.total_score for row in _mine(world.alice).items} == {
        first.id: Decimal("26.67"),
        second.id: Decimal(0),
    }


def test_a_class_lists_all_its_students_and_exams_and_nobody_else_s() -> None:
    world = make_world()
    mine = {sit(world).id, sit(world, world.bob).id, sit(_other_exam(world)).id}
    sit(make_world())
    for viewer in (world.teacher, world.admin):
        assert {row.id for row in _of_class(world, viewer).items} == mine


def test_an_exam_lists_its_own_sessions_only() -> None:
    world = make_world()
    one, another = sit(world), sit(_other_exam(world))
    assert [row.id for row in _of_exam(world).sessions.items] == [one.id]
    assert [row.id for row in _of_exam(another.world, world.admin).sessions.items] == [another.id]


def test_an_exam_s_list_names_the_exam() -> None:
    world = make_world(total_score=80, minutes=45)
    listed = _of_exam(world)
    assert (listed.exam_id, listed.title) == (world.exam.pk, "Primes and factors")
    assert (listed.total_score, listed.minutes) == (80, 45)


def test_the_statistics_count_every_session_whatever_the_page_and_the_filter() -> None:
    world = make_world()
    _four_endings(world)
    for listed in (_of_exam(world), _of_exam(world, page=2), _of_exam(world, status=SessionStatus.TIMEOUT)):
        counts = listed.statistics
        assert (counts.total_sessions, counts.completed, counts.in_progress) == (4, 1, 1)
        assert (counts.abandoned, counts.timeout) == (1, 1)
        # Of the two results, 53.34 and 26.67; and one of four was handed in.
        assert (counts.average_score, counts.completion_rate) == (40.01, 25.0)


def test_the_average_is_rounded_half_up() -> None:
    world = make_world()
    for student, score in ((world.alice, "1.00"), (world.bob, "1.01")):
        seat = sit(world, student)
        seat.submit()
        ExamResult.objects.filter(session_id=seat.id).update(total_score=Decimal(score))
    assert _of_exam(world).statistics.average_score == 1.01


def test_an_exam_that_nobody_sat_has_statistics_of_nothing() -> None:
    counts = _of_exam(make_world()).statistics
    assert (counts.total_sessions, counts.average_score, counts.completion_rate) == (0, 0.0, 0.0)


def test_a_student_follows_no_class_and_no_exam_not_even_unknown_ones() -> None:
    world = make_world()
    for viewer in (world.alice, world.charlie):
        for class_id in (world.group.pk, *UNKNOWN):
            with pytest.raises(RoleForbidden) as refused:
                _of_class(world, viewer, class_id=class_id)
            assert refused.value.context["action"] is Action.MONITOR_SESSIONS
        for exam_id in (world.exam.pk, *UNKNOWN):
            with pytest.raises(RoleForbidden):
                _of_exam(world, viewer, exam_id=exam_id)


def test_a_teacher_follows_no_class_of_another_teacher() -> None:
    world = make_world()
    with pytest.raises(ClassNotFound):
        _of_class(world, world.other_teacher)
    with pytest.raises(ExamNotFound):
        _of_exam(world, world.other_teacher)


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_an_unknown_class_or_exam_is_not_found(unknown: int) -> None:
    world = make_world()
    for viewer in (world.teacher, world.admin):
        with pytest.raises(ClassNotFound):
            _of_class(world, viewer, class_id=unknown)
        with pytest.raises(ExamNotFound):
            _of_exam(world, viewer, exam_id=unknown)


def test_a_deactivated_viewer_lists_nothing() -> None:
    world = make_world()
    for viewer in (world.alice, world.teacher):
        viewer.is_active = False
        viewer.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        _mine(world.alice)
    with pytest.raises(AccountDisabled):
        _of_class(world)
    with pytest.raises(AccountDisabled):
        _of_exam(world)


def test_the_rows_of_an_exam_can_be_narrowed_to_one_student() -> None:
    world = make_world(reveal_policy=RevealPolicy.NEVER.value)
    alice, bob = sit(world), sit(world, world.bob)
    alice.submit()
    rows = session_rows_of_exam(exam_id=world.exam.pk, student_id=world.alice.pk, staff=False, now=SOON)
    assert [(row.id, row.total_score) for row in rows] == [(alice.id, None)]
    everybody = session_rows_of_exam(exam_id=world.exam.pk, student_id=None, staff=True, now=SOON)
    assert [(row.id, row.total_score) for row in everybody] == [(bob.id, Decimal(0)), (alice.id, Decimal(0))]
