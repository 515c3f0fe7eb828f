"""What the two people of an appointment are told of it."""

from uuid import UUID

from recul import clock
from recul.booking.notices import mails
from recul.booking.notices import sentences as says
from recul.booking.notices.dates import forget_reminders
from recul.booking.notices.kinds import CHANGE, ENROLMENT
from recul.booking.notices.mails import Key
from recul.booking.notices.writing import News, mailed, of_one, tell
from recul.booking.queries import told
from recul.booking.queries.told import Event, Reader
from recul.booking.wall import Slot
from recul.settings import Settings


@mailed
async def booked(settings: Settings, appointment: UUID) -> None:
    """The two people of an appointment, each with her calendar entry."""
    event = await told.appointment(appointment)
    await tell(settings, _booked(event), *await told.the_two(appointment))


@mailed
async def appointment_moved(settings: Settings, appointment: UUID, before: Slot) -> None:
    """The two people of an appointment that has another time."""
    event = await told.appointment(appointment)
    for reader in await told.the_two(appointment):
        await forget_reminders(reader, appointment)
        if await _taken_back(reader, ENROLMENT, "booked", appointment):
            news = _booked(event)
        elif await _taken_back(reader, CHANGE, "changed", appointment):
            news = _changed(says.MOVED_AGAIN, event)
        else:
            news = _changed(says.MOVED, event, before)
        await tell(settings, news, reader)


@mailed
async def appointment_cancelled(settings: Settings, appointment: UUID, by: UUID) -> None:
    """The one who did not cancel is told; both calendars are. Who never heard of it hears
    nothing."""
    event = await told.appointment(appointment)
    if event.ends_at <= clock.now():
        return
    for reader in await told.the_two(appointment):
        await forget_reminders(reader, appointment)
        await _taken_back(reader, CHANGE, "changed", appointment)
        if not await _taken_back(reader, ENROLMENT, "booked", appointment):
            sentence = says.OWN_CANCELLED if reader.account == by else says.CANCELLED
            await tell(settings, _changed(sentence, event), reader)


async def _taken_back(reader: Reader, kind: str, what: str, appointment: UUID) -> bool:
    return bool(await mails.taken_back(reader.account, kind, Key(what, appointment)))


def _booked(event: Event) -> News:
    return of_one("booked", ENROLMENT, says.BOOKED, event)


def _changed(sentence: str, event: Event, before: Slot | None = None) -> News:
    return of_one("changed", CHANGE, sentence, event, before)
