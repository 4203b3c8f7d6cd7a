"""Ending in order: what a run started and made goes, however the run is told to end."""

import signal


def end_in_order() -> None:
    """Take the usual request to end as Ctrl-C is taken: an exception that leaves every block on its way out."""
    signal.signal(signal.SIGTERM, _as_interrupt)


def _as_interrupt(_number: int, _frame: object) -> None:
    # Once: what ends the children must not be interrupted itself.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
