"""Making a cycle with its dates, and changing what holds for all of them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from recul import clock
from recul.booking import notices
from recul.booking.actions import seating
from recul.booking.kinds import KINDS
from recul.booking.plan import CyclePlan, Setting
from recul.booking.queries import waiting
from recul.booking.tables import Meeting, MeetingCycle, MeetingGroup
from recul.booking.wall import Slot
from recul.database import locked, write_transaction
from recul.settings import Settings

DECISION_DAYS = 7
"""Before the first date: when it is decided whether a cycle takes place."""


class GroupClosed(Exception):
    """No cycle begins in a group that was closed."""


class TooFewSeats(Exception):
    """More people have a seat, or are offered one, than there would be seats."""


def decision_day(first: date) -> date:
    """When the facilitator is asked about a cycle under its minimum: never a day that is over."""
    return max(first - timedelta(days=DECISION_DAYS), clock.today())


def first_state(kind: str) -> str:
    """Of a cycle with new dates. Nobody is there to be asked where a group runs itself."""
    return "confirmed" if KINDS[kind].self_managed else "planned"


async def plan(group: UUID, wanted: CyclePlan, new: UUID | None = None) -> UUID:
    """Make a cycle. `new`: the id that a form brought along, so that the same form sent twice
    makes one cycle. Raises GroupClosed, and UniqueViolation when the id is taken."""
    new, slots = new or uuid4(), sorted(wanted.slots)
    async with write_transaction():
        rows = await locked(
            MeetingGroup.select(MeetingGroup.kind).where(
                MeetingGroup.id == group, MeetingGroup.closed_on.is_null()
            )
        )
        if not rows:
            raise GroupClosed
        await MeetingCycle.insert(
            MeetingCycle(
                id=new,
                meeting_group=group,
                zone=wanted.zone,
                area=wanted.area,
                decide_on=wanted.decide_on or decision_day(slots[0].day),
                state=first_state(rows[0]["kind"]),
                arrivals=0,
                **_columns(wanted),
            )
        )
        await Meeting.insert(*[meeting_of(new, slot) for slot in slots])
    return new


async def arrange(
    settings: Settings, cycle: UUID, wanted: Setting, decide_on: date | None = None
) -> None:
    """Change where a cycle meets and for how many; `decide_on`: none leaves that day. Everybody
    who has a seat hears of another place. Raises TooFewSeats."""
    async with write_transaction():
        before = await _held(cycle)
        seats = await waiting.seats(cycle)
        if wanted.capacity < min(before["capacity"], seats.capacity - seats.free):
            raise TooFewSeats
        columns = _columns(wanted)
        if decide_on is not None and decide_on != before["decide_on"]:
            # Who was asked already is asked again on the new day.
            columns |= {"decide_on": decide_on, "asked_on": None}
        await MeetingCycle.update(**columns).where(MeetingCycle.id == cycle)
        linked = wanted.video_link != before["video_link"]
        if linked or wanted.place != before["place"]:
            await _tell_place(settings, cycle, all_dates=linked)
        await seating.settle(settings, await waiting.seats(cycle))


async def _held(cycle: UUID) -> dict[str, Any]:
    rows: list[dict[str, Any]] = await locked(MeetingCycle.select().where(MeetingCycle.id == cycle))
    return rows[0]


async def _tell_place(settings: Settings, cycle: UUID, *, all_dates: bool) -> None:
    """The dates to come hold the same hours at another place. One that has a place of its own
    keeps it, and does not change unless all of them do."""
    now = clock.now()
    for row in await Meeting.select().where(
        Meeting.cycle == cycle, Meeting.cancelled.eq(False), Meeting.ends_at > now
    ):
        if row["place"] is not None and not all_dates:
            continue
        await Meeting.update(sequence=row["sequence"] + 1, changed_at=now).where(
            Meeting.id == row["id"]
        )
    await notices.relocated(settings, cycle)


def meeting_of(cycle: UUID, slot: Slot) -> Meeting:
    """The row of a new date."""
    return Meeting(
        id=uuid4(),
        cycle=cycle,
        cancelled=False,
        sequence=0,
        changed_at=clock.now(),
        reminded=0,
        **instants(slot),
    )


def instants(slot: Slot) -> dict[str, Any]:
    """What a date's row keeps of a slot, by column."""
    return {
        "day": slot.day,
        "starts": slot.starts,
        "minutes": slot.minutes,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
    }


def _columns(wanted: Setting) -> dict[str, Any]:
    return {
        "place": wanted.place,
        "access_note": wanted.access_note,
        "video_link": wanted.video_link,
        "capacity": wanted.capacity,
        "minimum": wanted.minimum,
    }
