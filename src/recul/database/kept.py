"""Whether anything was written for the request that is being answered.

An error page may only say that nothing was kept when that is so.
"""

from contextvars import ContextVar

_written: ContextVar[list[None] | None] = ContextVar("recul_written", default=None)


def begin() -> None:
    """From here on, for this task and those it starts."""
    _written.set([])


def note() -> None:
    if (written := _written.get()) is not None:
        written.append(None)


def anything() -> bool:
    """Something was committed since `begin`."""
    return bool(_written.get())
