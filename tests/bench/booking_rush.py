"""Two hundred people at once for eight seats of one cycle, each over a connection of her own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from tests.bench import booking_world, county, world
from tests.bench.asking import Load
from tests.bench.browser import Browser
from tests.bench.load import applied
from tests.bench.servers import Server
from tests.bench.table import middle
from tests.booking.crowd import Person, crowd
from tests.booking.seats import charter
from tests.booking.world import cycle_plan, group_plan, slots
from tests.organisation.world import founded

from recul.booking.actions import cycles, groups
from recul.booking.tables import Enrolment
from recul.settings import Settings

PEOPLE, SEATS = 200, 8


@dataclass(frozen=True, slots=True)
class Rush:
    """Who comes, signed in, and the cycles: one for each time that they all come at once."""

    people: Sequence[Person]
    agreement: UUID
    cycles: Sequence[UUID]


async def prepared(times: int) -> Rush:
    """In a house of its own; the dates of no two cycles overlap."""
    house = await founded("Rivage")
    facilitator = (await crowd(house, 1))[0].id
    plan = group_plan(facilitator, capacity=SEATS, minimum=2)
    group = await groups.found(house.organisation, plan)
    first = booking_world.monday() + timedelta(days=14)
    made = [
        await cycles.plan(
            group, cycle_plan(*slots(8, first + timedelta(days=n)), capacity=SEATS, minimum=2)
        )
        for n in range(times)
    ]
    return Rush(await crowd(house, PEOPLE), await charter(group), made)


def a_second(
    place: tuple[str, Path], server: Server, rush: Rush, cycles: Sequence[UUID]
) -> tuple[float, float]:
    """Enrolments a second, in the middle of the cycles, and milliseconds of processor for each.
    Raises RuntimeError unless each time the first eight have a seat and the others wait."""
    rates, used = list[float](), list[float]()
    for cycle in cycles:
        loads = _loads(server, rush, cycle)
        before = server.cpu_seconds
        results = applied(*loads)
        used.append(1000 * (server.cpu_seconds - before) / PEOPLE)
        rates.append(PEOPLE / max(result.seconds for result in results))
        _prove(place, cycle)
    return middle(rates), middle(used)


def _loads(server: Server, rush: Rush, cycle: UUID) -> list[Load]:
    browser, path = Browser(server.port), f"/groupes/cycles/{cycle}/inscription"
    typed = {"agreement": str(rush.agreement), "accept": "1"}
    found = []
    for person in rush.people:
        browser.cookies["recul"] = person.cookie
        found.append(
            Load(
                port=server.port,
                request=browser.written(path, typed),
                status=303,
                holds="recul-note=seat-",
                connections=1,
                times=1,
            )
        )
    return found


def _prove(place: tuple[str, Path], cycle: UUID) -> None:
    found = world.with_database(county.settings_for(*place), partial(_states, cycle))
    if found != [(n, "seated" if n <= SEATS else "waiting") for n in range(1, PEOPLE + 1)]:
        raise RuntimeError(f"seats were not given in order: {found}")


async def _states(cycle: UUID, _: Settings) -> list[tuple[int, str]]:
    rows = await Enrolment.select(Enrolment.arrival, Enrolment.state).where(
        Enrolment.cycle == cycle
    )
    return sorted((row["arrival"], row["state"]) for row in rows)
