"""What is told of a date that comes near."""

from recul.booking.notices import sentences as says
from recul.booking.notices.kinds import REMINDER_2, REMINDER_7
from recul.booking.notices.mails import Key
from recul.booking.notices.writing import News, mailed, tell
from recul.booking.queries.told import Event, Reader
from recul.settings import Settings


@mailed
async def reminded(settings: Settings, event: Event, readers: list[Reader], days: int) -> None:
    """A reminder `days` (7 or 2) before a date, for those who are expected there. It waits for
    working hours as long as the date is ahead."""
    news = News(
        key=Key("reminded", event.id),
        kind=REMINDER_7 if days == 7 else REMINDER_2,
        sentence=says.REMINDER,
        page=event.id,
        moments={"when": event.slot},
        until=event.starts_at,
    )
    await tell(settings, news, *readers)
