"""An organisation for tests: one team of Anabelle's, those around her, and one stranger who holds
every role elsewhere."""

from dataclasses import dataclass, field
from uuid import UUID

from litestar import Litestar
from tests.visitors import Visitor, newcomer

from recul.accounts.queries import account_by_email
from recul.organisation import rules
from recul.organisation.actions import ballots, memberships, places, roles, structure
from recul.organisation.queries import places as waiting
from recul.organisation.queries.people import belongings
from recul.organisation.queries.shapes import PlaceRow
from recul.organisation.rules import Newcomer
from recul.web.roles import Role


@dataclass
class House:
    """One organisation, one unit, one team, and who is what in them."""

    organisation: UUID
    unit: UUID
    team: UUID
    people: dict[Role, Visitor] = field(default_factory=dict)
    ids: dict[Role, UUID] = field(default_factory=dict)

    @property
    def organiser(self) -> Visitor:
        return self.people[Role.ORGANISER]

    @property
    def self(self) -> Visitor:
        return self.people[Role.SELF]


async def account_of(visitor: Visitor) -> UUID:
    found = await account_by_email(visitor.email)
    assert found
    return UUID(str(found.id))


async def founded(
    name: str = "Val-Clair", unit: str = "Territoire Nord", team: str = "Polyvalence"
) -> House:
    organisation = await structure.found(name)
    unit_id = await structure.add_unit(organisation, unit)
    return House(organisation, unit_id, await structure.add_team(unit_id, team))


async def resident(app: Litestar, house: House, role: Role, name: str) -> Visitor:
    """A new account in one role of the house."""
    visitor = await newcomer(app, name, administrator=role is Role.ADMINISTRATOR)
    account = await account_of(visitor)
    house.people[role], house.ids[role] = visitor, account
    if role in (Role.SELF, Role.COLLEAGUE, Role.STEWARD):
        await memberships.join(account, house.team)
    elif role is Role.PARTICIPANT:
        other = await structure.add_team(house.unit, "L’autre équipe")
        await memberships.join(account, other)
    elif role is Role.MANAGER:
        await roles.answer_for(account, house.team)
    elif role is Role.ORGANISER:
        await roles.appoint(account, house.organisation, rules.ORGANISER)
    elif role is Role.FACILITATOR:
        await roles.appoint(account, house.organisation, rules.FACILITATOR)
    return visitor


RESIDENTS = {
    Role.SELF: "anabelle",
    Role.COLLEAGUE: "clotilde",
    Role.STEWARD: "rosemonde",
    Role.MANAGER: "maximilien",
    Role.ORGANISER: "olga",
    Role.FACILITATOR: "ferdinand",
    Role.ADMINISTRATOR: "adrien",
}


async def inhabited(app: Litestar, *wanted: Role) -> House:
    """The house with everybody in it, or with those who are wanted; `STEWARD` is elected."""
    house = await founded()
    for role, name in RESIDENTS.items():
        if not wanted or role in wanted:
            await resident(app, house, role, name)
    for voter in (Role.SELF, Role.COLLEAGUE):
        if Role.STEWARD in house.ids and voter in house.ids:
            await ballots.vote(house.ids[voter], house.team, house.ids[Role.STEWARD])
    return house


async def participant(app: Litestar, house: House) -> Visitor:
    """Somebody of another team of the same organisation; booking puts both into one group."""
    return await resident(app, house, Role.PARTICIPANT, "pauline")


async def stranger(app: Litestar, house: House) -> Visitor:
    """Somebody who is everything, in another organisation."""
    elsewhere = await founded("Autre-Rive", "Ailleurs", "Les lointains")
    visitor = await resident(app, elsewhere, Role.SELF, "stanislas")
    account = elsewhere.ids[Role.SELF]
    await roles.answer_for(account, elsewhere.team)
    for kind in (rules.ORGANISER, rules.FACILITATOR):
        await roles.appoint(account, elsewhere.organisation, kind)
    house.people[Role.STRANGER], house.ids[Role.STRANGER] = visitor, account
    return visitor


async def a_place(house: House, name: str = "Zéphyrin", **more: str) -> PlaceRow:
    [place] = await places.ask(house.organisation, [Newcomer(name, team=house.team, **more)])
    return next(row for row in await waiting.of_team(house.team) if row.id == place)


async def membership_of(house: House, role: Role) -> UUID:
    """The membership of somebody in the team of the house."""
    found = await belongings(house.ids[Role.ORGANISER], house.ids[role])
    return next(one.id for one in found if one.team == house.team and one.ended_on is None)
