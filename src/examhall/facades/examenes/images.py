"""The address of a question's image."""

from django.http import HttpRequest


def image_address(request: HttpRequest, image_url: str | None) -> str | None:
    """Return the absolute address of an image: our own media are on the host that was asked, others where they are."""
    return request.build_absolute_uri(image_url) if image_url else None
