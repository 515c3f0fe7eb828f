"""A house full of what nobody outside may learn of who takes part in what.

Ferdinand leads a group in which Zéphyrine and Ysaline have the seats: one was there, the other
was not, and one is excused from the next date. For Wandrille a seat is kept, Quitterie waits,
Xaverine left. In another of his groups Hermine has a seat and Philippine asks for one. He sees
Ulysse alone. Théodule and Fulgence run a group together that Radegonde wants to join.

Around them, with a browser each: everybody of the house; Pauline waits for a seat, Apolline asks
for one, Mahaut has one beside Hermine; Gontran leads other groups; Stanislas organises another
organisation, for which Ferdinand works as well.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from litestar import Litestar
from piccolo.querystring import QueryString
from tests.booking.seats import charter
from tests.booking.supervising import an_offer, choice_of, chosen, slot
from tests.booking.world import FIRST, Circle, a_group, seat, slots
from tests.organisation.world import House, account_of
from tests.visitors import Visitor, newcomer, settings

from recul import clock
from recul.accounts.tables import Account
from recul.booking.actions import appointments, attendance, enrolments, excuses, peers
from recul.booking.outcomes import Outcome
from recul.booking.queries import within
from recul.booking.tables import Enrolment
from recul.database import fetch
from recul.organisation import rules
from recul.organisation.actions import memberships, roles, structure
from recul.organisation.queries import teams
from recul.web.roles import Role

NAMES = (
    *("Zéphyrine", "Ysaline", "Wandrille", "Quitterie", "Xaverine"),
    *("Hermine", "Philippine", "Ulysse", "Théodule", "Fulgence", "Radegonde"),
)
DOMAIN = "secret.example"
POST = settings(RECUL_SMTP_URL="smtp://127.0.0.1:9?tls=none", RECUL_MAIL_FROM="r@exemple.org")
"""Mails are written; nobody sends them."""
PAST = date(2026, 11, 5)
"""Of the first date of Ferdinand's group: it was held."""
INSIDE = "Sonner à l’interphone"


@dataclass
class Hidden:
    house: House
    accounts: dict[str, UUID] = field(default_factory=dict)
    twins: dict[str, UUID] = field(default_factory=dict)
    """Of the same teams; they take part in nothing."""
    circles: dict[str, Circle] = field(default_factory=dict)
    offer: UUID | None = None
    appointment: UUID | None = None
    viewers: dict[str, Visitor] = field(default_factory=dict)

    async def ask(self, circle: str, account: UUID, expected: Outcome) -> None:
        its = self.circles[circle]
        wanted = await charter(its.group)
        assert await enrolments.ask(POST, account, its.cycle, wanted, True) is expected

    async def enrolment(self, circle: str, account: UUID) -> UUID:
        [row] = await Enrolment.select(Enrolment.id).where(
            Enrolment.cycle == self.circles[circle].cycle, Enrolment.account == account
        )
        return UUID(str(row["id"]))


async def hidden(app: Litestar, house: House) -> Hidden:
    """The whole of it; the clock stands at noon."""
    other = await structure.add_team(house.unit, "L’autre équipe")
    found = Hidden(house)
    for name in NAMES:
        # Zéphyrine is of the team whose colleague, steward and line manager look.
        team = house.team if name == "Zéphyrine" else other
        found.accounts[name] = await _account(name, team)
        found.twins[name] = await _account(f"{name[:3]}-Aimée", team)
    await _viewers(app, found, await structure.add_team(house.unit, "La troisième"))
    await _waited_for(found)
    await _asked_for(found)
    await _run_together(found)
    await _alone(found)
    await _elsewhere(found)
    return found


async def _account(name: str, team: UUID) -> UUID:
    account = Account(
        email=f"{name.lower()}@{DOMAIN}",
        display_name=name,
        time_zone="Europe/Paris",
        joined_on=clock.today(),
    )
    await account.save()
    await memberships.join(account.id, team)
    return UUID(str(account.id))


async def _viewers(app: Litestar, found: Hidden, team: UUID) -> None:
    found.viewers = {role.value: visitor for role, visitor in found.house.people.items()}
    for name in ("Pauline", "Apolline", "Mahaut", "Gontran"):
        visitor = await newcomer(app, name)
        found.viewers[name], account = visitor, await account_of(visitor)
        found.accounts[name] = account
        if name == "Gontran":
            await roles.appoint(account, found.house.organisation, rules.FACILITATOR)
        else:
            await memberships.join(account, team)
    found.viewers["nobody"] = Visitor(app)


async def _waited_for(found: Hidden) -> None:
    """Three seats; the dates of 5 and 19 November are over."""
    circle = await a_group(found.house, *slots(5, PAST), capacity=3, minimum=2)
    found.circles["waited for"] = circle
    people = found.accounts
    for name in ("Xaverine", "Zéphyrine", "Ysaline"):
        await found.ask("waited for", people[name], Outcome.SEATED)
    for name in ("Wandrille", "Quitterie", "Pauline"):
        await found.ask("waited for", people[name], Outcome.WAITING)
    cycle = await within.led_cycle(found.house.ids[Role.FACILITATOR], circle.cycle)
    assert cycle
    first = (await within.meetings(cycle.id))[0]
    await attendance.note(first, {people["Zéphyrine"]: "present", people["Ysaline"]: "absent"})
    await enrolments.leave(POST, people["Xaverine"], circle.cycle)
    await excuses.excuse(POST, people["Zéphyrine"], circle.meetings[2])


async def _asked_for(found: Hidden) -> None:
    day = FIRST + timedelta(days=1)
    circle = await a_group(found.house, *slots(3, day), admission="request", name="Hautes Marées")
    found.circles["asked for"], people = circle, found.accounts
    for name in ("Hermine", "Mahaut", "Philippine", "Apolline"):
        await found.ask("asked for", people[name], Outcome.ASKED)
    leader = found.house.ids[Role.FACILITATOR]
    for name in ("Hermine", "Mahaut"):
        request = await found.enrolment("asked for", people[name])
        assert await enrolments.admit(POST, leader, request) is Outcome.SEATED
    await excuses.excuse(POST, people["Hermine"], circle.meetings[0])


async def _run_together(found: Hidden) -> None:
    day = FIRST + timedelta(days=4)
    circle = await a_group(found.house, *slots(3, day), kind="peer_supervision", name="Sans chef")
    found.circles["run together"], people = circle, found.accounts
    await seat(circle, people["Théodule"], people["Fulgence"])
    await found.ask("run together", people["Radegonde"], Outcome.ASKED)
    request = await found.enrolment("run together", people["Radegonde"])
    assert await peers.say(POST, people["Théodule"], request, True) is Outcome.ASKED
    await peers.take(people["Fulgence"], circle.meetings[0], "host")


async def _alone(found: Hidden) -> None:
    found.offer, ulysse = await an_offer(found.house), found.accounts["Ulysse"]
    await chosen(found.offer, ulysse)
    choice = await choice_of(found.offer, ulysse)
    found.appointment = await appointments.book(POST, ulysse, choice, slot(), overlap_ok=True)


async def _elsewhere(found: Hidden) -> None:
    """Ferdinand works for the organisation of Stanislas, who organises and facilitates there."""
    [there] = await teams.organisations_of(found.house.ids[Role.STRANGER])
    await roles.appoint(found.house.ids[Role.FACILITATOR], there.id, rules.FACILITATOR)
    lent = House(there.id, found.house.unit, found.house.team)
    lent.ids[Role.FACILITATOR] = found.house.ids[Role.FACILITATOR]
    day = FIRST + timedelta(days=5)
    found.circles["elsewhere"] = await a_group(lent, *slots(2, day), name="Sur l’autre rive")


# What tells of somebody's part in something, in every table that holds it.
PARTS = {
    "enrolment": "account",
    "attendance": "account",
    "agreement_acceptance": "account",
    "meeting_role": "account",
    "peer_voice": "voter",
    "supervision": "account",
    "appointment": "account",
}
ITS = """
SELECT id, account FROM enrolment UNION SELECT id, account FROM supervision
UNION SELECT id, account FROM appointment
UNION SELECT s.id, e.account FROM seat_offer s JOIN enrolment e ON e.id = s.enrolment
"""


async def marks(found: Hidden) -> dict[str, str]:
    """What would give somebody away, and how it is called in tests. The viewers who take part
    themselves are among them."""
    names = {account: name for name, account in found.accounts.items()}
    told = {name: name for name in NAMES} | {DOMAIN: "address"}
    told |= {str(account): f"id of {name}" for account, name in names.items() if name in NAMES}
    for row in await fetch(QueryString(ITS)):
        told[str(UUID(str(row["id"])))] = f"part of {names[UUID(str(row['account']))]}"
    return told


async def to_twins(found: Hidden) -> None:
    """Others take part now, in everything, in the same way."""
    for table, column in PARTS.items():
        for name, twin in found.twins.items():
            sql = f"UPDATE {table} SET {column} = {{}} WHERE {column} = {{}}"
            await fetch(QueryString(sql, twin, found.accounts[name]))


TURN = "UPDATE attendance SET state = 'present'"
COMING = """
DELETE FROM attendance WHERE meeting IN (SELECT id FROM meeting WHERE noted_on IS NULL)
"""


async def turned(_found: Hidden) -> None:
    """Who was not there was, and those who excused themselves are coming."""
    for sql in (TURN, COMING):
        await fetch(QueryString(sql))
