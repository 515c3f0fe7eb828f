"""What a person's copy of everything is made of: sections of named fields, each read by one
statement that asks for her id and nobody else's.

A slice lists its own; the archive, its schema, the readable page and the test that no column is
forgotten are all made of these lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch


class Kind(Enum):
    """What a field holds, as its JSON type and format."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    """Of a wall clock; kept as minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Field:
    """`columns`: "table.column" of the database, those it is made of."""

    label: str
    kind: Kind = Kind.TEXT
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`statement` asks for the viewer's id, as often as it says `{}`; its columns are the fields.
    Without one its rows are given by whoever can open what is sealed."""

    key: str
    title: str
    about: str
    fields: Mapping[str, Field]
    statement: str = ""


Rows = list[dict[str, Any]]


async def rows(section: Section, viewer: UUID) -> Rows:
    """The rows of a section, with plain values only."""
    ids = [viewer] * section.statement.count("{}")
    found = await fetch(QueryString(section.statement, *ids))
    return [plain(section, row) for row in found]


def plain(section: Section, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON keeps it: nothing that the section does not name, and every field of it."""
    return {key: _plain(field.kind, row[key]) for key, field in section.fields.items()}


def _plain(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.FLAG:
        return bool(value)
    if kind is Kind.TIME:
        return f"{value // 60:02}:{value % 60:02}"
    if kind is Kind.NUMBER:
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
