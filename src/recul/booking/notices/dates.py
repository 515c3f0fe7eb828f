"""What is told of the dates of a cycle, to everybody who has a seat and to who leads it.

Nobody gets a mail a date when several change before the first of them could leave: they become
one, with all of her dates as they are now.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from recul import clock
from recul.booking.notices import mails
from recul.booking.notices import sentences as says
from recul.booking.notices.kinds import CHANGE, ENROLMENT, REMINDERS
from recul.booking.notices.mails import Key
from recul.booking.notices.seats import seated_anew
from recul.booking.notices.writing import News, mailed, of_one, tell
from recul.booking.queries import told
from recul.booking.queries.told import Event, Reader
from recul.booking.wall import Slot
from recul.settings import Settings

LATELY = timedelta(days=30)
"""How long a date that was cancelled is still worth a line."""


@mailed
async def added(settings: Settings, meeting: UUID) -> None:
    """A cycle has one more date, for everybody who has a seat."""
    event = await told.meeting(meeting)
    await _everybody(settings, event, _news("added", says.ADDED, event))


@mailed
async def moved(settings: Settings, meeting: UUID, before: Slot) -> None:
    """One date has another time or place, for everybody who has a seat. `before`: when it was to
    be until now."""
    event = await told.meeting(meeting)
    await _everybody(settings, event, _news("changed", says.MOVED, event, before))


@mailed
async def cancelled(settings: Settings, meeting: UUID) -> None:
    """One date will not take place."""
    event = await told.meeting(meeting)
    await _everybody(settings, event, _news("changed", says.CANCELLED, event))


def _news(what: str, sentence: str, event: Event, before: Slot | None = None) -> News:
    return of_one(what, CHANGE, sentence, event, before)


async def _everybody(settings: Settings, event: Event, news: News) -> None:
    if news.until is not None and news.until <= clock.now():
        return
    dates = await told.dates(event.cycle, clock.now())
    for reader in await told.seated(event.cycle) + await told.leaders(event.cycle):
        await forget_reminders(reader, event.id)
        if await never_heard_of_seat(reader):
            await seated_anew(settings, reader, dates)
        elif instead := await _merged(reader, event, news, dates):
            await tell(settings, instead, reader)


async def forget_reminders(reader: Reader, row: UUID) -> None:
    """Reminders that have not left tell a time that is not so any more."""
    for kind in REMINDERS:
        await mails.taken_back(reader.account, kind, Key("reminded", row))


async def never_heard_of_seat(reader: Reader) -> bool:
    """The mail with all her dates has not left: it is taken back, to be written anew."""
    if reader.enrolment is None:
        return False
    seated = Key("seated", reader.enrolment)
    return seated in await mails.taken_back(reader.account, ENROLMENT, seated)


async def _merged(reader: Reader, event: Event, news: News, dates: Sequence[Event]) -> News | None:
    """The same news with what the reader has not heard of yet; none when nothing is left."""
    back = await taken_back(reader, event.cycle, dates)
    if any(key.row != event.id for key in back):
        return all_of_them(event.cycle, dates)
    if Key("added", event.id) in back:
        return None if event.cancelled else _news("added", says.ADDED, event)
    if back and not event.cancelled:  # Between the two times, it had one that she never knew.
        return _news("changed", says.MOVED_AGAIN, event)
    return news


async def taken_back(reader: Reader, cycle: UUID, dates: Sequence[Event]) -> set[Key]:
    """News about these dates that have not left."""
    keys = [Key(what, event.id) for event in dates for what in ("added", "changed")]
    return await mails.taken_back(reader.account, CHANGE, Key("changed", cycle), *keys)


def all_of_them(cycle: UUID, dates: Sequence[Event], sentence: str = says.UPDATED) -> News | None:
    """Every date to come as it is now, and those that were cancelled lately."""
    since = clock.now() - LATELY
    shown = [event for event in dates if not event.cancelled or event.changed_at > since]
    if not shown:
        return None
    return News(
        key=Key("changed", cycle),
        kind=CHANGE,
        sentence=sentence,
        page=cycle,
        dates=shown,
        calendar=True,
        about=[event.starts_at for event in shown],
        until=max(event.ends_at for event in shown),
    )
