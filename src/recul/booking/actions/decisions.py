"""Whether a cycle takes place: asked when its minimum is wanting, then kept, put off or cancelled.

Each decision names what it was taken on (`mark`). What was decided meanwhile, by the same form
sent twice or by somebody else, is not decided again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from recul import clock
from recul.booking import holidays_of, notices, rhythm
from recul.booking.actions import seating
from recul.booking.actions.cycles import decision_day, first_state, instants
from recul.booking.kinds import DAYS_AHEAD
from recul.booking.queries import plans, waiting
from recul.booking.queries.plans import Counts
from recul.booking.queries.shapes import MeetingRow
from recul.booking.queries.within import coming, meetings
from recul.booking.tables import Meeting, MeetingCycle
from recul.booking.wall import Slot
from recul.database import write_transaction
from recul.settings import Settings


class Decided(Exception):
    """It is not as it was when the decision was taken."""


class TooFar(Exception):
    """The dates would lie too far ahead."""


class NothingToCome(Exception):
    """Every date is over or cancelled."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """The dates that are to come, and where they would go."""

    dates: list[tuple[MeetingRow, Slot]]
    skipped: dict[date, str]
    """Holidays on the way."""


def mark(state: str, decide_on: date, dates: list[MeetingRow]) -> str:
    """What a decision is taken on: it changes with each."""
    first = dates[0].slot.day.isoformat() if dates else ""
    return f"{state} {decide_on.isoformat()} {first}"


async def ask(settings: Settings) -> None:
    """Confirm the cycles that have enough people on their day of decision, and ask about the
    others. Once each."""
    for cycle in await plans.to_decide():
        async with write_transaction():
            await _ask(settings, cycle)


async def _ask(settings: Settings, cycle: UUID) -> None:
    await seating.hold(cycle)
    found = await plans.counts(cycle)
    if found.state != "planned":
        return
    if not found.missing:
        await _set(cycle, state="confirmed")
        if found.asked_on is not None:
            # Who was asked, and need not answer any more.
            await notices.kept(settings, cycle)
    elif found.asked_on is None:
        await _set(cycle, asked_on=clock.local(found.zone).date())
        await notices.decision_wanted(settings, cycle)


async def maintain(settings: Settings, cycle: UUID, seen: str) -> None:
    """It takes place with the people it has. Raises Decided."""
    async with write_transaction():
        await _taken_on(cycle, seen, "planned")
        await _set(cycle, state="confirmed")
        await notices.kept(settings, cycle)


async def cancel(settings: Settings, cycle: UUID, seen: str) -> None:
    """None of its dates to come takes place, and no seat of it is offered. Raises Decided."""
    async with write_transaction():
        _, dates = await _taken_on(cycle, seen, "planned", "confirmed")
        for row in dates:
            await Meeting.update(
                cancelled=True, sequence=row.sequence + 1, changed_at=clock.now()
            ).where(Meeting.id == row.id)
        await _set(cycle, state="cancelled")
        await seating.settle(settings, await waiting.seats(cycle))
        await notices.called_off(settings, cycle)


async def postpone(settings: Settings, cycle: UUID, seen: str, weeks: int) -> None:
    """Put every date to come off by whole weeks, in its rhythm. It stands as a new one does, and
    is decided on a week before its new first date. Raises Decided, NothingToCome and TooFar."""
    async with write_transaction():
        found, dates = await _taken_on(cycle, seen, "planned", "confirmed")
        put_off = moved(dates, (await waiting.seats(cycle)).area, weeks)
        for row, slot in put_off.dates:
            await Meeting.update(
                **instants(slot), sequence=row.sequence + 1, changed_at=clock.now(), reminded=0
            ).where(Meeting.id == row.id)
        decide_on = decision_day(put_off.dates[0][1].day)
        await _set(cycle, state=first_state(found.kind), decide_on=decide_on, asked_on=None)
        await seating.settle(settings, await waiting.seats(cycle))
        await notices.put_off(settings, cycle)


def moved(dates: list[MeetingRow], area: str, weeks: int) -> PutOff:
    """Where dates go when they are put off. Raises NothingToCome and TooFar."""
    if not dates:
        raise NothingToCome
    found = rhythm.shifted([row.slot.day for row in dates], weeks, partial(holidays_of.on, area))
    if found.days[-1] > clock.today() + timedelta(days=DAYS_AHEAD):
        raise TooFar
    slots = [
        Slot(day, row.slot.starts, row.slot.minutes, row.slot.zone)
        for row, day in zip(dates, found.days, strict=True)
    ]
    return PutOff(list(zip(dates, slots, strict=True)), found.skipped)


async def _taken_on(cycle: UUID, seen: str, *states: str) -> tuple[Counts, list[MeetingRow]]:
    """Hold the cycle, and give it with its dates to come. Raises Decided."""
    await seating.hold(cycle)
    found, dates = await plans.counts(cycle), await to_come(cycle)
    if found.state not in states or mark(found.state, found.decide_on, dates) != seen:
        raise Decided
    return found, dates


async def to_come(cycle: UUID) -> list[MeetingRow]:
    """The dates that have not begun and were not cancelled."""
    now = clock.now()
    return [row for row in coming(await meetings(cycle), now) if row.starts_at > now]


async def _set(cycle: UUID, **columns: object) -> None:
    await MeetingCycle.update(**columns).where(MeetingCycle.id == cycle)  # type: ignore[arg-type]
