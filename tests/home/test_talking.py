"""*En parler ?*: offered in a heavy week, to the person alone, without a trace of it."""

from html import unescape

import pytest
from tests.booking.world import NOON, a_group, seat, somebody
from tests.journal.pages import lock, write
from tests.organisation.world import House

from recul import clock
from recul.database import recorded_statements
from recul.web.roles import Role

TALK = "En parler"


@pytest.fixture(autouse=True)
def at_noon():
    with clock.set_to(NOON):
        yield


async def weigh(house: House, load: str) -> None:
    for day in ("2026-11-18", "2026-11-19", "2026-11-20"):
        await write(house.self, workload=load, emotional_load=load, date=day)


async def read(house: House, role: Role = Role.SELF) -> str:
    return unescape((await house.people[role].get("/")).text)


async def test_the_next_open_places_in_a_heavy_week(house: House):
    await a_group(house, name="Tilleuls et Rivage")
    full = await a_group(house, name="Complet", capacity=2)
    await seat(full, *[await somebody(house) for _ in range(2)])
    assert TALK not in await read(house)
    await weigh(house, "5")
    page = await read(house)
    offered = page.partition(TALK)[2].partition("</section>")[0]
    assert ("Tilleuls et Rivage" in offered, "Complet" in offered) == (True, False)
    assert TALK not in await read(house, Role.COLLEAGUE)
    await lock(house.self)
    assert TALK not in await read(house)


async def test_nothing_is_proposed_where_nothing_is_open(house: House):
    await weigh(house, "5")
    assert TALK not in await read(house)


async def test_a_heavy_week_reads_the_same_of_the_database_as_another(house: House):
    await a_group(house)
    counts = []
    for loads, heavy in ((["2"], False), (["5"] * 9, True)):
        for load in loads:
            await weigh(house, load)
        await read(house)  # what was written is filed once
        with recorded_statements() as statements:
            shown = TALK in await read(house)
        assert shown is heavy
        counts.append(len(statements))
    assert counts[0] == counts[1]
