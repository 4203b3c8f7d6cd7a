"""``Idempotency-Key``: the client's own name of a request, so that it may safely be sent again."""

from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import AnyRequest

HEADER = "Idempotency-Key"
MAX_KEY = 100

_META = "HTTP_IDEMPOTENCY_KEY"


def read_key(request: AnyRequest) -> str | None:
    """Return the key of a request, ``None`` when it has none; it is opaque, quotation marks and all.

    :raises BodyRefused: when it is empty, longer than ``MAX_KEY``, or not of printable ASCII characters.
    """
    text: str | None = request.META.get(_META)
    if text is None:
        return None
    key = text.strip()
    if not 0 < len(key) <= MAX_KEY or not (key.isascii() and key.isprintable()):
        raise BodyRefused({HEADER: [f"Expected 1 to {MAX_KEY} printable ASCII characters."]})
    return key
