"""A process killed between any two steps: nothing is lost, counted or published twice, and no
noise is drawn anew for a cell that is out."""

from uuid import UUID

import pytest
from piccolo.querystring import QueryString
from tests.trends.people import CYCLE, Town, beyond, cell_of, everybody_shares, moment, sums
from tests.trends.processes import DONE, KILLED, Workplace, a_save

from recul import clock
from recul.database import Database, fetch
from recul.journal.tables import Entry
from recul.trends import figures, queries, sealing
from recul.trends.actions import rekeying, turning
from recul.trends.actions.opening import open_cycle
from recul.trends.keyring import KeyLost, Keyring, Name
from recul.trends.sums import Sums

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("live_db")]

# The step, which time it is reached.
Step = tuple[str, int]
SAVE: list[Step] = [
    ("save: rows locked", 1),
    ("save: ready to write", 1),
    ("save: written", 1),
]
OPEN: list[Step] = [
    ("key written", 1),
    ("key written", 2),
    ("opening: keys made", 1),
    ("opening: stored", 1),
]
REKEY: list[Step] = [
    ("key written", 1),
    ("re-key: new key made", 1),
    ("re-key: sealed again", 1),
    ("re-key: new key made", 2),
    ("re-key: sealed again", 2),
    ("destroying: looked", 1),
    ("key about to go", 1),
    ("key about to go", 2),
]
CLOSE: list[Step] = [
    ("key written", 1),
    ("closing: noted", 1),
    ("closing: begun", 1),
    ("closing: locked", 1),
    ("closing: cells published", 1),
    ("closing: published", 1),
    ("closing: forgotten", 1),
    ("closing: committed", 1),
    ("destroying: looked", 1),
    ("key about to go", 1),
    ("key about to go", 2),
    ("key written", 2),  # of the cycle that opens next
    ("opening: stored", 1),
]


@pytest.fixture
async def place(town: Town, live_url: str, live_db: Database) -> Workplace:
    """Two teams of six."""
    await town.team(6)
    await town.team(6)
    return Workplace(live_url, town)


async def begun(place: Workplace) -> dict[UUID, Sums]:
    """The cycle is open, everybody shares and has noted something. What is in each cell."""
    assert await open_cycle(CYCLE, place.town)
    for team in place.town.teams:
        await everybody_shares(team)
    return await in_cells(place)


async def in_cells(place: Workplace) -> dict[UUID, Sums]:
    cells = [await cell_of(team) for team in place.town.teams]
    return {cell: await sums(cell) for cell in cells}


@pytest.mark.parametrize("step", SAVE)
async def test_a_save(place: Workplace, step: Step):
    before = await begun(place)
    cell, ana = await cell_of(place.town.teams[0]), place.town.teams[0].people[0]
    save = a_save(ana, 1, 1)
    assert await place.run("save", saves=[save], die_at=step) == KILLED
    assert (await in_cells(place), await Entry.count()) == (before, 12)
    assert await place.run("save", saves=[save]) == DONE
    assert await place.run("save", saves=[save]) == DONE
    # A mean of 3.75 points instead of 7.5.
    assert beyond(await sums(cell), before[cell]) == (-37, 0, 0)
    assert await Entry.count() == 13


@pytest.mark.parametrize("step", OPEN)
async def test_opening(place: Workplace, ring: Keyring, step: Step):
    assert await place.run("open", die_at=step) == KILLED
    assert await queries.open_cells() == []
    assert await place.run("open") == DONE
    first = await in_cells(place)
    assert await place.run("open") == DONE
    assert await in_cells(place) == first
    assert {found.count for cell in first.values() for found in cell.by_dimension.values()} == {0}
    needed = {Name(*row.values()) for row in await queries.open_cells()}
    assert needed <= set(ring.names())


@pytest.mark.parametrize("step", REKEY)
async def test_the_change_of_keys(place: Workplace, ring: Keyring, step: Step):
    before = await begun(place)
    stolen = await fetch(QueryString("SELECT cell, key_version, box FROM sealed_cell"))
    assert await place.run("rekey", die_at=step) == KILLED
    assert await in_cells(place) == before
    await rekeying.rekey()
    assert await in_cells(place) == before
    needed = {Name(*row.values()) for row in await queries.open_cells()}
    assert set(ring.names()) == needed
    for row in stolen:
        name = Name(row["cell"], CYCLE, row["key_version"])
        assert name.version < 3
        for kept in needed:
            with pytest.raises(KeyLost):
                sealing.opened_with(ring.key(kept), name, row["box"])


async def out() -> list[object]:
    """Everything that is published."""
    figures = "SELECT * FROM publication_figure ORDER BY cell, cycle, dimension"
    tables = [
        await fetch(QueryString(figures)),
        await fetch(QueryString("SELECT * FROM publication ORDER BY cell, cycle")),
        await fetch(QueryString("SELECT * FROM upper_figure ORDER BY place, cycle, dimension")),
    ]
    return [dict(row) for rows in tables for row in rows]


@pytest.mark.parametrize("step", CLOSE)
async def test_the_close(place: Workplace, ring: Keyring, step: Step):
    before = await begun(place)
    assert await place.run("turn", day=28, die_at=step) == KILLED
    seen = await out()
    with clock.set_to(moment(28).at):
        await turning.turn(place.town)
        published = await out()
        await turning.turn(place.town)
    assert await out() == published
    assert seen in ([], published)
    for cell, found in before.items():
        [cycle] = await queries.published(cell)
        due = {
            dimension: figures.Point(figures.figure(one), one.noisy_count)
            for dimension, one in found.by_dimension.items()
            if figures.may_be_published(one, many=True)
        }
        assert (cycle.cycle, cycle.points) == (CYCLE, due)
    assert {name.cycle for name in ring.names()} == {CYCLE + 1}
    assert {row["cycle"] for row in await queries.open_cells()} == {CYCLE + 1}
