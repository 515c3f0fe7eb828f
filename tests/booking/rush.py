"""Planners and people at the doors of two processes at once: who they are, and what they do."""

import asyncio
from collections import Counter
from datetime import timedelta
from random import Random
from uuid import uuid4

from tests.booking.crowd import Doors, Person, crowd
from tests.booking.seats import charter
from tests.booking.world import Circle, a_group, slots
from tests.organisation.world import founded

from recul import clock
from recul.booking.tables import Meeting
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

Act = tuple[Person, str, dict[str, str]]


async def led(capacity: int = 8, **more: object) -> tuple[Circle, Person]:
    """A group in a house of its own, with dates from a month ahead, and who leads it."""
    house = await founded(f"Maison {uuid4()}")
    [leader] = await crowd(house, 1)
    await roles.appoint(leader.id, house.organisation, rules.FACILITATOR)
    house.ids[Role.FACILITATOR] = leader.id
    dates = slots(3, clock.today() + timedelta(days=30))
    return await a_group(house, *dates, capacity=capacity, minimum=2, **more), leader


async def at_once(two: Doors, seed: int, *acts: Act) -> dict[str, Counter[int]]:
    """Everybody at whichever door, within a third of a second: the answers by the ends of paths."""
    chance, found = Random(seed), dict[str, Counter[int]]()

    async def act(number: int, person: Person, path: str, data: dict[str, str]) -> None:
        await asyncio.sleep(chance.random() / 3)
        answer = await two.post(person, path, data, number)
        found.setdefault(path.rsplit("/", 1)[1], Counter())[answer.status] += 1

    await asyncio.gather(*(act(n, *one) for n, one in enumerate(chance.sample(acts, len(acts)))))
    return found


async def dates(circle: Circle) -> list[tuple[object, bool, int]]:
    """(day, cancelled, sequence) in the order in which they were planned."""
    rows = {row["id"]: row for row in await Meeting.select().where(Meeting.cycle == circle.cycle)}
    found = [rows[one] for one in circle.meetings]
    return [(row["day"], row["cancelled"], row["sequence"]) for row in found]


async def accepting(circle: Circle) -> dict[str, str]:
    """What somebody who enrols sends."""
    return {"agreement": str(await charter(circle.group)), "accept": "1"}


def at(circle: Circle, end: str) -> str:
    return f"/groupes/cycles/{circle.cycle}/{end}"
