"""People who follow any link and send any form that they see, for weeks: whatever becomes of the
groups meanwhile, every answer is a page or a way elsewhere."""

import re
from datetime import date, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from litestar import Litestar
from tests.booking.odd import TYPED, Field, Pairs, assert_answered, booking, forms
from tests.booking.world import NOON, a_group, slots
from tests.organisation.world import House, participant
from tests.privacy import groups
from tests.raw import encoded, send
from tests.visitors import settings

from recul import clock
from recul.booking import tables
from recul.booking.actions import decisions, offers
from recul.web.roles import Role

STEPS = {"sqlite": 350, "postgresql": 60}
WHO = (Role.SELF, Role.FACILITATOR, Role.FACILITATOR, Role.ORGANISER, Role.PARTICIPANT)
OURS = ("/groupes", "/animation", "/planification", "/supervision", "/heures", "/compte/agenda")
LINK = re.compile(r'href="((?:' + "|".join(OURS) + r')[^"#]*)"')
ROWS = {
    "cycle": tables.MeetingCycle,
    "meeting": tables.Meeting,
    "group": tables.MeetingGroup,
    "offer": tables.SupervisionOffer,
    "appointment": tables.Appointment,
    "agreement": tables.ServiceAgreement,
}
TEXTS = ("Un texte.", "x", "", "é\u202e👩🏽‍🌾", "https://visio.example/a", "3/12/2026\n7/1/2027")
NUMBERS = ("0", "1", "2", "5", "12", "60", "200")
TIMES = ("00:00", "02:30", "09:00", "14:00", "23:45")


class Walk:
    """Several people in one house, each with the page that she is on."""

    def __init__(self, app: Litestar, house: House, chance: Random) -> None:
        self.app, self.house, self.chance = app, house, chance
        self.now = NOON
        self.pages: dict[Role, httpx.Response] = {}
        self.trace: list[Any] = []

    async def step(self) -> str:
        """The address of the form that was sent, if one was."""
        role, sent = self.chance.choice(WHO), ""
        here = self.pages.get(role)
        found = [one for one in (forms(here) if here else {}).items() if one[0].startswith(OURS)]
        if found and self.chance.random() < 0.65:
            sent, fields = self.chance.choice(found)
            pairs = self._filled(fields)
            answer = await send(self.house.people[role], sent, encoded(pairs))
            self._look(role, answer, sent, pairs)
            path = answer.headers.get("location", "/groupes")
        else:
            path = await self._somewhere(here)
        answer = await self.house.people[role].get(path)
        self._look(role, answer, path)
        return sent

    def _look(self, role: Role, answer: httpx.Response, *about: object) -> None:
        self.trace.append((role, answer.status_code, *about))
        assert_answered(answer, self.trace[-8:])
        if answer.status_code in (200, 422):
            self.pages[role] = answer

    async def _somewhere(self, here: httpx.Response | None) -> str:
        links = LINK.findall(here.text) if here else []
        if links and self.chance.random() < 0.4:
            return str(self.chance.choice(links)).replace("&amp;", "&")
        route = self.chance.choice([one for one in booking(self.app) if one.method == "GET"])
        values: dict[str, object] = {"organisation": self.house.organisation}
        for name, table in ROWS.items():
            rows = await table.select(table._meta.primary_key)
            values[name] = self.chance.choice(rows)["id"] if rows else "x"
        return route.address(**values)

    def _filled(self, fields: list[Field]) -> Pairs:
        """As somebody fills a form in: here and there something else than what it holds."""
        pairs: dict[str, str] = {}
        for one in self.chance.sample(fields, len(fields)):
            if one.kind in ("radio", "checkbox", "button"):
                if one.sent or self.chance.random() < 0.3:
                    pairs[one.name] = one.value
            elif one.kind in TYPED and (not one.value or self.chance.random() < 0.2):
                pairs[one.name] = self._typed(one.kind)
            else:
                pairs[one.name] = one.value
        return list(pairs.items())

    def _typed(self, kind: str) -> str:
        if kind == "date":
            return self._day().isoformat()
        return self.chance.choice({"number": NUMBERS, "time": TIMES}.get(kind, TEXTS))

    def _day(self) -> date:
        return self.now.date() + timedelta(days=self.chance.choice((0, 1, 7, 30, 400, 1000)))

    async def later(self) -> None:
        """Time goes by, and the jobs are done."""
        self.now += timedelta(hours=self.chance.choice((1, 24, 72, 24 * 14)))
        with clock.set_to(self.now):
            await offers.expire(settings())
            await decisions.ask(settings())
            for visitor in self.house.people.values():
                await visitor.sign_in(visitor.email)


@pytest.mark.parametrize("seed", [12])
async def test_whatever_people_do(app: Litestar, house: House, database_kind: str, seed: int):
    with clock.set_to(NOON):
        await participant(app, house)
        await groups.groups(house)
        await groups.supervision(house)
        await groups.papers(house)
        await a_group(house, *slots(3, date(2026, 11, 25), every=7), capacity=2)
    walk, sent = Walk(app, house, Random(seed)), set[str]()
    for number in range(STEPS[database_kind]):
        with clock.set_to(walk.now):
            sent.add(await walk.step())
        if number % 60 == 59:
            await walk.later()
    assert len(sent) > STEPS[database_kind] // 10
