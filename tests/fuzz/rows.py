"""The rows of every table: which came when, what they say, and whom they refer to."""

from functools import cache
from typing import Any
from uuid import UUID

from piccolo import columns
from piccolo.columns import ForeignKey, Text, Varchar
from piccolo.querystring import QueryString

from recul.accounts.queries import stored_rows as of_account
from recul.database import all_tables, fetch
from recul.journal.queries import stored_rows as of_journal

Held = dict[str, dict[Any, dict[str, Any]]]
"""By table and primary key."""
FREE_TEXTS = {
    "account": ("display_name",),
    "organisation": ("name",),
    "unit": ("name",),
    "team": ("name",),
    "place": ("display_name",),
    "invitation": ("display_name", "leads_into"),
    "marker": ("words",),
    "commitment": ("text", "owner_name", "outcome"),
    "service_agreement": ("name",),
    "meeting_group": ("name", "purpose"),
    "group_agreement": ("text",),
    "meeting_cycle": ("place", "access_note", "video_link"),
    "supervision_offer": ("purpose", "place", "access_note", "video_link"),
}
"""What people write in words. Each must exist: see `mark`."""
PASSING = ("throttle", "lease", "installation")


async def everything() -> Held:
    found: Held = {}
    for table in all_tables():
        name, key = table._meta.tablename, table._meta.primary_key._meta.db_column_name
        if name not in PASSING:
            rows = await fetch(QueryString(f"SELECT * FROM {name}"))
            found[name] = {_plain(row[key]): {k: _plain(v) for k, v in row.items()} for row in rows}
    return found


def _plain(value: Any) -> Any:
    """An id in one form, whatever the database gives."""
    return str(value) if isinstance(value, UUID) or type(value).__name__ == "UUID" else value


def new(now: Held, before: Held) -> Held:
    return {
        name: {key: row for key, row in rows.items() if key not in before.get(name, {})}
        for name, rows in now.items()
    }


async def mark(held: Held, word: str) -> None:
    """Add a word to every free text of these rows, in the database and here."""
    for table in all_tables():
        for name in FREE_TEXTS.get(table._meta.tablename, ()):
            column = table._meta.get_column_by_name(name)
            assert isinstance(column, Varchar | Text)
            for key, row in held[table._meta.tablename].items():
                row[name] = f"{row[name]} {word}"[-40:]
                await table.update({column: row[name]}, force=True).where(
                    table._meta.primary_key == key
                )


def ids(held: Held, *tables: str) -> list[str]:
    return sorted(str(key) for table in tables for key in held.get(table, {}))


async def trespasses(foreign: Held) -> list[str]:
    """What became of the rows in whose house nobody acts: changed, gone, or referred to."""
    now = await everything()
    found = []
    for table, rows in foreign.items():
        for key, row in rows.items():
            after = now[table].get(key)
            if after != row:
                changed = after and [name for name in row if row[name] != after[name]]
                found.append(f"{table} of the other house: {changed or 'gone'}")
    theirs = {key for table in foreign.values() for key in table if isinstance(key, str)}
    for table, rows in now.items():
        points = _points(table)
        for key, row in rows.items():
            pointed = [name for name in points if row[name] in theirs]
            if pointed and key not in foreign[table]:
                found.append(f"{table} refers to the other house: {pointed}")
    return sorted(set(found))


@cache
def _points(name: str) -> list[str]:
    """The columns of a table that may point elsewhere: a text that looks like an id does not."""
    [table] = [one for one in all_tables() if one._meta.tablename == name]
    return [
        one._meta.db_column_name
        for one in table._meta.columns
        if isinstance(one, columns.UUID | ForeignKey)
    ]


async def private(account: UUID) -> dict[str, Any]:
    """What nobody but she may change."""
    return {**await of_account(account), **await of_journal(account)}
