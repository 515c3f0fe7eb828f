"""What is told of a seat: asked for, waited for, offered, had, left."""

from dataclasses import replace
from uuid import UUID

from recul import clock
from recul.booking.notices import mails
from recul.booking.notices import sentences as says
from recul.booking.notices.kinds import ENROLMENT, OFFER
from recul.booking.notices.mails import Key
from recul.booking.notices.writing import News, mailed, tell
from recul.booking.queries import told
from recul.booking.queries.told import Event, Reader, Seat
from recul.settings import Settings


@mailed
async def seated(settings: Settings, enrolment: UUID) -> None:
    """She has a seat: her dates, for her calendar."""
    seat = await told.seat(enrolment)
    await _settle(seat)
    await seated_anew(settings, seat.reader, await told.dates(seat.cycle, clock.now()))


async def seated_anew(settings: Settings, reader: Reader, dates: list[Event]) -> None:
    """Her dates as they are now."""
    kept = [event for event in dates if not event.cancelled]
    if reader.enrolment is not None and kept:
        await tell(settings, _dates_of("seated", says.SEATED, reader.enrolment, kept), reader)


def _dates_of(what: str, sentence: str, enrolment: UUID, dates: list[Event]) -> News:
    return News(
        key=Key(what, enrolment),
        kind=ENROLMENT,
        sentence=sentence,
        page=enrolment,
        dates=dates,
        calendar=True,
        about=[event.starts_at for event in dates],
        until=max(event.ends_at for event in dates),
    )


@mailed
async def waiting(settings: Settings, enrolment: UUID) -> None:
    """She is on the waiting list."""
    seat = await told.seat(enrolment)
    await _settle(seat)
    await tell(settings, _word("waiting", says.WAITING, enrolment), seat.reader)


def _word(what: str, sentence: str, enrolment: UUID) -> News:
    """One sentence, without a date."""
    return News(key=Key(what, enrolment), kind=ENROLMENT, sentence=sentence, page=enrolment)


@mailed
async def asked(settings: Settings, enrolment: UUID) -> None:
    """Somebody asks to join: the facilitator, or the members where the group runs itself."""
    seat = await told.seat(enrolment)
    await tell(settings, _word("asked", says.ASKED, enrolment), *await _deciders(seat))


async def _deciders(seat: Seat) -> list[Reader]:
    return await (told.seated if seat.self_managed else told.leaders)(seat.cycle)


@mailed
async def refused(settings: Settings, enrolment: UUID) -> None:
    """Her request was not followed."""
    seat = await told.seat(enrolment)
    await _settle(seat)
    await tell(settings, _word("refused", says.REFUSED, enrolment), seat.reader)


@mailed
async def offered(settings: Settings, offer: UUID) -> None:
    """A seat is kept for her for a while."""
    enrolment, until = await told.enrolment_of(offer)
    seat = await told.seat(enrolment)
    await mails.taken_back(seat.reader.account, OFFER, Key("offered", enrolment))
    dates = await told.dates(seat.cycle, clock.now())
    news = News(
        key=Key("offered", enrolment),
        kind=OFFER,
        sentence=says.OFFERED,
        page=enrolment,
        moments={"until": until},
        about=[event.starts_at for event in dates if not event.cancelled],
        until=until,
    )
    await tell(settings, news, seat.reader)


@mailed
async def left(settings: Settings, enrolment: UUID) -> None:
    """She left: the dates to come leave her calendar, if they ever got there."""
    seat = await told.seat(enrolment)
    if Key("seated", enrolment) in await _settle(seat):
        return
    dates = await told.dates(seat.cycle, clock.now())
    if gone := [replace(event, cancelled=True) for event in dates if not event.cancelled]:
        news = replace(_dates_of("left", says.LEFT, enrolment, gone), about=())
        await tell(settings, news, seat.reader)


@mailed
async def settled(settings: Settings, enrolment: UUID) -> None:  # noqa: ARG001 - see `mailed`
    """She passed her turn, or left the waiting list: what she would read of it is over."""
    await _settle(await told.seat(enrolment))


async def _settle(seat: Seat) -> set[Key]:
    """Take back what was said of this seat until now; gives what never left."""
    reader, enrolment = seat.reader.account, seat.enrolment
    own = [Key(what, enrolment) for what in ("seated", "waiting", "refused", "left")]
    back = await mails.taken_back(reader, ENROLMENT, *own)
    back |= await mails.taken_back(reader, OFFER, Key("offered", enrolment))
    if seat.on_request:
        for decider in await _deciders(seat):
            await mails.taken_back(decider.account, ENROLMENT, Key("asked", enrolment))
    return back
