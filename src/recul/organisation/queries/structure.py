"""The tree of an organisation, as its organisers reach it. Out of reach is none."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch
from recul.organisation.queries.shapes import OrganisationRow, TeamRow, UnitRow

ORGANISED = """
JOIN role r ON r.organisation = o.id AND r.account = {} AND r.kind = 'organiser'
    AND r.ended_on IS NULL
"""

ORGANISATIONS = f"SELECT o.id, o.name FROM organisation o {ORGANISED}"
UNIT = f"""
SELECT u.id, u.name, o.id AS organisation, o.name AS organisation_name
FROM unit u JOIN organisation o ON o.id = u.organisation {ORGANISED}
WHERE u.id = {{}} AND u.closed_on IS NULL
"""
TEAMS = f"""
SELECT t.id, t.name, u.id AS unit, u.name AS unit_name,
       o.id AS organisation, o.name AS organisation_name
FROM team t JOIN unit u ON u.id = t.unit JOIN organisation o ON o.id = u.organisation {ORGANISED}
WHERE t.closed_on IS NULL
"""
TREE = f"""
SELECT o.id AS organisation, o.name AS organisation_name, u.id AS unit, u.name AS unit_name,
       t.id AS team, t.name AS team_name,
       (SELECT count(*) FROM membership m WHERE m.team = t.id AND m.ended_on IS NULL) AS people,
       (SELECT count(*) FROM place p WHERE p.team = t.id) AS waiting
FROM organisation o {ORGANISED}
LEFT JOIN unit u ON u.organisation = o.id AND u.closed_on IS NULL
LEFT JOIN team t ON t.unit = u.id AND t.closed_on IS NULL
ORDER BY lower(o.name), o.id, lower(u.name), u.id, lower(t.name), t.id
"""


async def organisations(viewer: UUID) -> list[OrganisationRow]:
    """Those that the viewer organises, by name."""
    rows = await fetch(QueryString(ORGANISATIONS + " ORDER BY lower(o.name)", viewer))
    return [OrganisationRow(**row) for row in rows]


async def organisation(viewer: UUID, wanted: UUID) -> OrganisationRow | None:
    rows = await fetch(QueryString(ORGANISATIONS + " WHERE o.id = {}", viewer, wanted))
    return OrganisationRow(**rows[0]) if rows else None


async def unit(viewer: UUID, wanted: UUID) -> UnitRow | None:
    rows = await fetch(QueryString(UNIT, viewer, wanted))
    return UnitRow(**rows[0]) if rows else None


async def team(viewer: UUID, wanted: UUID) -> TeamRow | None:
    rows = await fetch(QueryString(TEAMS + " AND t.id = {}", viewer, wanted))
    return TeamRow(**rows[0]) if rows else None


async def teams(viewer: UUID) -> list[TeamRow]:
    """Every open team that the viewer organises, in the order of the tree."""
    order = " ORDER BY lower(o.name), lower(u.name), lower(t.name), t.id"
    return [TeamRow(**row) for row in await fetch(QueryString(TEAMS + order, viewer))]


@dataclass(frozen=True, slots=True)
class TeamLeaf:
    id: UUID
    name: str
    people: int
    waiting: int


@dataclass(frozen=True, slots=True)
class UnitBranch:
    id: UUID
    name: str
    teams: list[TeamLeaf] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    id: UUID
    name: str
    units: list[UnitBranch] = field(default_factory=list)


async def trees(viewer: UUID) -> list[Tree]:
    """The organisations of the viewer with their open units and teams, in one statement."""
    grown: list[Tree] = []
    for row in await fetch(QueryString(TREE, viewer)):
        _grow(grown, row)
    return grown


def _grow(grown: list[Tree], row: dict[str, Any]) -> None:
    if not grown or grown[-1].id != row["organisation"]:
        grown.append(Tree(row["organisation"], row["organisation_name"]))
    units = grown[-1].units
    if row["unit"] is None:
        return
    if not units or units[-1].id != row["unit"]:
        units.append(UnitBranch(row["unit"], row["unit_name"]))
    if row["team"] is not None:
        units[-1].teams.append(_leaf(row))


async def unit_teams(viewer: UUID, wanted: UUID) -> list[TeamLeaf]:
    """The open teams of one unit, with how many people each has."""
    statement = TREE.replace("ORDER BY", "WHERE u.id = {} AND t.id IS NOT NULL ORDER BY")
    rows = await fetch(QueryString(statement, viewer, wanted))
    return [_leaf(row) for row in rows]


def _leaf(row: dict[str, Any]) -> TeamLeaf:
    return TeamLeaf(row["team"], row["team_name"], row["people"], row["waiting"])
