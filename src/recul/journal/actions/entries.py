"""Writing, changing and erasing moments.

An entry's id is derived from the form it was written in and from its content: sending the same
form twice makes one entry, sending it again with another text makes a second one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

import anyio.to_thread

from recul.database import write_transaction
from recul.journal import changes, queries
from recul.journal.actions.keep import remember_words
from recul.journal.moments import Entry, Moment, decode, encode
from recul.journal.tables import Entry as EntryTable
from recul.vault import boxes
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault
from recul.web.viewer import Viewer

AT_ONCE = 100
MANY_MORE = """
INSERT INTO entry (id, owner, vault, month, box) VALUES %s
ON CONFLICT (id) DO NOTHING RETURNING id
"""
ONE_MORE = MANY_MORE % "({}, {}, {}, {}, {})"


class ChangedElsewhere(Exception):
    """The entry was changed or erased since the form was opened."""


@dataclass(frozen=True, slots=True)
class Erased:
    """An erased row, sealed as it was: the page that says so can bring it back."""

    id: UUID
    box: bytes


def entry_id(vault: UUID, nonce: str, content: bytes) -> UUID:
    """The id of what one form (`nonce`, random) holds. It says nothing to who has no nonce."""
    key = blake2b(nonce.encode()).digest()
    digest = blake2b(vault.bytes + content, key=key, digest_size=16).digest()
    return UUID(bytes=digest, version=4)


async def write(viewer: Viewer, nonce: str, content: bytes, moment: Moment) -> UUID:
    """Keep a moment: filed when the vault is open, else sealed to the person's public key.

    `content` is what was sent, before « à l’instant » became an hour.
    """
    new = entry_id(viewer.vault_id, nonce, content)
    if viewer.vault is None:
        box, month = boxes.deposit(viewer.public_key, encode(moment)), None
    else:
        box, month = _filed(viewer.vault, new, moment)
    if viewer.vault is None:
        await EntryTable.raw(ONE_MORE, new, viewer.id, viewer.vault_id, month, box)
        return new
    async with write_transaction():
        added = await EntryTable.raw(ONE_MORE, new, viewer.id, viewer.vault_id, month, box)
        # Nothing was added when the same form is sent again.
        await changes.written(viewer.vault, moment if added else None)
    await remember_words(viewer.vault, [moment])
    return new


def _filed(vault: OpenVault, entry: UUID, moment: Moment) -> tuple[bytes, bytes]:
    return vault.seal_entry(entry, encode(moment)), vault.month_index(moment.month)


async def add_all(vault: OpenVault, moments: Sequence[tuple[UUID, Moment]]) -> int:
    """Keep many moments at once. Returns how many were not there before."""
    rows = await anyio.to_thread.run_sync(
        lambda: [(new, *_filed(vault, new, moment)) for new, moment in moments]
    )
    added = 0
    async with write_transaction():
        for start in range(0, len(rows), AT_ONCE):
            values = [
                value
                for new, box, month in rows[start : start + AT_ONCE]
                for value in (new, vault.owner, vault.id, month, box)
            ]
            some = ", ".join(["({}, {}, {}, {}, {})"] * (len(values) // 5))
            added += len(await EntryTable.raw(MANY_MORE % some, *values))
        await changes.written(vault)
    await remember_words(vault, [moment for _, moment in moments])
    return added


async def change(vault: OpenVault, old: UUID, seen: str, moment: Moment) -> None:
    """Replace a moment. `seen` is the mark of the version that the form was opened on.

    Raises ChangedElsewhere, also when another request changed it at this very moment.
    """
    found = await queries.entry(vault, old)
    if found is None or mark(found[1]) != seen:
        raise ChangedElsewhere
    box, month = _filed(vault, old, moment)
    async with write_transaction():
        changed = (
            await EntryTable.update({EntryTable.box: box, EntryTable.month: month})
            .where(EntryTable.vault == vault.id, EntryTable.id == old, EntryTable.box == found[1])
            .returning(EntryTable.id)
        )
        if not changed:
            raise ChangedElsewhere
        await changes.written(vault)
    await remember_words(vault, [moment])


def mark(box: bytes) -> str:
    """A short name for one version of an entry, to notice a change in another tab."""
    return blake2b(box, digest_size=8).hexdigest()


async def erase(vault: OpenVault, old: UUID) -> Erased | None:
    """Delete a row for good. None when there is none, or not the viewer's."""
    mine = (EntryTable.vault == vault.id, EntryTable.id == old, EntryTable.month.is_not_null())
    async with write_transaction():
        rows = await EntryTable.delete().where(*mine).returning(EntryTable.id, EntryTable.box)
        if rows:
            await changes.written(vault)
    return Erased(rows[0]["id"], rows[0]["box"]) if rows else None


async def bring_back(vault: OpenVault, erased: Erased) -> Entry:
    """Undo `erase`, from the sealed row on the page. Raises Unreadable when it is not hers."""
    try:
        moment = decode(vault.open_entry(erased.id, erased.box))
    except ValueError:
        raise Unreadable from None
    month = vault.month_index(moment.month)
    async with write_transaction():
        await EntryTable.raw(ONE_MORE, erased.id, vault.owner, vault.id, month, erased.box)
        await changes.written(vault)
    return Entry(erased.id, moment)
