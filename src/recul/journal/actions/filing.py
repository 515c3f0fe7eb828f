"""Filing what was deposited while the vault was locked, and what a found code brings back.

Where nothing can be written now, it is read as it was deposited, and filed another day.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread

from recul.database import if_possible, write_transaction
from recul.journal import changes, queries
from recul.journal.actions import keep as keeping
from recul.journal.moments import Entry, Moment, decode, encode
from recul.journal.tables import Draft, JournalKeep
from recul.journal.tables import Entry as EntryTable
from recul.vault import boxes
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault

T = TypeVar("T")
FILE = "UPDATE entry SET vault = {}, month = {}, box = {} WHERE id = {} AND vault = {}"
# A page that read the row before another one filed it must not undo what was changed since.
FILE_WAITING = (
    "UPDATE entry SET month = {}, box = {} WHERE id = {} AND vault = {} AND month IS NULL"
)

MOVE_DRAFT = "INSERT INTO draft (vault, box) VALUES ({}, {}) ON CONFLICT (vault) DO NOTHING"


async def file(vault: OpenVault, rows: list[dict[str, Any]]) -> list[Entry]:
    """File deposited rows under the data key. What does not open stays where it is."""
    entries = _deposited(vault, rows)
    if not entries:
        return []
    async with write_transaction():
        for entry in entries:
            await _file(vault, entry)
        await changes.written(vault)
    await keeping.remember_words(vault, [entry.moment for entry in entries])
    return entries


def _deposited(vault: OpenVault, rows: list[dict[str, Any]]) -> list[Entry]:
    entries = []
    for row in rows:
        try:
            entries.append(Entry(row["id"], decode(vault.open_deposit(row["box"]))))
        except (Unreadable, ValueError):
            continue
    return entries


async def _file(vault: OpenVault, entry: Entry) -> None:
    moment: Moment = entry.moment
    box = vault.seal_entry(entry.id, encode(moment))
    await EntryTable.raw(FILE_WAITING, vault.month_index(moment.month), box, entry.id, vault.id)


async def entries_of_months(vault: OpenVault, months: list[str]) -> list[Entry]:
    """The entries of some months, newest first, after filing what waits to be."""
    async with if_possible():
        await changes.looked_at(vault)
    filed, waiting = await queries.rows_of_months(vault, months)
    done, left = await _file_or_keep(vault, waiting)
    if done:
        filed, _ = await queries.rows_of_months(vault, months)
    here = [entry for entry in left if entry.moment.month in months]
    return queries.newest_first(queries.opened(vault, filed) + here)


async def _file_or_keep(
    vault: OpenVault, waiting: list[dict[str, Any]]
) -> tuple[bool, list[Entry]]:
    """File what waits: whether any was, and what could not be written now and is only read."""
    if not waiting:
        return False, []
    done, left = False, _deposited(vault, waiting)
    async with if_possible():
        done, left = bool(await file(vault, waiting)), []
    return done, left


async def over_everything(vault: OpenVault, work: Callable[[list[Entry]], T]) -> T:
    """`work` on all entries, newest first, in a worker thread, after filing what waits to be."""
    _, left = await _file_or_keep(vault, await queries.waiting_rows(vault))
    if left:
        return await queries.over_everything(
            vault, lambda found: work(queries.newest_first(found + left))
        )
    return await queries.over_everything(vault, work)


async def file_waiting(vault: OpenVault) -> None:
    """File what was deposited while the vault was locked, if there is any and it can be."""
    await _file_or_keep(vault, await queries.waiting_rows(vault))


async def take_over(vault: OpenVault, former: OpenVault) -> bool:
    """Bring the entries of a closed vault, and its draft, into the one in use.

    False when some of it did not open: then the closed vault must stay, for a better day.
    """
    rows = await EntryTable.select().where(EntryTable.vault == former.id)
    await file(former, [row for row in rows if row["month"] is None])
    entries = await queries.over_everything(former, list)
    former_keep, _ = await queries.keep(former)
    draft = await queries.draft(former)
    sealed = await anyio.to_thread.run_sync(
        lambda: [
            (vault.month_index(e.moment.month), vault.seal_entry(e.id, encode(e.moment)), e.id)
            for e in entries
        ]
    )
    async with write_transaction():
        for month, box, entry_id in sealed:
            await EntryTable.raw(FILE, vault.id, month, box, entry_id, former.id)
        await changes.written(vault)
        await JournalKeep.delete().where(JournalKeep.vault == former.id)
        if draft is not None:
            await Draft.raw(MOVE_DRAFT, vault.id, boxes.deposit(vault.public_key, draft))
    await keeping.update(vault, lambda keep: keep.merged(former_keep))
    return len(entries) == len(rows)
