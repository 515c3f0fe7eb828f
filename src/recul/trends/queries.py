"""Reads of trends.

Who may see a team's or a unit's figures is for the pages to ask; nothing here tells who shares,
because nothing that is stored does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import bound, fetch, fetch_settled, scan
from recul.trends import cycles
from recul.trends.contribution import DIMENSIONS
from recul.trends.figures import FIRST_CENTRE, Point, next_centre

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """One closed cycle of a cell, or of a unit or an organisation: the questions with a figure.

    A question that is not there has no publication in this cycle; no reason is kept.
    """

    cycle: int
    out_on: date
    points: dict[str, Point] = field(default_factory=dict)


def for_update(of: str) -> str:
    """Nobody else writes these rows until the end of the transaction. SQLite needs nothing."""
    return "" if bound().engine_type == "sqlite" else f" FOR UPDATE OF {of}"


async def open_cycle() -> int | None:
    """The number of the cycle that is open."""
    rows = await fetch(QueryString("SELECT number FROM cycle WHERE NOT closed"))
    return rows[0]["number"] if rows else None


async def has_begun(cycle: int) -> bool:
    return bool(await fetch(QueryString("SELECT number FROM cycle WHERE number = {}", cycle)))


AT_HOME = """
SELECT p.box, c.number AS cycle, r.cell, s.key_version, s.box AS sums FROM receipt p
JOIN cycle c ON NOT c.closed
JOIN roster r ON r.cycle = c.number AND r.account = {}
JOIN sealed_cell s ON s.cell = r.cell AND s.cycle = r.cycle
WHERE p.vault = {}"""
ANYWHERE = """
SELECT p.box, c.number AS cycle, NULL AS cell, NULL AS sums FROM receipt p
LEFT JOIN cycle c ON NOT c.closed
WHERE p.vault = {}"""


async def sharing_row(account: UUID, vault: UUID, *, lock: bool) -> Row | None:
    """The viewer's receipt, and where there are such: the open cycle, and her cell in it.

    With `lock`, inside a transaction, nobody else writes either until it ends."""
    ending = for_update("p, s") if lock else ""
    rows = await fetch(QueryString(AT_HOME + ending, account, vault))
    if not rows:
        ending = for_update("p") if lock else ""
        rows = await fetch(QueryString(ANYWHERE + ending, vault))
    return rows[0] if rows else None


async def sealed(cell: UUID, cycle: int, *, lock: bool) -> Row | None:
    statement = "SELECT key_version, box FROM sealed_cell s WHERE cell = {} AND cycle = {}"
    ending = for_update("s") if lock else ""
    rows = await fetch(QueryString(statement + ending, cell, cycle))
    return rows[0] if rows else None


async def open_cells() -> list[Row]:
    """(cell, cycle, key_version) of every cell that is open."""
    return await fetch(QueryString("SELECT cell, cycle, key_version FROM sealed_cell"))


async def cells() -> list[Row]:
    """(id, team, unit) of every cell there ever was."""
    return await fetch(QueryString("SELECT id, team, unit FROM cell"))


async def roster_sizes(cycle: int) -> dict[UUID, int]:
    """How many people are on the roster of each cell."""
    rows = await fetch(
        QueryString("SELECT cell, COUNT(*) AS n FROM roster WHERE cycle = {} GROUP BY cell", cycle)
    )
    return {row["cell"]: row["n"] for row in rows}


async def roster(cell: UUID) -> list[UUID]:
    """The accounts whose home a cell is in the open cycle: for its members to see."""
    rows = await fetch(
        QueryString(
            "SELECT r.account FROM roster r JOIN cycle c ON c.number = r.cycle AND NOT c.closed "
            "WHERE r.cell = {} ORDER BY r.account",
            cell,
        )
    )
    return [row["account"] for row in rows]


async def cell_of_team(team: UUID) -> UUID | None:
    """The team's own cell; none when it never was large enough to have one."""
    rows = await fetch(QueryString("SELECT id FROM cell WHERE team = {}", team))
    return rows[0]["id"] if rows else None


class Place(NamedTuple):
    """Where a team is in trends. `alone`: in the open cycle its cell has people of its own."""

    cell: UUID | None
    open_cycle: int | None
    alone: bool

    @property
    def open_until(self) -> date | None:
        """The last day of the open cycle."""
        return None if self.open_cycle is None else cycles.last_day(self.open_cycle)


PLACE = """
SELECT c.id AS cell, o.number AS open_cycle,
    EXISTS (SELECT 1 FROM roster r WHERE r.cell = c.id AND r.cycle = o.number) AS alone
FROM (SELECT 1 AS one) x LEFT JOIN cell c ON c.team = {} LEFT JOIN cycle o ON NOT o.closed"""


async def place_of_team(team: UUID) -> Place:
    [row] = await fetch(QueryString(PLACE, team))
    return Place(row["cell"], row["open_cycle"], bool(row["alone"]))


async def pool_of_unit(unit: UUID) -> UUID | None:
    """The cell of a unit's small teams together."""
    rows = await fetch(QueryString("SELECT id FROM cell WHERE unit = {} AND team IS NULL", unit))
    return rows[0]["id"] if rows else None


async def cell_in(account: UUID) -> tuple[int, UUID] | None:
    """The open cycle, and the viewer's own cell in it."""
    rows = await fetch(
        QueryString(
            "SELECT r.cycle, r.cell FROM roster r JOIN cycle c ON c.number = r.cycle "
            "AND NOT c.closed WHERE r.account = {}",
            account,
        )
    )
    return (rows[0]["cycle"], rows[0]["cell"]) if rows else None


async def centres(cells: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """The centre of each question in the next cycle of these cells: reads every figure there is,
    in a thread."""
    found = {cell: dict.fromkeys(DIMENSIONS, FIRST_CENTRE) for cell in cells}

    def follow(rows: list[Row]) -> None:
        for row in rows:
            cell = UUID(str(row["cell"]))
            if cell in found:
                found[cell][row["dimension"]] = next_centre(row["centre"], row["figure"])

    await scan(QueryString(LAST_FIGURES), follow)
    return found


async def centres_of(cell: UUID) -> dict[str, int]:
    """The same for one cell, as quickly after ten years as after one."""
    each = " UNION ALL ".join([LAST_FIGURE] * len(DIMENSIONS))
    values = [value for dimension in DIMENSIONS for value in (cell, dimension)]
    rows = await fetch(QueryString(each, *values))
    found = {row["dimension"]: next_centre(row["centre"], row["figure"]) for row in rows}
    return dict.fromkeys(DIMENSIONS, FIRST_CENTRE) | found


LAST_FIGURES = """
SELECT f.cell, f.dimension, f.figure, f.centre FROM publication_figure f
JOIN (SELECT cell, dimension, MAX(cycle) AS cycle FROM publication_figure GROUP BY cell, dimension)
    l ON l.cell = f.cell AND l.dimension = f.dimension AND l.cycle = f.cycle
"""
LAST_FIGURE = """
SELECT * FROM (SELECT dimension, figure, centre FROM publication_figure
WHERE cell = {} AND dimension = {} ORDER BY cycle DESC LIMIT 1) f
"""

OF_CELL = """
SELECT p.cycle, c.out_on, f.dimension, f.figure, f.noisy_n AS people, 1 AS cells
FROM publication p JOIN cycle c ON c.number = p.cycle
LEFT JOIN publication_figure f ON f.cell = p.cell AND f.cycle = p.cycle
WHERE p.cell = {} AND p.cycle > {} ORDER BY p.cycle
"""

OF_PLACE = """
SELECT c.number AS cycle, c.out_on, f.dimension, f.figure, f.people, f.cells FROM cycle c
LEFT JOIN upper_figure f ON f.cycle = c.number AND f.place = {}
WHERE c.closed AND c.number > {} ORDER BY c.number
"""
CLOSED = "SELECT MAX(number) AS number FROM cycle WHERE closed"
"""A cycle closes in the one transaction that writes its figures, which are never changed."""


async def published(cell: UUID, *, after: int = 0) -> list[Published]:
    """The closed cycles of a cell whose number is greater than `after`, oldest first."""
    return _by_cycle(await fetch_settled(QueryString(OF_CELL, cell, after), QueryString(CLOSED)))


async def published_of_place(place: UUID, *, after: int = 0) -> list[Published]:
    """The same for a unit or an organisation."""
    return _by_cycle(await fetch_settled(QueryString(OF_PLACE, place, after), QueryString(CLOSED)))


def _by_cycle(rows: list[Row]) -> list[Published]:
    found: dict[int, Published] = {}
    for row in rows:
        if row["cycle"] not in found:
            found[row["cycle"]] = Published(row["cycle"], row["out_on"])
        if row["dimension"] is not None:
            point = Point(row["figure"], row["people"], row["cells"])
            found[row["cycle"]].points[row["dimension"]] = point
    return list(found.values())


async def stored_rows(viewer: UUID) -> dict[str, list[Row]]:
    """The viewer's rows exactly as they are stored."""
    statements = {
        "roster": "SELECT * FROM roster WHERE account = {}",
        "receipt": "SELECT p.* FROM receipt p JOIN vault v ON v.id = p.vault WHERE v.owner = {}",
        "upward_vote": "SELECT * FROM upward_vote WHERE voter = {}",
    }
    return {
        table: await fetch(QueryString(statement, viewer))
        for table, statement in statements.items()
    }
