"""The same time for several people at once: one has it, the others are told kindly."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar
from tests.booking.supervising import an_offer, book, chosen, slot, times
from tests.organisation.world import House, account_of, founded, inhabited
from tests.processes import RemoteVisitor, serving, visiting
from tests.visitors import Visitor, newcomer

from recul import clock
from recul.booking.actions import supervisions
from recul.booking.queries import supervision
from recul.booking.slots import key
from recul.booking.tables import Supervision
from recul.database import Database
from recul.organisation import rules
from recul.organisation.actions import memberships, roles
from recul.organisation.queries.hierarchy import in_line
from recul.web.roles import Role

NINE = slot()
PEOPLE = 6


async def members(app: Litestar, house: House, offer: UUID) -> list[Visitor]:
    """People of the house who have chosen an offer."""
    found = []
    for number in range(PEOPLE):
        visitor = await newcomer(app, f"membre{number}")
        await memberships.join(await account_of(visitor), house.team)
        await chosen(offer, await account_of(visitor))
        found.append(visitor)
    return found


async def test_one_slot_for_several_people(live_db: Database, app: Litestar, noon: None):
    house = await inhabited(app, Role.FACILITATOR)
    offer = await an_offer(house)
    people = await members(app, house, offer)
    answers = await asyncio.gather(*(book(one, offer, NINE) for one in people))
    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: PEOPLE - 1}
    for answer in answers:
        if answer.status_code == 422:
            page = unescape(answer.text)
            assert "Ce moment vient d’être pris." in page
            assert key(NINE) not in page
            assert key(slot(starts=615)) in page
    assert await times() == [(NINE.day, 540, 0)]


async def test_one_time_through_two_organisations(live_db: Database, app: Litestar, noon: None):
    """Slots of two offers that overlap, none of them equal: the index alone would take both."""
    house = await inhabited(app, Role.FACILITATOR)
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    elsewhere.ids[Role.FACILITATOR] = house.ids[Role.FACILITATOR]
    await roles.appoint(house.ids[Role.FACILITATOR], elsewhere.organisation, rules.FACILITATOR)
    offers = [await an_offer(house), await an_offer(elsewhere, week=[(2, 570, 720)])]
    people = [
        await members(app, place, offer)
        for place, offer in zip((house, elsewhere), offers, strict=True)
    ]
    half_past = slot(starts=570)
    answers = await asyncio.gather(
        *(book(one, offers[0], NINE) for one in people[0]),
        *(book(one, offers[1], half_past) for one in people[1]),
    )
    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: 2 * PEOPLE - 1}
    assert len(await times()) == 1


async def test_the_last_of_a_package_in_two_windows(live_db: Database, app: Litestar, noon: None):
    house = await inhabited(app, Role.FACILITATOR, Role.SELF)
    offer = await an_offer(house, package=1, daily_most=12, buffer_minutes=0)
    await chosen(offer, house.ids[Role.SELF])
    at = [slot(starts=starts) for starts in (540, 600, 660)]
    answers = await asyncio.gather(*(book(house.self, offer, one) for one in at))
    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: 2}
    assert len(await times()) == 1


async def test_leaving_while_another_window_books(live_db: Database, app: Litestar, noon: None):
    """Whichever comes first: no appointment is left in a supervision that has ended."""
    house = await inhabited(app, Role.FACILITATOR, Role.SELF)
    offer = await an_offer(house)
    choice = await chosen(offer, house.ids[Role.SELF])
    assert choice.supervision
    leave = f"/supervision/suivis/{choice.supervision.id}/fin"
    wishes: list[Awaitable[Any]] = [
        book(house.self, offer, NINE),
        house.self.post(leave, {}),
        book(house.self, offer, slot(starts=615)),
    ]
    answers = await asyncio.gather(*wishes)
    assert {answer.status_code for answer in answers} <= {303, 422}
    ended = (await Supervision.select())[0]["ended_on"] is not None
    assert not (ended and await times())


async def test_chosen_in_two_windows_at_once(live_db: Database, app: Litestar, noon: None):
    house = await inhabited(app, Role.FACILITATOR, Role.SELF)
    offer = await an_offer(house)
    choice = await supervision.offer(house.ids[Role.SELF], offer, clock.now())
    assert choice
    await asyncio.gather(
        *(house.self.post(f"/supervision/{offer}/suivi") for _ in range(4)),
        supervisions.choose(house.ids[Role.SELF], choice),
    )
    assert await Supervision.count() == 1
    assert await in_line(house.ids[Role.SELF]) == set()


@pytest.mark.slow
async def test_one_slot_in_two_processes(
    live_db: Database, live_url: str, app: Litestar, tmp_path: Path
):
    house = await inhabited(app, Role.FACILITATOR)
    every_day = [(weekday, 0, 1440) for weekday in range(1, 8)]
    offer = await an_offer(house, week=every_day, daily_most=12)
    people = await members(app, house, offer)
    # Nobody has stopped the clock of the servers.
    day = clock.today() + timedelta(days=10)
    with (
        serving(tmp_path / "one", tmp_path / "one.log", live_url) as one,
        serving(tmp_path / "two", tmp_path / "two.log", live_url) as two,
    ):
        urls = (one.url, two.url)
        remote = [_remote(visitor, urls[at % 2]) for at, visitor in enumerate(people)]
        async with visiting(*remote):
            answers = await asyncio.gather(
                *(book(visitor, offer, slot(day, 600)) for visitor in remote)
            )
    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: PEOPLE - 1}
    assert "Error" not in one.log.read_text() + two.log.read_text()
    assert len(await times()) == 1


def _remote(visitor: Visitor, url: str) -> RemoteVisitor:
    other = RemoteVisitor(url)
    other.client.cookies.update(dict(visitor.client.cookies))
    return other
