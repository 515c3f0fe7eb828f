"""What is told of a date that one person will miss, or will come to after all: her own calendar,
and to who leads it that somebody will be missing, not who."""

from dataclasses import replace
from uuid import UUID

from recul.booking.notices import mails
from recul.booking.notices import sentences as says
from recul.booking.notices.kinds import CHANGE
from recul.booking.notices.mails import Key
from recul.booking.notices.writing import News, mailed, of_one, tell
from recul.booking.queries import told
from recul.booking.queries.told import Event
from recul.settings import Settings


@mailed
async def excused(settings: Settings, meeting: UUID, account: UUID) -> None:
    """She will not be there: the date leaves her calendar."""
    event = await told.meeting(meeting)
    gone = of_one("excused", CHANGE, says.EXCUSED, replace(event, cancelled=True))
    await _herself(settings, event, account, gone, Key("returned", meeting))
    await _leaders(settings, event)


@mailed
async def returned(settings: Settings, meeting: UUID, account: UUID) -> None:
    """She will be there after all: the date is back in her calendar."""
    event = await told.meeting(meeting)
    back = of_one("returned", CHANGE, says.RETURNED, event)
    await _herself(settings, event, account, back, Key("excused", meeting))
    await _leaders(settings, event)


async def _herself(
    settings: Settings, event: Event, account: UUID, news: News, opposite: Key
) -> None:
    """Nothing where she has not heard of the opposite: her calendar is as it should be."""
    if opposite in await mails.taken_back(account, CHANGE, opposite):
        return
    own = [reader for reader in await told.seated(event.cycle) if reader.account == account]
    await tell(settings, news, *own)


async def _leaders(settings: Settings, event: Event) -> None:
    """One line for a date, however many miss it; none once nobody does."""
    key = Key("absence", event.id)
    missing = await told.somebody_excused(event.id)
    for leader in await told.leaders(event.cycle):
        await mails.taken_back(leader.account, CHANGE, key)
        if missing:
            await tell(settings, _absence(key, event), leader)


def _absence(key: Key, event: Event) -> News:
    return News(
        key=key,
        kind=CHANGE,
        sentence=says.ABSENCE,
        page=event.id,
        moments={"when": event.slot},
        about=[event.starts_at],
        until=event.ends_at,
    )
