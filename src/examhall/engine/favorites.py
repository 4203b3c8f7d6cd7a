"""Students' bookmarks of exams."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from examhall.domain.access import Actor
from examhall.domain.errors import AlreadyFavorite, ExamNotFound, FavoriteNotFound
from examhall.domain.words import Action, Role
from examhall.engine.access import Person, person, require_role
from examhall.engine.exam_rows import exam_rows, exams_of, with_counts
from examhall.engine.locking import unit_of_work
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.snapshot_builders import user_snapshot
from examhall.engine.snapshots_exams import Favorite
from examhall.store.models import Exam, FavoriteExam


def list_favorites(*, actor: Actor, page: PageRequest, now: datetime) -> Page[Favorite]:
    """Return the student's bookmarks of exams that the student may still know of, the newest first.

    :raises RoleForbidden: when the actor is not a student.
    :raises InvalidPage: when there is no such page.
    """
    who = _student(actor)
    rows = FavoriteExam.objects.filter(user_id=who.user_id, exam__in=exams_of(who)).select_related("user")
    return paginate(rows.order_by("-created_at", "-id"), page=page, build=lambda found: _favorites(found, now=now))


@unit_of_work
def add_favorite(*, actor: Actor, exam_id: int, now: datetime) -> Favorite:
    """Bookmark an exam of one of the student's classes.

    :raises RoleForbidden: when the actor is not a student.
    :raises ExamNotFound: when there is none in the student's classes.
    :raises AlreadyFavorite: when it is bookmarked.
    """
    who = _student(actor)
    if not exams_of(who).filter(pk=exam_id).exists():
        raise ExamNotFound
    # The locked exam makes the look-up certain: it is not being deleted, and a second click waits for us.
    if Exam.objects.select_for_update().filter(pk=exam_id).first() is None:
        raise ExamNotFound
    if FavoriteExam.objects.filter(user_id=who.user_id, exam_id=exam_id).exists():
        raise AlreadyFavorite
    row = FavoriteExam.objects.create(user_id=who.user_id, exam_id=exam_id, created_at=now)
    (favorite,) = _favorites([row], now=now)
    return favorite


@unit_of_work
def remove_favorite(*, actor: Actor, exam_id: int) -> None:
    """Take a bookmark away.

    :raises RoleForbidden: when the actor is not a student.
    :raises FavoriteNotFound: when the exam is not bookmarked.
    """
    who = _student(actor)
    deleted, _ = FavoriteExam.objects.filter(user_id=who.user_id, exam_id=exam_id).delete()
    if not deleted:
        raise FavoriteNotFound


def _student(actor: Actor) -> Person:
    who = person(actor)
    require_role(who, Role.STUDENT, action=Action.FAVORITE_EXAM)
    return who


def _favorites(rows: Iterable[FavoriteExam], *, now: datetime) -> Iterator[Favorite]:
    found = list(rows)
    exams = with_counts(Exam.objects.filter(pk__in=[row.exam_id for row in found]))
    by_id = {exam.id: exam for exam in exam_rows(exams, now=now)}
    for row in found:
        yield Favorite(id=row.pk, user=user_snapshot(row.user), exam=by_id[row.exam_id], created_at=row.created_at)
