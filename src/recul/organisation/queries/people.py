"""People as organisers see them: names, addresses and where they belong; nothing else of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch

PAGE = 50
ORGANISED = """
SELECT organisation FROM role
WHERE account = {} AND kind = 'organiser' AND ended_on IS NULL
"""
HERE = f"""
WITH organised AS ({ORGANISED}), here AS (
    SELECT m.account FROM membership m JOIN team t ON t.id = m.team JOIN unit u ON u.id = t.unit
    WHERE m.ended_on IS NULL AND u.organisation IN (SELECT organisation FROM organised)
    UNION ALL SELECT l.account FROM line_manager l JOIN team t ON t.id = l.team
    JOIN unit u ON u.id = t.unit
    WHERE l.ended_on IS NULL AND u.organisation IN (SELECT organisation FROM organised)
    UNION ALL SELECT r.account FROM role r
    WHERE r.ended_on IS NULL AND r.organisation IN (SELECT organisation FROM organised)
)
"""
FOUND = f"""
{HERE}
SELECT p.account, p.display_name, p.email FROM {PERSON} p
WHERE p.account IN (SELECT account FROM here)
"""
TEAMS = f"""
SELECT m.id, m.account, m.home, m.started_on, m.ended_on, t.id AS team, t.name,
       u.name AS unit_name, u.organisation, t.closed_on
FROM membership m JOIN team t ON t.id = m.team JOIN unit u ON u.id = t.unit
WHERE u.organisation IN ({ORGANISED})
"""
ROLES = f"""
SELECT r.id, r.kind, r.started_on, r.organisation, o.name, r.account
FROM role r JOIN organisation o ON o.id = r.organisation
WHERE r.organisation IN ({ORGANISED}) AND r.ended_on IS NULL
"""
MANAGED = f"""
SELECT l.id, l.started_on, l.account, t.id AS team, t.name, u.name AS unit_name
FROM line_manager l JOIN team t ON t.id = l.team JOIN unit u ON u.id = t.unit
WHERE u.organisation IN ({ORGANISED}) AND l.ended_on IS NULL
"""
IN_ROLES = f"""
SELECT r.id, r.kind, r.started_on, p.account, p.display_name
FROM role r JOIN {PERSON} p ON p.account = r.account
WHERE r.organisation = {{}} AND r.ended_on IS NULL
ORDER BY r.kind DESC, lower(p.display_name), r.id
"""


@dataclass(frozen=True, slots=True)
class Found:
    account: UUID
    display_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """One membership of a person, of now or of before."""

    id: UUID
    account: UUID
    home: bool
    started_on: date
    ended_on: date | None
    team: UUID
    name: str
    unit_name: str
    organisation: UUID
    closed_on: date | None


Rows = list[dict[str, Any]]


async def search(viewer: UUID, words: str, page: int) -> tuple[list[Found], bool]:
    """One page of the people who belong to what the viewer organises, and whether more follow."""
    statement = FOUND
    like = "%" + words.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    args: list[Any] = [viewer]
    if words:
        statement += "AND (lower(p.display_name) LIKE {} ESCAPE '!' OR p.email LIKE {} ESCAPE '!')"
        args += [like, like]
    statement += " ORDER BY lower(p.display_name), p.account LIMIT {} OFFSET {}"
    rows = await fetch(QueryString(statement, *args, PAGE + 1, page * PAGE))
    return [Found(**row) for row in rows[:PAGE]], len(rows) > PAGE


async def person(viewer: UUID, account: UUID) -> Found | None:
    """Somebody who belongs now to what the viewer organises."""
    rows = await fetch(QueryString(FOUND + "AND p.account = {}", viewer, account))
    return Found(**rows[0]) if rows else None


async def belongings(viewer: UUID, account: UUID) -> list[Belonging]:
    """A person's memberships, of now and of before, in what the viewer organises."""
    statement = TEAMS + "AND m.account = {} ORDER BY m.started_on DESC, m.id"
    return [Belonging(**row) for row in await fetch(QueryString(statement, viewer, account))]


async def membership(viewer: UUID, wanted: UUID) -> Belonging | None:
    """A membership that goes on, in what the viewer organises."""
    statement = TEAMS + "AND m.id = {} AND m.ended_on IS NULL"
    rows = await fetch(QueryString(statement, viewer, wanted))
    return Belonging(**rows[0]) if rows else None


async def teams_of(viewer: UUID, accounts: list[UUID]) -> dict[UUID, list[str]]:
    """The names of the teams that people are in now, for a list of them."""
    if not accounts:
        return {}
    marks = ", ".join(["{}"] * len(accounts))
    statement = TEAMS + f"AND m.ended_on IS NULL AND m.account IN ({marks}) ORDER BY lower(t.name)"
    found: dict[UUID, list[str]] = {}
    for row in await fetch(QueryString(statement, viewer, *accounts)):
        found.setdefault(row["account"], []).append(row["name"])
    return found


async def roles_of(viewer: UUID, account: UUID) -> Rows:
    return await fetch(QueryString(ROLES + "AND r.account = {}", viewer, account))


async def role(viewer: UUID, wanted: UUID) -> dict[str, Any] | None:
    """A role that goes on, in what the viewer organises."""
    rows = await fetch(QueryString(ROLES + "AND r.id = {}", viewer, wanted))
    return rows[0] if rows else None


async def managed_by(viewer: UUID, account: UUID) -> Rows:
    """The teams that a person answers for, in what the viewer organises."""
    return await fetch(QueryString(MANAGED + "AND l.account = {}", viewer, account))


async def manager_link(viewer: UUID, wanted: UUID) -> dict[str, Any] | None:
    rows = await fetch(QueryString(MANAGED + "AND l.id = {}", viewer, wanted))
    return rows[0] if rows else None


async def in_roles(organisation: UUID) -> Rows:
    """Who organises and who facilitates now, in an organisation that the viewer organises."""
    return await fetch(QueryString(IN_ROLES, organisation))
