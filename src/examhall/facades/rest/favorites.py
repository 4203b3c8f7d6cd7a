"""/exams/favorites/ and /exams/{id}/favorite/: students' bookmarks (companion-apis.md, "Exams")."""

from django.http import HttpResponse
from rest_framework.request import Request

from examhall.engine import favorites
from examhall.facades.httpkit.queries import read_page
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import PAGE_PARAMS, documented
from examhall.facades.rest.wire import PageOut, page_out
from examhall.facades.rest.wire_exams import FavoriteOut, favorite_out

_ADDED = "Exam added to favorites successfully"
_REMOVED = "Exam removed from favorites successfully"


class FavoritesView(RestView):
    """``/exams/favorites/``."""

    @documented(summary="List one's favorite exams", answer=PageOut[FavoriteOut], errors=(403, 404), query=PAGE_PARAMS)
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of the student's bookmarks, the newest first."""
        page = favorites.list_favorites(actor=actor_of(request), page=read_page(request), now=request_now(request))
        return self.ok(page_out(request, page, favorite_out))


class AddFavoriteView(RestView):
    """``/exams/{id}/favorite/``."""

    @documented(
        summary="Bookmark an exam",
        answer=FavoriteOut,
        message=_ADDED,
        status=201,
        errors=(400, 403),
    )
    def post(self, request: Request, exam_id: int) -> HttpResponse:
        """Bookmark an exam of one of the student's classes."""
        favorite = favorites.add_favorite(actor=actor_of(request), exam_id=exam_id, now=request_now(request))
        return self.ok(favorite_out(favorite), _ADDED, 201)


class RemoveFavoriteView(RestView):
    """``/exams/{id}/favorite/remove/``."""

    @documented(summary="Take a bookmark away", message=_REMOVED, errors=(403,))
    def delete(self, request: Request, exam_id: int) -> HttpResponse:
        """Take a bookmark away."""
        favorites.remove_favorite(actor=actor_of(request), exam_id=exam_id)
        return self.ok(message=_REMOVED)
