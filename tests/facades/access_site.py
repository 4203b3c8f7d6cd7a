"""Who may see what belongs to no API: everybody."""

from tests.builders import make_world
from tests.facades.access_rows import Row, Stage, people_of


def _anything() -> Stage:
    return Stage(people=people_of(make_world()))


def _image() -> Stage:
    return Stage(people=people_of(make_world()), words={"path": "axes.svg"})


SITE_ROWS = (
    Row(method="GET", route="", statuses=(302,) * 7, stage=_anything),
    Row(method="GET", route="schema/", statuses=(200,) * 7, stage=_anything),
    Row(method="GET", route="docs/", statuses=(200,) * 7, stage=_anything),
    # For machines that watch the server; the test's client is on this machine.
    Row(method="GET", route="healthz", statuses=(200,) * 7, stage=_anything),
    Row(method="GET", route="readyz", statuses=(200,) * 7, stage=_anything),
    Row(method="GET", route="metrics", statuses=(200,) * 7, stage=_anything),
    # Images are shown by browsers, which send no token; there is none of this name.
    Row(method="GET", route="media/<path:path>", statuses=(404,) * 7, stage=_image),
)
