"""What nobody outside of a group learns of its people: names, addresses, ranks, presence.

Everything that the routes of seats answer is searched, whoever asks, whatever the path names.
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from tests.booking.seats import CONFIG, ask, charter, open_offers
from tests.booking.world import Circle, a_group
from tests.organisation.world import House, account_of
from tests.routes import Route, routes
from tests.visitors import Visitor, newcomer

from recul import clock
from recul.accounts.tables import Account
from recul.booking.actions import enrolments, groups
from recul.booking.tables import Attendance, Enrolment, SeatOffer
from recul.database import write_transaction
from recul.organisation.actions import memberships, structure
from recul.web.roles import Role

NAMES = ("Zéphyrine", "Ysaline", "Wandrille", "Quitterie")
OUTSIDE = (
    Role.COLLEAGUE,
    Role.STEWARD,
    Role.MANAGER,
    Role.ORGANISER,
    Role.FACILITATOR,
    Role.STRANGER,
)
RANK = re.compile(r"Vous êtes (\d+e|en tête)")
PRESENCE = ("M’excuser", "Finalement", "n’y serez pas", "excusé", "absent")


class Undo(Exception):
    """Ends a trial: nothing of it stays."""


@dataclass
class Inside:
    """A group with everything in it that could leak."""

    circle: Circle
    ids: dict[str, UUID] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)


async def participant(house: House, name: str) -> UUID:
    account = Account(
        email=f"{name.lower()}@secret.example",
        display_name=name,
        time_zone="Europe/Paris",
        joined_on=clock.today(),
    )
    await account.save()
    await memberships.join(account.id, house.team)
    return UUID(str(account.id))


@pytest.fixture
async def inside(house: House, noon: None) -> Inside:
    """Two who have a seat (one of them excused), one for whom one is kept, one who waits."""
    circle = await a_group(house, capacity=3, minimum=2)
    found = Inside(circle, circle.ids)
    people = [await participant(house, name) for name in NAMES]
    leaver = await participant(house, "Xaverine")
    for one in (leaver, *people):
        await ask(circle, one)
    await enrolments.leave(CONFIG, leaver, circle.cycle)
    await Attendance.insert(
        Attendance(meeting=circle.meetings[0], account=people[0], state="excused")
    )
    [(_, offer)] = await open_offers(circle.cycle)
    found.secrets = [*NAMES, "Xaverine", "secret.example", str(offer), "interphone"]
    found.secrets += [str(one) for one in (*people, leaver)]
    rows = await Enrolment.select(Enrolment.id).where(Enrolment.cycle == circle.cycle)
    found.secrets += [str(row["id"]) for row in rows]
    found.ids["offer"] = offer
    return found


def of_seats(app: Litestar) -> Iterator[Route]:
    """Those of this part; individual supervision and groups of peers have their own."""
    for route in routes(app):
        if route.path.startswith("/groupes") and "autogere" not in route.path:
            yield route


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    try:
        async with write_transaction():
            yield
            raise Undo
    except Undo:
        pass


async def answers(
    app: Litestar, visitor: Visitor, inside: Inside
) -> list[tuple[Route, httpx.Response]]:
    """What each route says, with an empty form, and with one that has everything in it."""
    accepted = str(await charter(inside.circle.group))
    whole = {
        "agreement": accepted,
        "accept": "1",
        "overlap_ok": "1",
        "offer": str(inside.ids["offer"]),
    }
    found = []
    for route in of_seats(app):
        address = route.address(**inside.ids)
        for typed in ({}, whole) if route.method == "POST" else ({},):
            async with undone():
                answer = await (
                    visitor.get(address) if route.method == "GET" else visitor.post(address, typed)
                )
            assert answer.status_code < 500, route
            found.append((route, answer))
    return found


def shown(answer: httpx.Response) -> str:
    return unescape(answer.text) + repr(answer.headers)


@pytest.mark.parametrize("role", OUTSIDE)
async def test_nobody_outside(app: Litestar, house: House, inside: Inside, role: Role):
    found = await answers(app, house.people[role], inside)
    for route, answer in found:
        page = shown(answer)
        for secret in inside.secrets:
            assert secret not in page, (route, secret)
        for word in PRESENCE:
            assert word not in page, (route, word)
        assert not RANK.search(page), route
    named = [answer for route, answer in found if "{" in route.path]
    if role is Role.STRANGER:
        assert {answer.status_code for answer in named} == {404}
    else:
        assert 200 in {answer.status_code for answer in named}


async def test_nobody_at_all(app: Litestar, nobody: Visitor, inside: Inside):
    sent = str(inside.ids["offer"])  # what was typed is shown again, to be carried on
    for route, answer in await answers(app, nobody, inside):
        assert answer.status_code in (303, 401), route
        page = shown(answer).replace(sent, "")
        assert not any(secret in page for secret in inside.secrets if secret != sent), route


@pytest.fixture
async def pauline(app: Litestar, house: House, noon: None) -> Visitor:
    """Somebody of another team of the same organisation."""
    visitor = await newcomer(app, "pauline")
    other = await structure.add_team(house.unit, "L’autre équipe")
    await memberships.join(await account_of(visitor), other)
    return visitor


async def test_who_waits_knows_her_own_rank(app: Litestar, pauline: Visitor, inside: Inside):
    await ask(inside.circle, await account_of(pauline))
    ranks = set()
    for route, answer in await answers(app, pauline, inside):
        page = shown(answer)
        assert not any(secret in page for secret in inside.secrets), route
        assert not any(word in page for word in PRESENCE), route
        ranks |= set(RANK.findall(page))
    assert ranks == {"3e"}


async def test_inside_names_and_nothing_else(pauline: Visitor, inside: Inside):
    """The first control: what is searched is there to be found. And no address, no presence."""
    await SeatOffer.update({SeatOffer.state: "withdrawn"}).where(SeatOffer.state == "open")
    row = Enrolment(
        cycle=inside.circle.cycle,
        account=await account_of(pauline),
        state="seated",
        arrival=99,
        asked_on=clock.today(),
    )
    await row.save()
    path = f"/groupes/cycles/{inside.circle.cycle}"
    await groups.renew_charter(inside.circle.group, 1, "Une autre charte.")
    assert (await pauline.get(path + "/participants")).status_code == 303
    accepted = {"agreement": str(await charter(inside.circle.group)), "accept": "1"}
    await pauline.post(path + "/cadre", accepted)
    names = shown(await pauline.get(path + "/participants"))
    assert [name for name in NAMES if name in names] == ["Zéphyrine", "Ysaline"]
    assert "interphone" in shown(await pauline.get(path))
    for page in (names, shown(await pauline.get(path)), shown(await pauline.get("/groupes"))):
        assert "secret.example" not in page
        assert "Finalement" not in page
        assert not RANK.search(page)
