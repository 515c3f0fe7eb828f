"""Reminding people of their dates: a week before, and two days before."""

from datetime import date, datetime, timedelta
from uuid import UUID

from recul import clock
from recul.booking import notices
from recul.booking.queries import told
from recul.booking.queries.told import Event, Reader
from recul.booking.tables import Appointment, Meeting
from recul.database import locked, write_transaction
from recul.settings import Settings

WEEK, TWO_DAYS = 1, 2
"""Bits of `reminded`."""
AHEAD = timedelta(days=9)
JUST_NOW = timedelta(hours=24)


def wanted(event: Event, today: date, now: datetime) -> int:
    """The bit of the reminder whose day it is, on the calendar of the place; 0: none. Each has
    a day of grace for a server that was away, unless the date has just been told anyway."""
    days = (event.slot.day - today).days
    if days in (2, 1) and not event.reminded & TWO_DAYS:
        return 0 if days == 1 and event.changed_at > now - JUST_NOW else TWO_DAYS
    return WEEK if days in (7, 6) and not event.reminded & WEEK else 0


async def remind(settings: Settings) -> None:
    """Each reminder once: it is written and noted in one transaction. Without a mail server
    there is nothing to be done."""
    if settings.smtp is None:
        return
    now = clock.now()
    for event in await told.meetings_ahead(now, now + AHEAD):
        if _bit(event):
            await _of_meeting(settings, event.id)
    for event in await told.appointments_ahead(now, now + AHEAD):
        if _bit(event):
            await _of_appointment(settings, event.id)


def _bit(event: Event) -> int:
    return wanted(event, clock.local(event.slot.zone).date(), clock.now())


async def _of_meeting(settings: Settings, meeting: UUID) -> None:
    async with write_transaction():
        await locked(Meeting.select(Meeting.id).where(Meeting.id == meeting))
        event = await told.meeting(meeting)
        readers = await told.coming(event) + await told.leaders(event.cycle)
        if bit := await _tell(settings, event, readers):
            await Meeting.update({Meeting.reminded: event.reminded | bit}).where(
                Meeting.id == meeting
            )


async def _of_appointment(settings: Settings, appointment: UUID) -> None:
    async with write_transaction():
        await locked(Appointment.select(Appointment.id).where(Appointment.id == appointment))
        event = await told.appointment(appointment)
        if bit := await _tell(settings, event, await told.the_two(appointment)):
            await Appointment.update({Appointment.reminded: event.reminded | bit}).where(
                Appointment.id == appointment
            )


async def _tell(settings: Settings, event: Event, readers: list[Reader]) -> int:
    """The bit to be noted: of what was told, now that nobody else can tell it."""
    bit = 0 if event.cancelled or event.state == "cancelled" else _bit(event)
    if bit:
        await notices.reminded(settings, event, readers, 7 if bit == WEEK else 2)
    return bit
