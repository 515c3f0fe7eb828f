"""Names for the points between two steps, so that a test can stop a process at each of them.

Nothing listens in a running instance: no setting and no request can change that.
"""

from collections.abc import Callable

Listener = Callable[[str], None]

_listener: Listener | None = None


def reached(name: str) -> None:
    if _listener is not None:
        _listener(name)


def listen(listener: Listener | None) -> None:
    """For tests only: call `listener` at each step from now on."""
    global _listener  # noqa: PLW0603 - one process, one listener
    _listener = listener
