"""What is told of a cycle as a whole: kept, put off, called off, elsewhere."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from recul import clock
from recul.booking.notices import mails
from recul.booking.notices import sentences as says
from recul.booking.notices.dates import (
    all_of_them,
    forget_reminders,
    never_heard_of_seat,
    taken_back,
)
from recul.booking.notices.kinds import MINIMUM, OFFER
from recul.booking.notices.mails import Key
from recul.booking.notices.seats import seated_anew
from recul.booking.notices.writing import News, mailed, tell
from recul.booking.queries import told
from recul.booking.queries.told import Reader
from recul.settings import Settings

AT_ONCE = timedelta(minutes=1)
"""Dates that one decision changed were changed within this time."""


@mailed
async def decision_wanted(settings: Settings, cycle: UUID) -> None:
    """The facilitator is asked whether a cycle under its minimum takes place."""
    dates = [one for one in await told.dates(cycle, clock.now()) if not one.cancelled]
    if dates:
        news = News(
            key=Key("decision", cycle),
            kind=MINIMUM,
            sentence=says.DECISION,
            page=cycle,
            about=[dates[0].starts_at],
            until=dates[0].starts_at,
        )
        await tell(settings, news, *await told.leaders(cycle))


@mailed
async def without_facilitator(settings: Settings, group: UUID, organisation: UUID) -> None:
    """Those who organise are asked to find somebody who leads it."""
    news = News(
        key=Key("without facilitator", group),
        kind=MINIMUM,
        sentence=says.WITHOUT_FACILITATOR,
        page=group,
    )
    await tell(settings, news, *await told.organisers(organisation))


@mailed
async def relocated(settings: Settings, cycle: UUID) -> None:
    """All dates to come are at another place: one mail for all of them."""
    dates = [one for one in await told.dates(cycle, clock.now()) if not one.cancelled]
    await _everybody(settings, cycle, all_of_them(cycle, dates))


@mailed
async def kept(settings: Settings, cycle: UUID) -> None:
    """It was decided that a cycle takes place."""
    await _no_more_asked(cycle)
    dates = [one for one in await told.dates(cycle, clock.now()) if not one.cancelled]
    if news := all_of_them(cycle, dates, says.KEPT):
        first = {"first": dates[0].slot}
        news = replace(news, dates=(), calendar=False, moments=first)
    await _everybody(settings, cycle, news)


@mailed
async def put_off(settings: Settings, cycle: UUID) -> None:
    """Its dates to come have other days."""
    await _no_more_asked(cycle)
    news = await _changed_now(cycle, says.PUT_OFF, cancelled=False)
    await _everybody(settings, cycle, news)
    await _those_in_line(settings, cycle, news)


@mailed
async def called_off(settings: Settings, cycle: UUID) -> None:
    """None of its dates to come takes place."""
    await _no_more_asked(cycle)
    news = await _changed_now(cycle, says.CALLED_OFF, cancelled=True)
    await _everybody(settings, cycle, news)
    for reader in await told.in_line(cycle):
        if reader.enrolment:
            await mails.taken_back(reader.account, OFFER, Key("offered", reader.enrolment))
    await _those_in_line(settings, cycle, news)


async def _no_more_asked(cycle: UUID) -> None:
    for leader in await told.leaders(cycle):
        await mails.taken_back(leader.account, MINIMUM, Key("decision", cycle))


async def _changed_now(cycle: UUID, sentence: str, *, cancelled: bool) -> News | None:
    """The dates that were put off, or those that were cancelled just now."""
    dates = await told.dates(cycle, clock.now())
    latest = max((event.changed_at for event in dates), default=clock.now())
    changed = [one for one in dates if one.changed_at > latest - AT_ONCE]
    return all_of_them(cycle, [one for one in changed if one.cancelled == cancelled], sentence)


async def _those_in_line(settings: Settings, cycle: UUID, news: News | None) -> None:
    """They have no date in their calendars."""
    if news is not None:
        await tell(settings, replace(news, calendar=False), *await told.in_line(cycle))


async def _everybody(settings: Settings, cycle: UUID, news: News | None) -> None:
    if news is None:
        return
    for reader in await told.seated(cycle) + await told.leaders(cycle):
        for event in news.dates:
            await forget_reminders(reader, event.id)
        await taken_back(reader, cycle, news.dates)
        await _one(settings, reader, cycle, news)


async def _one(settings: Settings, reader: Reader, cycle: UUID, news: News) -> None:
    """Whoever has not heard of her seat hears of it with the dates that hold now."""
    off = any(event.cancelled for event in news.dates)
    if await never_heard_of_seat(reader) and not off:
        await seated_anew(settings, reader, await told.dates(cycle, clock.now()))
    else:
        await tell(settings, news, reader)
