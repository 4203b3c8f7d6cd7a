"""Revisions: the order that a client gives to its own writes of one answer, whatever order they arrive in."""

MAX_REVISION = 2**53
"""The largest whole number up to which every JSON client counts without gaps (RFC 8259, section 6)."""


def is_stale(*, stored: int | None, sent: int | None) -> bool:
    """Say whether a write comes too late to count: one at least as new is stored already.

    A write without a revision always counts (sessions-api.md 2: the last one wins), and it leaves the stored revision
    standing: what was overtaken before it stays overtaken after it. Two writes of one revision are one write and its
    repetition, so the first is kept even where the second differs.
    """
    return sent is not None and stored is not None and sent <= stored
