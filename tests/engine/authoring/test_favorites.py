"""Bookmarks: a student's own, of exams that the student may know of."""

from datetime import timedelta

import pytest

from examhall.domain.errors import AlreadyFavorite, ExamNotFound, FavoriteNotFound, RoleForbidden
from examhall.engine.authoring import delete_exam
from examhall.engine.enrolment import remove_student
from examhall.engine.exam_views import get_exam
from examhall.engine.favorites import add_favorite, list_favorites, remove_favorite
from examhall.engine.paging import PageRequest
from examhall.store.models import FavoriteExam, User
from tests.builders import NOW, actor, make_exam, make_world

pytestmark = pytest.mark.django_db


def titles(user: User) -> list[str]:
    page = list_favorites(actor=actor(user), page=PageRequest(), now=NOW)
    return [item.exam.values.title for item in page.items]


def test_bookmarks_are_listed_the_newest_first() -> None:
    world = make_world()
    other = make_exam(world.group, title="Second")
    for exam, minutes in ((world.exam, 0), (other, 1)):
        add_favorite(actor=actor(world.alice), exam_id=exam.pk, now=NOW + timedelta(minutes=minutes))
    assert titles(world.alice) == ["Second", "Primes and factors"]
    assert titles(world.bob) == []


def test_an_exam_tells_how_many_bookmarked_it() -> None:
    world = make_world()
    for user in (world.alice, world.bob):
        add_favorite(actor=actor(user), exam_id=world.exam.pk, now=NOW)
    remove_favorite(actor=actor(world.bob), exam_id=world.exam.pk)
    for user, own in ((world.alice, True), (world.bob, False), (world.teacher, False)):
        detail = get_exam(actor=actor(user), exam_id=world.exam.pk, now=NOW)
        assert (detail.favorites_count, detail.is_favorited) == (1, own)


def test_an_exam_is_bookmarked_once_and_forgotten_once() -> None:
    world = make_world()
    add_favorite(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    with pytest.raises(AlreadyFavorite):
        add_favorite(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    remove_favorite(actor=actor(world.alice), exam_id=world.exam.pk)
    with pytest.raises(FavoriteNotFound):
        remove_favorite(actor=actor(world.alice), exam_id=world.exam.pk)


def test_an_exam_of_another_class_cannot_be_bookmarked() -> None:
    world = make_world()
    for exam_id in (world.exam.pk, 2**62):
        with pytest.raises(ExamNotFound):
            add_favorite(actor=actor(world.charlie), exam_id=exam_id, now=NOW)


def test_whoever_leaves_the_class_keeps_no_view_of_the_exam() -> None:
    world = make_world()
    add_favorite(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    remove_student(actor=actor(world.teacher), class_id=world.group.pk, student_id=world.alice.pk)
    assert titles(world.alice) == []
    remove_favorite(actor=actor(world.alice), exam_id=world.exam.pk)


def test_a_deleted_exam_takes_its_bookmarks_along() -> None:
    world = make_world()
    add_favorite(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    delete_exam(actor=actor(world.teacher), exam_id=world.exam.pk)
    assert titles(world.alice) == []
    assert not FavoriteExam.objects.exists()


def test_staff_have_no_bookmarks() -> None:
    world = make_world()
    for who in (world.teacher, world.admin):
        with pytest.raises(RoleForbidden):
            add_favorite(actor=actor(who), exam_id=world.exam.pk, now=NOW)
        with pytest.raises(RoleForbidden):
            titles(who)
