"""Bringing a file in: read, shown, then taken. Taking the same file twice changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

import anyio.to_thread
from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch
from recul.journal import queries
from recul.journal.actions import entries, filing
from recul.journal.actions import keep as keeping
from recul.journal.daylio import parse_daylio
from recul.journal.importing import parse_json
from recul.journal.moments import Moment
from recul.journal.parsed import ParsedImport, fingerprint, loose_fingerprint, new_ones
from recul.journal.tables import ImportPreview
from recul.vault.keys import subkey
from recul.vault.opened import OpenVault

Loads = Mapping[str, int | None]
UPSERT = """
INSERT INTO import_preview (vault, box) VALUES ({}, {})
ON CONFLICT (vault) DO UPDATE SET box = excluded.box
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, and what of it is not in the journal yet."""

    parsed: ParsedImport
    new: list[Moment] = field(default_factory=list)

    @property
    def first(self) -> datetime:
        return min(moment.at for moment in self.new)

    @property
    def last(self) -> datetime:
        return max(moment.at for moment in self.new)

    @property
    def known(self) -> int:
        return len(self.parsed.moments) - len(self.new)


def _is_ours(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _parse(data: bytes, now: datetime, loads: Loads | None) -> ParsedImport:
    return parse_json(data, now) if _is_ours(data) else parse_daylio(data, now, loads)


async def stage(vault: OpenVault, data: bytes, now: datetime) -> None:
    """Check a file and keep it, sealed, until the person has said yes. Raises ImportFailed."""
    await anyio.to_thread.run_sync(_parse, data, now, None)
    box = await anyio.to_thread.run_sync(vault.seal_keep, "import", data, 1)
    await ImportPreview.raw(UPSERT, vault.id, box)


async def preview(vault: OpenVault, now: datetime, loads: Loads | None = None) -> Preview | None:
    """What the staged file would add; none when there is no such file."""
    data = await queries.staged_import(vault)
    if data is None:
        return None
    parsed = await anyio.to_thread.run_sync(_parse, data, now, loads)
    same = fingerprint if _is_ours(data) else loose_fingerprint
    new = await filing.over_everything(
        vault, lambda found: new_ones(parsed.moments, (entry.moment for entry in found), same)
    )
    return Preview(parsed, new)


async def take(vault: OpenVault, now: datetime, loads: Loads) -> int:
    """Add what the staged file has that is new. Returns how many; 0 when there is no file."""
    shown = await preview(vault, now, loads)
    if shown is None:
        return 0
    named = await anyio.to_thread.run_sync(_named, vault, shown.new)
    added = await entries.add_all(vault, named)
    await keeping.update(vault, lambda keep: keep.merged(shown.parsed.keep))
    await drop(vault)
    return added


FORGET = """
DELETE FROM import_preview WHERE NOT EXISTS (
    SELECT 1 FROM vault v JOIN sign_in s ON s.account = v.owner
    WHERE v.id = import_preview.vault AND s.seen_on >= {})
"""


async def sweep() -> None:
    """Drop files whose person has not come back since the day before: no day is kept with them."""
    await fetch(QueryString(FORGET, clock.today() - timedelta(days=1)))


async def drop(vault: OpenVault) -> None:
    await ImportPreview.delete().where(ImportPreview.vault == vault.id)


def _named(vault: OpenVault, moments: Sequence[Moment]) -> list[tuple[UUID, Moment]]:
    """With the id of its entry, the same for the same moment: two confirmations at once add it
    once. Without the data key it tells nothing."""
    key = subkey(vault.data_key, "import")
    return [(_entry_id(key, moment), moment) for moment in moments]


def _entry_id(key: bytes, moment: Moment) -> UUID:
    digest = blake2b(loose_fingerprint(moment) + fingerprint(moment), key=key, digest_size=16)
    return UUID(bytes=digest.digest(), version=4)
