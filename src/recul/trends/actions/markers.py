"""What happened around a team, written beside its lines. Any member may add or erase one."""

from datetime import date
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul.database import fetch

ADD = "INSERT INTO marker (id, team, month, kind, words) VALUES ({}, {}, {}, {}, {})"
ERASE = "DELETE FROM marker WHERE id = {} AND team = {} RETURNING id"


async def add(team: UUID, month: date, kind: str, words: str) -> None:
    await fetch(QueryString(ADD, uuid4(), team, month, kind, words))


async def erase(team: UUID, marker: UUID) -> bool:
    """False when the team has no such marker."""
    return bool(await fetch(QueryString(ERASE, marker, team)))
