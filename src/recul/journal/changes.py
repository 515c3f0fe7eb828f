"""Who is told of a journal's changes, without the journal knowing who they are."""

from collections.abc import Awaitable, Callable

from recul.journal.moments import Moment
from recul.vault.opened import OpenVault

Written = Callable[[OpenVault, Moment | None], Awaitable[None]]
LookedAt = Callable[[OpenVault], Awaitable[None]]

when_written: dict[str, Written] = {}
"""Who is told, by name, that filed moments were added, changed or erased."""
when_looked_at: dict[str, LookedAt] = {}
"""Who is told, by name, that the months of now are about to be shown."""


async def written(vault: OpenVault, added: Moment | None = None) -> None:
    """Call it at the end of the transaction of the change, and inside it.

    `added`: nothing else happened than that this moment, filed, is there and was not before.
    """
    for listener in when_written.values():
        await listener(vault, added)


async def looked_at(vault: OpenVault) -> None:
    for listener in when_looked_at.values():
        await listener(vault)
