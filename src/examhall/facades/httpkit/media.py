"""Images of questions, from the data directory."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View
from django.views.static import serve

SUFFIXES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})

# An SVG is a document: opened by itself it may draw, but neither run scripts nor load anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


class MediaView(View):
    """Serve one image; whatever else lies in the directory does not exist."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, path: str) -> HttpResponseBase:
        """Answer an image.

        :raises Http404: when there is none at this path.
        """
        if PurePosixPath(path).suffix.lower() not in SUFFIXES:
            raise Http404
        try:
            answer = serve(request, path, document_root=str(settings.MEDIA_ROOT))
        except (OSError, ValueError, SuspiciousOperation):
            raise Http404 from None
        answer.headers["Content-Security-Policy"] = _POLICY
        answer.headers["Cache-Control"] = "private, max-age=3600"
        return answer
