"""Which write of an answer counts, when the client numbers its writes."""

import pytest

from examhall.domain.revisions import MAX_REVISION, is_stale


@pytest.mark.parametrize(
    ("stored", "sent", "stale"),
    [
        (None, None, False),
        (None, 0, False),
        (0, None, False),
        (7, None, False),
        (7, 8, False),
        (7, MAX_REVISION, False),
        (7, 7, True),
        (7, 6, True),
        (0, 0, True),
        (MAX_REVISION, 0, True),
    ],
)
def test_a_write_counts_unless_one_as_new_is_stored(stored: int | None, sent: int | None, stale: bool) -> None:
    assert is_stale(stored=stored, sent=sent) is stale


def test_revisions_reach_as_far_as_a_javascript_client_can_count() -> None:
    assert MAX_REVISION == 9_007_199_254_740_992
