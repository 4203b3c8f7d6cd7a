"""Every address of the server."""

import importlib.util

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/docs/")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    # Split: the page's script has an address of its own, because the content policy forbids inline scripts.
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
# Until each door is there.
for _door in ("examhall.facades.rest.urls", "examhall.facades.examenes.urls"):
    if importlib.util.find_spec(_door):
        urlpatterns.append(path("", include(_door)))

handler400 = "examhall.facades.rest.handlers.bad_request"
handler403 = "examhall.facades.rest.handlers.forbidden"
handler404 = "examhall.facades.rest.handlers.not_found"
handler500 = "examhall.facades.rest.handlers.server_error"
