"""What slices do when a backup was restored: tied to them in `recul.wiring`."""

from collections.abc import Awaitable, Callable

from recul.settings import Settings


async def _nobody(_config: Settings) -> int:
    return 0


async def _nothing(_config: Settings) -> None:
    """Nobody has anything to do."""


def _unknown(_config: Settings) -> bool:
    return False


re_erase: Callable[[Settings], Awaitable[int]] = _nobody
"""Erase again whoever was erased since the backup was made; returns how many. It runs in the
restored database before anybody can sign in."""

go_on: Callable[[Settings], Awaitable[None]] = _nothing
"""Begin anew what a backup does not hold."""

knows: Callable[[Settings], bool] = _unknown
"""Whether this machine remembers whom to erase again."""
