"""Opening a cycle: rosters are frozen, and every cell begins with its noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import anyio.to_thread
from piccolo.querystring import QueryString

from recul import clock
from recul.database import UniqueViolation, fetch, write_transaction
from recul.trends import keyring, queries, sealing, steps
from recul.trends.keyring import Name
from recul.trends.places import Home, Places, cells_of, minimum
from recul.trends.sums import noise_first

ROWS_AT_ONCE = 400
ADD_CYCLE = "INSERT INTO cycle (number, closed) VALUES ({}, {})"
ADD_CELLS = "INSERT INTO cell (id, team, unit) VALUES "
# A team may have moved to another unit since the last cycle.
CELL_KNOWN = " ON CONFLICT (id) DO UPDATE SET unit = excluded.unit"
ADD_ROSTER = "INSERT INTO roster (account, cycle, cell) VALUES "
ADD_SEALED = "INSERT INTO sealed_cell (cell, cycle, key_version, box) VALUES "


@dataclass(frozen=True, slots=True)
class Opening:
    """A cell that is about to open."""

    id: UUID
    team: UUID | None
    unit: UUID
    people: list[UUID]
    many: bool


async def open_cycle(number: int, places: Places) -> bool:
    """Open a cycle, unless it has been open, or no cell would have people enough.

    Returns whether this very call opened it. A cycle whose figures may be out already, which
    only a restored backup knows nothing of, stays closed.
    """
    if await queries.has_begun(number) or number <= keyring.bound().last_closed:
        return False
    openings = await _openings(places)
    if not any(opening.many for opening in openings):
        return False
    boxes = await _boxes(openings, number)
    steps.reached("opening: keys made")
    try:
        async with write_transaction():
            await _store(number, openings, boxes)
            steps.reached("opening: stored")
    except UniqueViolation:  # another process has been quicker
        return False
    return True


async def _openings(places: Places) -> list[Opening]:
    homes = [Home(*row) for row in await places.home_cells(clock.today())]
    units = await places.units()
    known = {(row["team"], row["team"] or row["unit"]): row["id"] for row in await queries.cells()}
    return [
        Opening(
            known.get((team, team or unit)) or uuid4(),
            team,
            unit,
            people,
            len(people) >= minimum(units, unit),
        )
        for (team, unit), people in cells_of(homes, units).items()
    ]


async def _boxes(openings: Sequence[Opening], cycle: int) -> list[bytes]:
    centres = await queries.centres(opening.id for opening in openings)
    names = [Name(opening.id, cycle, 1) for opening in openings]

    def seal_all() -> list[bytes]:
        keys = keyring.bound().make(*names)
        begun = (noise_first(centres[opening.id], many=opening.many) for opening in openings)
        return [sealing.seal(*each) for each in zip(keys, names, begun, strict=True)]

    return await anyio.to_thread.run_sync(seal_all)


async def _store(number: int, openings: Sequence[Opening], boxes: Sequence[bytes]) -> None:
    await fetch(QueryString(ADD_CYCLE, number, False))
    cells = [(opening.id, opening.team, opening.unit) for opening in openings]
    await insert(ADD_CELLS, cells, CELL_KNOWN)
    people = [(account, number, opening.id) for opening in openings for account in opening.people]
    await insert(ADD_ROSTER, sorted(people))
    sealed = zip(openings, boxes, strict=True)
    await insert(ADD_SEALED, [(opening.id, number, 1, box) for opening, box in sealed])


async def insert(statement: str, rows: Sequence[tuple[Any, ...]], ending: str = "") -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        places = ", ".join(["(" + ", ".join(["{}"] * len(some[0])) + ")"] * len(some))
        values = [value for row in some for value in row]
        await fetch(QueryString(statement + places + ending, *values))


async def begin_lost_cells_anew(places: Places) -> int:
    """Cells of the open cycle whose key is gone, after a backup was restored, start afresh.

    What was in them is lost by design. A cycle whose figures may be out is left as it is.
    Returns how many.
    """
    ring = keyring.bound()
    last_closed = ring.last_closed
    there = set(ring.names())
    needed = [Name(*row.values()) for row in await queries.open_cells()]
    lost = [name for name in needed if name not in there and name.cycle > last_closed]
    if lost:
        units = await places.units()
        unit_of = {row["id"]: row["unit"] for row in await queries.cells()}
        for name in lost:
            sizes = await queries.roster_sizes(name.cycle)
            many = sizes.get(name.cell, 0) >= minimum(units, unit_of[name.cell])
            await _begin_anew(name, many=many)
    return len(lost)


async def _begin_anew(lost: Name, *, many: bool) -> None:
    """Under a version that no key ever had: one that was destroyed must not come back."""
    ring = keyring.bound()
    others = [name for name in ring.names() if name[:2] == lost[:2]]
    new = lost._replace(version=max(name.version for name in [lost, *others]) + 1)
    [key] = await anyio.to_thread.run_sync(ring.make, new)
    centres = await queries.centres_of(lost.cell)
    box = sealing.seal(key, new, noise_first(centres, many=many))
    async with write_transaction():
        found = await queries.sealed(lost.cell, lost.cycle, lock=True)
        if found is None or found["key_version"] != lost.version:
            return  # another process has been quicker
        await fetch(QueryString(sealing.STORE, new.version, box, new.cell, new.cycle))
    await anyio.to_thread.run_sync(ring.destroy, others)
