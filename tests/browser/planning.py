"""What a facilitator does before a test begins, through the house's own forms."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import httpx
from tests.browser.house import House, Person, id_after, send
from tests.browser.organising import a_team, members

VAL_CLAIR = "Département du Val-Clair"
CHARTER = "Ce qui se dit ici reste ici. Chacun·e parle en son nom."


@dataclass(frozen=True)
class Cycle:
    """A group of the supervisor's, and a cycle of it."""

    name: str
    group: str
    id: str


async def colleagues(house: House, *names: str) -> list[Person]:
    """New people of Val-Clair, in a team of their own; each name is made her own too."""
    number = house.next_number()
    team = await a_team(house, f"Équipe {number}")
    return await members(house, team, *(f"{name}{number}" for name in names))


@asynccontextmanager
async def a_cycle(
    house: House, *days: str, capacity: int = 8, minimum: int = 1
) -> AsyncIterator[Cycle]:
    """Of two hours from two o'clock, by Anne, for whoever comes; decided on today, and called off
    after the test."""
    anne = await house.demo_person("superviseure")
    cycle = await _planned(house, anne, days, capacity, minimum)
    yield cycle
    await call_off(house, anne, cycle.id)


async def _planned(
    house: House, anne: Person, days: tuple[str, ...], capacity: int, minimum: int
) -> Cycle:
    name = f"Prendre du recul n° {house.next_number()}"
    async with house.as_person(anne) as client:
        group = await _group(client, name)
        dates = {f"day-{number}": day for number, day in enumerate(days, 1)}
        made = await send(
            client,
            f"/planification/groupes/{group}/cycles",
            dates
            | {
                "cycle": str(uuid4()),
                "starts": "14:00",
                "ends": "16:00",
                "area": "FR",
                "zone": "Europe/Paris",
                "place": "Maison du Rivage",
                "access_note": "Deuxième étage, sonner deux fois.",
                "capacity": capacity,
                "minimum": minimum,
                "decide_on": "2026-11-20",
                "known_ok": "1",
            },
        )
        return Cycle(name, group, id_after("/planification/cycles/", made.headers["location"]))


async def _group(anne: httpx.AsyncClient, name: str) -> str:
    choice = (await anne.get("/planification/groupes/nouveau")).text
    structure = re.search(rf'value="([0-9a-f-]{{36}})"[^>]*><span>{VAL_CLAIR}', choice)
    assert structure is not None
    begun = {"structure": structure[1], "kind": "practice_analysis_group"}
    form = await send(anne, "/planification/groupes/nouveau", begun)
    group = id_after('name="group" value="', form.text)
    described = {
        "group": group,
        "name": name,
        "facilitator": id_after('name="facilitator" value="', form.text),
        "admission": "open",
        "capacity": "8",
        "minimum": "1",
        "minutes": "120",
        "charter": CHARTER,
    }
    await send(anne, "/planification/groupes", begun | described)
    return group


async def take_seat(house: House, person: Person, cycle: Cycle) -> None:
    """A seat, or a rank on the waiting list."""
    await take_seat_of(house, person, cycle.id)


async def take_seat_of(house: House, person: Person, cycle: str) -> None:
    """The same by the id of a cycle; or a request, where those who are in it answer together."""
    path = f"/groupes/cycles/{cycle}"
    async with house.as_person(person) as client:
        agreement = id_after('name="agreement" value="', (await client.get(path)).text)
        wish = {"agreement": agreement, "accept": "1", "overlap_ok": "1"}
        await send(client, f"{path}/inscription", wish)


async def call_off(house: House, person: Person, cycle: str) -> None:
    """Cancel a cycle, so that it is proposed to nobody any more."""
    path = f"/planification/cycles/{cycle}/decision"
    async with house.as_person(person) as client:
        found = re.search('name="seen" value="([^"]+)"', (await client.get(path)).text)
        if found is not None:
            await send(client, path, {"seen": found[1], "decision": "cancel"})
