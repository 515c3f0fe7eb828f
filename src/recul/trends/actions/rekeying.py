"""The nightly change of keys: what was written before it can be opened by nobody any more.

The order holds at any crash: the new key is on the disk before a box is sealed under it, and the
old one goes only when no box in the database needs it.
"""

from typing import Any

import anyio.to_thread
from piccolo.querystring import QueryString

from recul.database import empty_log, fetch, write_transaction
from recul.trends import keyring, queries, sealing, steps
from recul.trends.keyring import KeyLost, Name


async def rekey() -> None:
    """Seal every open cell under a new key and destroy the old ones, those of closed cycles too.

    A cell whose key is lost is left to `begin_lost_cells_anew`.
    """
    for row in await queries.open_cells():
        await _rekey(Name(row["cell"], row["cycle"], row["key_version"]))
    await destroy_old_keys()
    await empty_log()


async def _rekey(old: Name) -> None:
    new = old._replace(version=old.version + 1)
    [key] = await anyio.to_thread.run_sync(keyring.bound().make, new)
    steps.reached("re-key: new key made")
    async with write_transaction():
        found = await queries.sealed(old.cell, old.cycle, lock=True)
        if found is None or found["key_version"] != old.version:
            return  # it closed, or another process has been quicker
        await _seal_again(old, new, key, found["box"])
        steps.reached("re-key: sealed again")


async def _seal_again(old: Name, new: Name, key: bytes, box: bytes) -> None:
    try:
        sums = sealing.opened(old, box)
    except KeyLost:
        return
    again = sealing.seal(key, new, sums)
    await fetch(QueryString(sealing.STORE, new.version, again, new.cell, new.cycle))


async def destroy_old_keys() -> None:
    """Destroy what no box needs: older versions, and the keys of closed cycles.

    Never a newer version, nor the keys of a cycle that is about to open.
    """
    ring = keyring.bound()
    names = ring.names()
    steps.reached("destroying: looked")
    current = _versions(await queries.open_cells())
    last_closed = ring.last_closed
    old = [name for name in names if _is_old(name, current, last_closed)]
    if old:
        await anyio.to_thread.run_sync(ring.destroy, old)


def _versions(rows: list[dict[str, Any]]) -> dict[tuple[Any, int], int]:
    return {(row["cell"], row["cycle"]): row["key_version"] for row in rows}


def _is_old(name: Name, current: dict[tuple[Any, int], int], last_closed: int) -> bool:
    version = current.get((name.cell, name.cycle))
    return name.cycle <= last_closed if version is None else name.version < version
