"""A house full of groups, made in bulk: three of its people can sign in.

How much each of them has grows with the house, so that what a page asks can be compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from uuid import UUID, uuid4

from piccolo.table import Table
from tests.bench import world
from tests.organisation.world import House, founded

from recul import clock
from recul.accounts.tables import Account
from recul.booking.actions import feeds
from recul.booking.actions.cycles import meeting_of
from recul.booking.tables import (
    Attendance,
    Enrolment,
    GroupAgreement,
    Meeting,
    MeetingCycle,
    MeetingGroup,
)
from recul.booking.wall import Slot
from recul.database import write_transaction
from recul.organisation import rules
from recul.organisation.actions import memberships
from recul.organisation.tables import Membership, Role
from recul.settings import Settings

GROUPS, FEW = 300, 30
DATES, BEFORE = 10, 3
"""Meetings of each cycle, every two weeks, and how many of them lie before this fortnight."""
SEATS, STRANGERS = 8, 240
ROWS_AT_ONCE = 1000
MEMBER = "participante@recul.example"
"""Has a seat in one group of fifty, waits for one in one of a hundred."""
FACILITATOR = "animatrice@recul.example"
"""Leads one group of fifteen, most of a week's hours, like fourteen others."""
LEADERS = 15
EVERYWHERE = "agenda@recul.example"
"""Has a seat in one group of six: five hundred meetings in her calendar."""


@dataclass(slots=True)
class Circle:
    """A group with its cycle, and who is in it."""

    number: int
    facilitator: UUID
    group: UUID = field(default_factory=uuid4)
    cycle: UUID = field(default_factory=uuid4)
    seated: list[UUID] = field(default_factory=list)
    waiting: list[UUID] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Town:
    """What was made, by what figures ask for."""

    house: House
    facilitator: UUID
    member: UUID
    strangers: Sequence[UUID]
    feed: str
    """Path of the calendar of who is everywhere."""


def monday() -> date:
    today = clock.today()
    return today - timedelta(days=today.weekday())


async def make(settings: Settings, groups: int) -> Town:
    """Fill an empty, migrated database."""
    house = await founded("Bourg-Neuf")
    facilitator, member, everywhere = [
        (await world.person(settings, email, [])).owner
        for email in (FACILITATOR, MEMBER, EVERYWHERE)
    ]
    for one in (member, everywhere):
        await memberships.join(one, house.team)
    strangers = [uuid4() for _ in range(STRANGERS * groups // GROUPS)]
    leaders = [facilitator, *(uuid4() for _ in range(LEADERS - 1))]
    circles = [Circle(n, leaders[n * LEADERS // groups]) for n in range(groups)]
    for circle in circles:
        _fill(circle, strangers, member, everywhere)
    async with write_transaction():
        await inserted(map(_account, [*strangers, *leaders[1:]]))
        await inserted(_leads(one, house) for one in leaders)
        await inserted(
            Membership(account=one, team=house.team, home=True, started_on=clock.today())
            for one in strangers
        )
        await _store(house, circles)
    token = await feeds.make(settings, everywhere, "bench", "title")
    return Town(house, facilitator, member, strangers, f"/agenda/{token}.ics")


def _fill(circle: Circle, strangers: Sequence[UUID], member: UUID, everywhere: UUID) -> None:
    """Every other cycle is full, and people wait for a seat in it."""
    n = circle.number
    around = [strangers[(n * 7 + k) % len(strangers)] for k in range(SEATS + 2)]
    circle.seated, circle.waiting = around[:SEATS], around[SEATS:] if n % 2 else []
    if n % 6 == 2:
        circle.seated[0] = everywhere
    if n % 50 == 3:
        circle.seated[1] = member
    if n % 100 == 5:
        circle.waiting[1:] = [member]
    circle.meetings = [_meeting(circle.cycle, slot) for slot in _slots(n)]


def _slots(number: int) -> Iterator[Slot]:
    first = monday() + timedelta(days=number % 5 + 7 * (number // 5 % 2) - 14 * BEFORE)
    starts = 60 * (9 + number // 10 % 4 * 2)
    for place in range(DATES):
        yield Slot(first + timedelta(days=14 * place), starts, 90, world.TIME_ZONE)


def _meeting(cycle: UUID, slot: Slot) -> Meeting:
    """It was noted who came, but for the last days."""
    made = meeting_of(cycle, slot)
    made.noted_on = slot.day if slot.day < monday() - timedelta(days=7) else None
    return made


def _account(account: UUID) -> Account:
    return Account(
        id=account,
        email=f"{account.hex}@recul.example",
        display_name=f"Quelqu’un {account.hex[:6]}",
        time_zone=world.TIME_ZONE,
        joined_on=clock.today(),
    )


def _leads(account: UUID, house: House) -> Role:
    return Role(
        account=account,
        organisation=house.organisation,
        kind=rules.FACILITATOR,
        started_on=clock.today(),
    )


async def _store(house: House, circles: Sequence[Circle]) -> None:
    await inserted(_group(house, circle) for circle in circles)
    await inserted(
        GroupAgreement(
            meeting_group=c.group,
            version=1,
            text="Ce qui se dit ici reste ici.",
            made_on=clock.today(),
        )
        for c in circles
    )
    await inserted(_cycle(circle) for circle in circles)
    await inserted(meeting for circle in circles for meeting in circle.meetings)
    await inserted(row for circle in circles for row in _enrolments(circle))
    await inserted(
        Attendance(meeting=meeting.id, account=c.seated[place % SEATS], state="excused")
        for c in circles
        for place, meeting in enumerate(c.meetings)
    )


def _group(house: House, circle: Circle) -> MeetingGroup:
    return MeetingGroup(
        id=circle.group,
        organisation=house.organisation,
        team=None,
        kind="practice_analysis_group",
        name=f"Analyse de la pratique {circle.number}",
        facilitator=circle.facilitator,
        admission="open" if circle.number % 3 else "request",
        capacity=12,
        minimum=4,
        minutes=90,
        service_agreement=None,
        opened_on=clock.today(),
    )


def _cycle(circle: Circle) -> MeetingCycle:
    """One of fifteen waits for a decision."""
    undecided, full = circle.number % 15 == 1, bool(circle.waiting)
    return MeetingCycle(
        id=circle.cycle,
        meeting_group=circle.group,
        zone=world.TIME_ZONE,
        area="FR",
        place="Maison du Rivage, salle 2",
        access_note="Sonner à l’interphone.",
        capacity=SEATS if full else 12,
        minimum=SEATS + 1 if undecided else 4,
        decide_on=clock.today() - timedelta(days=1),
        state="planned" if undecided else "confirmed",
        asked_on=clock.today() if undecided else None,
        arrivals=len(circle.seated) + len(circle.waiting) + 1,
    )


def _enrolments(circle: Circle) -> Iterator[Enrolment]:
    people = [(one, "seated") for one in circle.seated]
    people += [(one, "waiting") for one in circle.waiting]
    for arrival, (account, state) in enumerate(people, 1):
        yield Enrolment(
            cycle=circle.cycle,
            account=account,
            state=state,
            arrival=arrival,
            asked_on=clock.today(),
            settled_on=clock.today() if state == "seated" else None,
        )


async def inserted(rows: Iterable[Table]) -> None:
    """Many rows of one table."""
    rows = iter(rows)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        await type(some[0]).insert(*some)
