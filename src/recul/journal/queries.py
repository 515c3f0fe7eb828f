"""Reads of the journal. Each takes the viewer's own open vault: nobody else's can be named."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch, scan
from recul.journal.keep import EMPTY, Keep
from recul.journal.moments import Entry, decode
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault

T = TypeVar("T")
Row = dict[str, Any]

# Two searches in one question: SQLite would read the whole journal for an OR.
OF_MONTHS = """
SELECT id, month, box FROM entry WHERE vault = {} AND month IS NULL
UNION ALL SELECT id, month, box FROM entry WHERE vault = {} AND month IN
"""
EVERYTHING = "SELECT id, month, box FROM entry WHERE vault = {} AND month IS NOT NULL"


def opened(vault: OpenVault, rows: Iterable[Row]) -> list[Entry]:
    """Filed rows, opened, newest first. A box that was tampered with is left out."""
    entries = []
    for row in rows:
        try:
            entries.append(Entry(row["id"], decode(vault.open_entry(row["id"], row["box"]))))
        except (Unreadable, ValueError):
            continue
    return newest_first(entries)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.moment.at, entry.id.bytes), reverse=True)


async def rows_of_months(vault: OpenVault, months: list[str]) -> tuple[list[Row], list[Row]]:
    """The sealed rows of some months ("2026-11"), and those that wait to be filed: one query."""
    places = ", ".join("{}" for _ in months)
    indexes = [vault.month_index(month) for month in months]
    rows = await fetch(QueryString(f"{OF_MONTHS}({places})", vault.id, vault.id, *indexes))
    filed = [row for row in rows if row["month"] is not None]
    return filed, [row for row in rows if row["month"] is None]


async def waiting_rows(vault: OpenVault) -> list[Row]:
    """The sealed rows that were deposited while the vault was locked and wait to be filed."""
    return await fetch(
        QueryString("SELECT id, month, box FROM entry WHERE vault = {} AND month IS NULL", vault.id)
    )


async def over_everything(vault: OpenVault, work: Callable[[list[Entry]], T]) -> T:
    """`work` on all filed entries, newest first, in a worker thread."""
    return await scan(QueryString(EVERYTHING, vault.id), lambda rows: work(opened(vault, rows)))


async def entry(vault: OpenVault, entry_id: UUID) -> tuple[Entry, bytes] | None:
    """One entry and its box as stored; none when it is not the viewer's, or not filed."""
    rows = await fetch(
        QueryString(
            "SELECT id, box FROM entry WHERE vault = {} AND id = {} AND month IS NOT NULL",
            vault.id,
            entry_id,
        )
    )
    found = opened(vault, rows)
    return (found[0], rows[0]["box"]) if found else None


async def keep(vault: OpenVault) -> tuple[Keep, int]:
    """The person's own words and lists, and their version (0 before the first)."""
    rows = await fetch(
        QueryString("SELECT version, box FROM journal_keep WHERE vault = {}", vault.id)
    )
    if not rows:
        return EMPTY, 0
    version = rows[0]["version"]
    try:
        return Keep.decode(vault.open_keep("keep", rows[0]["box"], version)), version
    except Unreadable:
        return EMPTY, version


async def draft(vault: OpenVault) -> bytes | None:
    """What was begun and not saved; none when there is nothing that opens."""
    rows = await fetch(QueryString("SELECT box FROM draft WHERE vault = {}", vault.id))
    try:
        return vault.open_deposit(rows[0]["box"]) if rows else None
    except Unreadable:
        return None


async def has_draft(vault: UUID) -> bool:
    """Something was begun and not saved, in the viewer's vault by its id: open or not."""
    return bool(await fetch(QueryString("SELECT vault FROM draft WHERE vault = {}", vault)))


async def stored_rows(viewer: UUID) -> dict[str, list[Row]]:
    """The viewer's rows exactly as they are stored; of entries, the first twenty by id."""
    statements = {
        "entry": "SELECT * FROM entry WHERE owner = {} ORDER BY id LIMIT 20",
        "journal_keep": "SELECT k.* FROM journal_keep k JOIN vault v ON v.id = k.vault "
        "WHERE v.owner = {}",
        "draft": "SELECT d.* FROM draft d JOIN vault v ON v.id = d.vault WHERE v.owner = {}",
        # A file may have megabytes: its first bytes are shown, and how many there are.
        "import_preview": "SELECT p.vault, substr(p.box, 1, 64) AS box, length(p.box) AS bytes "
        "FROM import_preview p JOIN vault v ON v.id = p.vault WHERE v.owner = {}",
    }
    return {
        table: await fetch(QueryString(statement, viewer))
        for table, statement in statements.items()
    }


async def staged_import(vault: OpenVault) -> bytes | None:
    """A file that waits for the person's word: megabytes, so it is opened in a thread."""

    def opened_file(rows: list[Row]) -> bytes | None:
        try:
            return vault.open_keep("import", bytes(rows[0]["box"]), 1) if rows else None
        except Unreadable:
            return None

    statement = "SELECT box FROM import_preview WHERE vault = {}"
    return await scan(QueryString(statement, vault.id), opened_file)
