"""Two houses with the same rooms: in one of them everybody acts, in the other nobody does.

Everybody writes a secret word of her own wherever she can write, and every free text of the other
house holds one word more.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Litestar
from tests.accounts.phones import half_way, turn_on
from tests.booking.supervising import an_offer, booked
from tests.fuzz import rows
from tests.fuzz.rows import Held
from tests.organisation.world import (
    RESIDENTS,
    House,
    account_of,
    founded,
    participant,
    resident,
    stranger,
)
from tests.privacy import groups
from tests.visitors import Visitor, newcomer, settings

from recul import clock
from recul.accounts.actions import invitations
from recul.accounts.tables import Vault
from recul.booking.actions import availability, feeds, hours, service_agreements
from recul.booking.plan import AgreementPlan
from recul.organisation.actions import ballots, memberships, places, structure
from recul.organisation.queries import places as waiting
from recul.organisation.rules import Newcomer
from recul.trends.tables import Commitment, Cycle, Marker, UpwardDecision
from recul.web.roles import Role

FOREIGN = "zqxenfoui"
"""In every free text of the other house."""
QUIET = "zqxquiet"
FIRST_NAME = "zqxnom"


def journal_word(name: str) -> str:
    return f"zqxcarnet{name}"


def memo_word(name: str) -> str:
    return f"zqxmemo{name}"


@dataclass
class World:
    app: Litestar
    house: House
    visitors: dict[str, Visitor] = field(default_factory=dict)
    """By the names of roles, and `half`, `locked`, `stale`, `visitor`."""
    own: Held = field(default_factory=dict)
    foreign: Held = field(default_factory=dict)
    quiet: UUID | None = None
    codes: dict[str, str] = field(default_factory=dict)
    """What paths name that is no id: links and secret addresses of the house in which all act."""


async def built(app: Litestar) -> World:
    """Some seconds of work."""
    before = await rows.everything()
    await Cycle(number=1, closed=True, out_on=date(2024, 1, 29)).save()
    elsewhere = await _house(app, FOREIGN, "Bourg-Voisin")
    await _furnished(elsewhere)
    foreign = rows.new(await rows.everything(), before)
    await rows.mark(foreign, FOREIGN)
    before = await rows.everything()
    house = await _house(app, FIRST_NAME, "Val-Clair")
    world = World(app, house, foreign=foreign)
    world.codes = await _furnished(house)
    await _visitors(world)
    world.own = rows.new(await rows.everything(), before)
    return world


async def _house(app: Litestar, word: str, name: str) -> House:
    house = await founded(name)
    for role in RESIDENTS:
        await resident(app, house, role, f"{word}{role.value}")
    for voter in (Role.SELF, Role.COLLEAGUE):
        await ballots.vote(house.ids[voter], house.team, house.ids[Role.STEWARD])
    await participant(app, house)
    for role, visitor in house.people.items():
        await _writes(visitor, FOREIGN if word == FOREIGN else role.value)
    return house


async def _writes(visitor: Visitor, name: str) -> None:
    word = name if name == FOREIGN else journal_word(name)
    for path, fields in (
        ("/carnet/vite", {"text-line": f"{word} ligne", "nonce": "a", "own_feeling": f"{word}r"}),
        ("/carnet/ecrire", {"template": "free", "text-text": f"{word} note", "nonce": "b"}),
        ("/carnet/ecrire", {"template": "win", "text-win": f"{word} victoire", "nonce": "c"}),
        ("/carnet/brouillon", {"template": "free", "text-text": f"{word} brouillon"}),
        ("/carnet/ressources", {"line": f"{word} ressource"}),
    ):
        answer = await visitor.post(path, fields)
        assert answer.status_code < 400, (path, answer.status_code)


async def _furnished(house: House) -> dict[str, str]:
    """Groups, supervision, papers, talk: whatever a path may name."""
    ids: dict[str, Any] = await groups.groups(house)
    ana, ferdinand = house.ids[Role.SELF], house.people[Role.FACILITATOR]
    word = FOREIGN if FOREIGN in ferdinand.email else memo_word(Role.FACILITATOR.value)
    memo = {"memo": f"{word} en séance", "keep_days": "90"}
    kept = await ferdinand.post(f"/animation/seances/{ids['meeting']}/memo", memo)
    assert kept.status_code == 303
    offer = await an_offer(house)
    await booked(offer, ana)
    await availability.add_exception(offer, date(2026, 12, 3), None, None)
    await _papers(house)
    await Vault(owner=ana, public_key=b"", private_box=b"", closed=True).save()
    await _talk(house.team)
    [place] = await places.ask(
        house.organisation, [Newcomer("Zéphyrin", team=house.team, email="z@exemple.fr")]
    )
    [sheet] = await places.invite(
        [one for one in await waiting.of_team(house.team) if one.id == place]
    )
    await invitations.invite(f"quelqu-un-{place.hex[:6]}@exemple.fr")
    return {
        "code": sheet.code,
        "link": await invitations.offer_reset(house.people[Role.FACILITATOR].email),
        "address": f"{await feeds.make(settings(), ana, 'her form', 'title')}.ics",
    }


async def _papers(house: House) -> None:
    today = clock.today()
    first, last = today.replace(month=1, day=1), today.replace(month=12, day=31)
    plan = AgreementPlan(
        organisation=house.organisation,
        name="Année",
        planned_minutes=600,
        starts_on=first,
        ends_on=last,
    )
    await service_agreements.make(house.ids[Role.FACILITATOR], UUID(int=house.team.int ^ 1), plan)
    await hours.show(house.ids[Role.SELF], house.organisation, first, last)


async def _talk(team: UUID) -> None:
    await UpwardDecision(team=team, cycle=1, agreed=True).save()
    month = clock.today().replace(day=1)
    await Marker(team=team, month=month, kind="own", words="un poste vacant").save()
    await Commitment(team=team, said_in=1, text="Un essai.", owner_name="Ana").save()


async def _visitors(world: World) -> None:
    """A window for everybody, and some that nobody should have."""
    house, app = world.house, world.app
    await stranger(app, house)
    await structure.found("Sans-Personne")
    quiet = await newcomer(app, QUIET)
    world.quiet = await account_of(quiet)
    await memberships.join(world.quiet, house.team)
    await _writes(quiet, "quiet")
    world.visitors = {role.value: visitor for role, visitor in house.people.items()}
    world.visitors["visitor"] = Visitor(app)
    world.visitors["locked"] = await another_window(app, house.self)
    await world.visitors["locked"].post("/carnet/verrou")
    world.visitors["stale"] = await _ended(app, house.people[Role.COLLEAGUE])
    wary = await newcomer(app, "ines")
    await turn_on(wary)
    world.visitors["half"] = await half_way(app, wary.email)


async def another_window(app: Litestar, visitor: Visitor) -> Visitor:
    window = Visitor(app)
    answer = await window.sign_in(visitor.email)
    assert answer.status_code == 303
    return window


async def _ended(app: Litestar, visitor: Visitor) -> Visitor:
    """A window that still sends the cookie of a sign-in that has ended."""
    window = await another_window(app, visitor)
    kept = window.client.cookies["recul"]
    await window.post("/deconnexion")
    window.client.cookies.set("recul", kept, domain="recul.test")
    return window


@asynccontextmanager
async def closing(world: World) -> AsyncIterator[World]:
    try:
        yield world
    finally:
        for visitor in world.visitors.values():
            await visitor.client.aclose()
