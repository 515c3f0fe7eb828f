"""One date of a cycle: moved, cancelled, added. Seats stay as they are.

The cycle's row is held first, as in every change of its seats: two people who change the same
date come one after the other, and the second is told what she did not see.
"""

from typing import Any
from uuid import UUID

from recul import clock
from recul.booking import notices
from recul.booking.actions import seating
from recul.booking.actions.cycles import instants, meeting_of
from recul.booking.kinds import DATES
from recul.booking.queries import waiting
from recul.booking.tables import Meeting, MeetingCycle, MeetingGroup
from recul.booking.wall import Slot
from recul.database import locked, write_transaction
from recul.settings import Settings


class Changed(Exception):
    """It was changed since it was shown."""


class Over(Exception):
    """It has begun, was written down as held, or does not take place."""


class TooMany(Exception):
    """The cycle has as many dates as one can have."""


class Overlap(Exception):
    """Another date of the cycle is at this time."""


async def move(
    settings: Settings, cycle: UUID, meeting: UUID, seen: int, slot: Slot, place: str | None
) -> None:
    """Give a date another time, or for once another place (none: the cycle's). `seen`: its
    sequence when it was shown. Sent again, it changes nothing. Raises Changed, Over, Overlap."""
    async with write_transaction():
        row = await _held(cycle, meeting)
        before = Slot(row["day"], row["starts"], row["minutes"], slot.zone)
        if (before, row["place"], row["cancelled"]) == (slot, place, False):
            return
        _refuse_over(row)
        if row["sequence"] != seen:
            raise Changed
        await _refuse_overlap(cycle, slot, meeting)
        await Meeting.update(
            **instants(slot),
            place=place,
            sequence=seen + 1,
            changed_at=clock.now(),
            reminded=row["reminded"] if slot == before else 0,
        ).where(Meeting.id == meeting)
        await notices.moved(settings, meeting, before)
        await seating.settle(settings, await waiting.seats(cycle))


async def cancel(settings: Settings, cycle: UUID, meeting: UUID) -> None:
    """It stays in sight, crossed out. Sent again, it changes nothing. Raises Over."""
    async with write_transaction():
        row = await _held(cycle, meeting)
        if row["cancelled"]:
            return
        _refuse_over(row)
        await Meeting.update(
            cancelled=True, sequence=row["sequence"] + 1, changed_at=clock.now()
        ).where(Meeting.id == meeting)
        await notices.cancelled(settings, meeting)
        await seating.settle(settings, await waiting.seats(cycle))


async def add(settings: Settings, cycle: UUID, slot: Slot, new: UUID) -> None:
    """One more date. `new`: the id that the form brought along; sent again, it adds nothing.
    Raises TooMany, Overlap, Over where the cycle does not take place or its group is closed, and
    UniqueViolation when the id is taken."""
    async with write_transaction():
        await seating.hold(cycle)
        if await Meeting.exists().where(Meeting.id == new, Meeting.cycle == cycle):
            return
        await _require_going_on(cycle)
        if await Meeting.count().where(Meeting.cycle == cycle) >= DATES:
            raise TooMany
        await _refuse_overlap(cycle, slot, new)
        added = meeting_of(cycle, slot)
        added.id = new
        await Meeting.insert(added)
        await notices.added(settings, new)
        await seating.settle(settings, await waiting.seats(cycle))


async def _require_going_on(cycle: UUID) -> None:
    """Its group is not closed before the transaction ends. Raises Over."""
    [row] = await MeetingCycle.select(MeetingCycle.state, MeetingCycle.meeting_group).where(
        MeetingCycle.id == cycle
    )
    open_group = await locked(
        MeetingGroup.select(MeetingGroup.id).where(
            MeetingGroup.id == row["meeting_group"], MeetingGroup.closed_on.is_null()
        )
    )
    if row["state"] == "cancelled" or not open_group:
        raise Over


async def _held(cycle: UUID, meeting: UUID) -> dict[str, Any]:
    await seating.hold(cycle)
    [row] = await Meeting.select().where(Meeting.id == meeting, Meeting.cycle == cycle)
    return dict(row)


def _refuse_over(row: dict[str, Any]) -> None:
    if row["cancelled"] or row["noted_on"] is not None or row["starts_at"] <= clock.now():
        raise Over


async def _refuse_overlap(cycle: UUID, slot: Slot, but: UUID) -> None:
    if await Meeting.exists().where(
        Meeting.cycle == cycle,
        Meeting.id != but,
        Meeting.cancelled.eq(False),
        Meeting.starts_at < slot.ends_at,
        Meeting.ends_at > slot.starts_at,
    ):
        raise Overlap
