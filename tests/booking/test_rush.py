"""Two hundred people at once for eight seats, at the doors of two processes."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
from tests.booking.crowd import Answer, Doors, Person, crowd
from tests.booking.seats import CONFIG, assert_in_order, charter
from tests.booking.world import Circle, a_group, slots
from tests.organisation.world import founded

from recul import clock
from recul.booking.actions import offers
from recul.booking.tables import Enrolment, SeatOffer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("live_db")]

SEATS, PEOPLE = 8, 200


async def a_circle(**more: object) -> Circle:
    dates = slots(3, clock.today() + timedelta(days=30))
    return await a_group(await founded(), *dates, capacity=SEATS, minimum=2, **more)


async def form(circle: Circle) -> dict[str, str]:
    return {"agreement": str(await charter(circle.group)), "accept": "1"}


def at(circle: Circle, end: str) -> str:
    return f"/groupes/cycles/{circle.cycle}{end}"


async def rows(circle: Circle) -> list[dict[str, object]]:
    """Enrolments in the order of arrival."""
    query = Enrolment.select().where(Enrolment.cycle == circle.cycle)
    return list(await query.order_by(Enrolment.arrival))


async def holders(circle: Circle) -> dict[UUID, UUID]:
    """The open offers by account."""
    found = await SeatOffer.select(SeatOffer.id, SeatOffer.enrolment.account).where(
        SeatOffer.cycle == circle.cycle, SeatOffer.state == "open"
    )
    return {row["enrolment.account"]: row["id"] for row in found}


def assert_in_the_order_they_came(answers: Sequence[Answer], arrivals: dict[UUID, int]) -> None:
    """Who had her answer before another one asked, arrived before her."""
    for one, other in combinations(sorted(answers, key=lambda answer: answer.ended), 2):
        if one.ended < other.began:
            assert arrivals[one.person.id] < arrivals[other.person.id]


async def test_two_hundred_for_eight(two: Doors):
    circle = await a_circle()
    everybody, typed = await crowd(circle.house, PEOPLE), await form(circle)
    chance = Random(200)

    async def come(person: Person, number: int) -> Answer:
        await asyncio.sleep(chance.random())
        return await two.post(person, at(circle, "/inscription"), typed, number)

    answers = await asyncio.gather(*(come(one, n) for n, one in enumerate(everybody)))
    assert Counter(answer.status for answer in answers) == {303: PEOPLE}
    found = await rows(circle)
    assert [row["arrival"] for row in found] == list(range(1, PEOPLE + 1))
    assert [row["state"] for row in found] == ["seated"] * 8 + ["waiting"] * 192
    arrivals = {UUID(str(row["account"])): int(str(row["arrival"])) for row in found}
    assert set(arrivals) == {one.id for one in everybody}
    assert_in_the_order_they_came(answers, arrivals)
    by_id = {one.id: one for one in everybody}
    for arrival in (10, 100, 200):
        account = next(one for one, number in arrivals.items() if number == arrival)
        page = await two.get(by_id[account], at(circle, ""), arrival)
        assert f"Vous êtes {arrival - 8}e sur la liste d’attente." in page
    again = (
        two.post(one, at(circle, "/inscription"), typed, n) for one in everybody for n in (0, 1)
    )
    assert Counter(answer.status for answer in await asyncio.gather(*again)) == {303: 2 * PEOPLE}
    assert await rows(circle) == found


async def test_leaving_during_the_rush(two: Doors):
    circle = await a_circle()
    first, then = await crowd(circle.house, SEATS + 4), await crowd(circle.house, 80)
    typed, chance = await form(circle), Random(8)
    for one in first:
        await two.post(one, at(circle, "/inscription"), typed)

    async def act(person: Person, number: int, path: str) -> Answer:
        await asyncio.sleep(chance.random() / 2)
        return await two.post(person, at(circle, path), typed, number)

    answers = await asyncio.gather(
        *(act(one, n, "/depart") for n, one in enumerate(first[:SEATS])),
        *(act(one, n, "/inscription") for n, one in enumerate(then)),
    )
    assert Counter(answer.status for answer in answers) == {303: SEATS + 80}
    found, kept = await rows(circle), await holders(circle)
    assert [row["state"] for row in found] == ["left"] * SEATS + ["waiting"] * 84
    in_line = [row["account"] for row in found if row["state"] == "waiting"]
    assert set(kept) == set(in_line[:SEATS])
    await _all_take(two, circle, first + then, kept)


async def _all_take(
    two: Doors, circle: Circle, everybody: list[Person], kept: dict[UUID, UUID]
) -> None:
    """Each takes her seat at both doors at once, while the job looks after offers."""
    takers = [one for one in everybody if one.id in kept]
    answers = await asyncio.gather(
        *(
            two.post(one, at(circle, "/place"), {"offer": str(kept[one.id])}, door)
            for one in takers
            for door in (0, 1)
        ),
    )
    assert Counter(answer.status for answer in answers) == {303: 2 * SEATS}
    await offers.expire(CONFIG)
    states = Counter(row["state"] for row in await rows(circle))
    assert states == {"left": SEATS, "seated": SEATS, "waiting": 84 - SEATS}
    assert await holders(circle) == {}


async def test_passing_and_taking_and_leaving_at_once(two: Doors):
    """Whatever everybody does, no seat has two people and nobody was overtaken."""
    circle = await a_circle()
    everybody, typed, chance = await crowd(circle.house, 40), await form(circle), Random(40)
    path = at(circle, "/inscription")
    forms = [two.post(one, path, typed, door) for door in range(4) for one in everybody]
    assert {answer.status for answer in await asyncio.gather(*forms)} == {303}
    given = [(row["arrival"], row["state"]) for row in await rows(circle)]
    assert given == [(n, "seated" if n <= SEATS else "waiting") for n in range(1, 41)]
    for _ in range(4):
        kept = await holders(circle)
        seated = {row["account"] for row in await rows(circle) if row["state"] == "seated"}
        acts = []
        for number, one in enumerate(everybody):
            end = chance.choice(["/place", "/tour"]) if one.id in kept else "/depart"
            offer = {"offer": str(kept[one.id])} if one.id in kept else {}
            if one.id in kept or (one.id in seated and chance.random() < 0.7):
                acts += [two.post(one, at(circle, end), offer, number + n) for n in (0, 1)]
        answers = await asyncio.gather(*acts)
        assert {answer.status for answer in answers} <= {303}
        await assert_in_order(circle.cycle, SEATS)
