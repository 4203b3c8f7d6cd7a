"""Every address of the server."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from examhall.facades.httpkit.health import AliveView, MetricsView, ReadyView
from examhall.facades.httpkit.media import MediaView

# Our own page around Swagger UI: it sends the token that goes with the cookie.
_DOCS = {"template_name": "examhall/docs.html", "template_name_js": "examhall/docs.js"}

urlpatterns: list[URLPattern | URLResolver] = [
    # First, because addresses are looked through from the top and students save answers there.
    path("", include("examhall.facades.rest.urls")),
    path("", RedirectView.as_view(url="/docs/", http_method_names=["get", "head"])),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    # Split: the page's script has an address of its own, because the content policy forbids inline scripts.
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema", **_DOCS), name="docs"),
    path("healthz", AliveView.as_view()),
    path("readyz", ReadyView.as_view()),
    path("metrics", MetricsView.as_view()),
    path("media/<path:path>", MediaView.as_view()),
    path("", include("examhall.facades.examenes.urls")),
]

handler400 = "examhall.facades.rest.handlers.bad_request"
handler403 = "examhall.facades.rest.handlers.forbidden"
handler404 = "examhall.facades.rest.handlers.not_found"
handler500 = "examhall.facades.rest.handlers.server_error"
