"""Groups for tests: a house whose facilitator leads them, with cycles, dates and seats.

    house = await inhabited(app)                       # or the fixture `house`
    circle = await a_group(house)                      # a group, a cycle of three Thursdays
    await seat(circle, house.ids[Role.SELF])

`NOON` is the instant at which tests of groups stop the clock: Saturday 21 November 2026.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.organisation.world import House

from recul import clock
from recul.accounts.tables import Account
from recul.booking.actions import cycles, groups
from recul.booking.kinds import KINDS
from recul.booking.plan import CyclePlan, GroupPlan
from recul.booking.tables import (
    AgreementAcceptance,
    Enrolment,
    GroupAgreement,
    Meeting,
    MeetingCycle,
)
from recul.booking.wall import Slot
from recul.organisation.actions import memberships
from recul.web.roles import Role

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST = date(2026, 12, 3)
"""A Thursday."""
CHARTER = "Ce qui se dit ici reste ici."


@dataclass
class Circle:
    """A group with one cycle, and the dates of it."""

    house: House
    group: UUID
    cycle: UUID
    meetings: list[UUID] = field(default_factory=list)

    @property
    def ids(self) -> dict[str, UUID]:
        """By the names that paths use."""
        return {"group": self.group, "cycle": self.cycle, "meeting": self.meetings[0]}


def group_plan(facilitator: UUID | None, **more: Any) -> GroupPlan:
    kind = KINDS[more.pop("kind", "practice_analysis_group")]
    usual: dict[str, Any] = {
        "kind": kind.key,
        "name": "Tilleuls et Rivage",
        "purpose": "Regarder ensemble ce qui nous a tenus en éveil.",
        "facilitator": None if kind.self_managed else facilitator,
        "admission": "co_optation" if kind.self_managed else "open",
        "capacity": kind.capacity,
        "minimum": kind.minimum,
        "minutes": kind.minutes,
        "charter": CHARTER,
    }
    return GroupPlan(**usual | more)


def slots(
    count: int = 3,
    first: date = FIRST,
    *,
    starts: int = 14 * 60,
    minutes: int = 120,
    zone: str = "Europe/Paris",
    every: int = 14,
) -> tuple[Slot, ...]:
    """Dates `every` so many days, at 14:00 in Paris unless told."""
    return tuple(
        Slot(first + timedelta(days=every * number), starts, minutes, zone)
        for number in range(count)
    )


def cycle_plan(*dates: Slot, **more: Any) -> CyclePlan:
    wanted = dates or slots()
    usual: dict[str, Any] = {
        "slots": wanted,
        "zone": wanted[0].zone,
        "area": "FR",
        "place": "Maison du Rivage, salle 2",
        "access_note": "Sonner à l’interphone Rivage.",
        "video_link": "",
        "capacity": 12,
        "minimum": 6,
    }
    return CyclePlan(**usual | more)


async def a_cycle(group: UUID, *dates: Slot, **more: Any) -> UUID:
    return await cycles.plan(group, cycle_plan(*dates, **more))


async def meetings_of(cycle: UUID) -> list[UUID]:
    """The ids of a cycle's dates, in their order."""
    rows = await Meeting.select(Meeting.id).where(Meeting.cycle == cycle).order_by(Meeting.day)
    return [row["id"] for row in rows]


async def a_group(house: House, *dates: Slot, capacity: int = 12, **more: Any) -> Circle:
    """A group that the house's facilitator leads, and one cycle; `more` is for `group_plan`."""
    minimum = min(more.pop("minimum", 6), capacity)
    plan = group_plan(house.ids.get(Role.FACILITATOR), capacity=capacity, minimum=minimum, **more)
    group = await groups.found(house.organisation, plan)
    cycle = await a_cycle(group, *dates, capacity=capacity, minimum=minimum)
    return Circle(house, group, cycle, await meetings_of(cycle))


async def accept(group: UUID, account: UUID) -> None:
    """Accept the charter in force, if that has not been done."""
    [charter] = (
        await GroupAgreement.select(GroupAgreement.id)
        .where(GroupAgreement.meeting_group == group)
        .order_by(GroupAgreement.version, ascending=False)
        .limit(1)
    )
    wanted = (
        AgreementAcceptance.agreement == charter["id"],
        AgreementAcceptance.account == account,
    )
    if not await AgreementAcceptance.exists().where(*wanted):
        await AgreementAcceptance.insert(
            AgreementAcceptance(agreement=charter["id"], account=account, accepted_on=clock.today())
        )


async def enrol(circle: Circle, account: UUID, state: str = "seated") -> UUID:
    """An enrolment row as it would stand, next in the order of arrival. The rules of enrolling
    are not asked: tests of them go through `actions`."""
    await accept(circle.group, account)
    arrivals = MeetingCycle.select(MeetingCycle.arrivals).where(MeetingCycle.id == circle.cycle)
    arrival = (await arrivals)[0]["arrivals"] + 1
    await MeetingCycle.update({MeetingCycle.arrivals: arrival}).where(
        MeetingCycle.id == circle.cycle
    )
    enrolment = uuid4()
    await Enrolment.insert(
        Enrolment(
            id=enrolment,
            cycle=circle.cycle,
            account=account,
            state=state,
            arrival=arrival,
            asked_on=clock.today(),
            settled_on=clock.today() if state in ("seated", "left", "refused") else None,
        )
    )
    return enrolment


async def seat(circle: Circle, *accounts: UUID) -> list[UUID]:
    """Seats, whatever the capacity says."""
    return [await enrol(circle, account) for account in accounts]


async def somebody(house: House, name: str = "Personne") -> UUID:
    """An account in the team of the house, without a browser: quick to make in numbers."""
    account = Account(
        email=f"{uuid4()}@exemple.fr",
        display_name=name,
        time_zone="Europe/Paris",
        joined_on=clock.today(),
    )
    await account.save()
    await memberships.join(account.id, house.team)
    return UUID(str(account.id))
