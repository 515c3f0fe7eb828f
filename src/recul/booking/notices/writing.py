"""One mail about dates: its sentence, its dates, its calendar, and when it may leave."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from recul import clock
from recul.booking.calendars import documents
from recul.booking.calendars.documents import Parties
from recul.booking.calendars.entries import Entry
from recul.booking.notices import mails, times
from recul.booking.notices.mails import Key
from recul.booking.notices.sentences import CROSSED_OUT
from recul.booking.queries.feeds import summary
from recul.booking.queries.told import Event, Reader
from recul.booking.wall import Slot
from recul.notifications import actions, messages
from recul.notifications.addresses import Undeliverable, mailbox
from recul.notifications.parts import Attachment, Line
from recul.settings import LANGUAGES, Settings
from recul.web.i18n import Said, translations

P = ParamSpec("P")
SOON = timedelta(hours=24)
FILE = "rendez-vous.ics"


def mailed(
    tell: Callable[Concatenate[Settings, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[Settings, P], Coroutine[Any, Any, None]]:
    """Nothing is looked up where no mail is sent."""

    @wraps(tell)
    async def told(settings: Settings, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if settings.smtp is not None:
            await tell(settings, *args, **kwargs)

    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one mail tells, to whoever reads it."""

    key: Key
    kind: str
    sentence: str
    page: UUID
    """What its link is about: see `queries.ways`."""
    dates: Sequence[Event] = ()
    """Those that it lists; with `calendar` it brings them into the reader's calendar."""
    calendar: bool = False
    moments: Mapping[str, Slot | datetime] = field(default_factory=dict)
    """What is put into the sentence."""
    about: Sequence[datetime] = ()
    """When that begins which it is about: within a day, it leaves at once."""
    until: datetime | None = None
    """When it has nothing to say any more."""


def of_one(what: str, kind: str, sentence: str, event: Event, before: Slot | None = None) -> News:
    """News of one date, for the reader's calendar. `before`: when it was to be until now."""
    earlier = [before] if before else []
    return News(
        key=Key(what, event.id),
        kind=kind,
        sentence=sentence,
        page=event.id,
        dates=[event],
        calendar=True,
        moments={"before": before} if before else {},
        about=[event.starts_at, *(slot.starts_at for slot in earlier)],
        until=max([event.ends_at, *(slot.ends_at for slot in earlier)]),
    )


async def tell(settings: Settings, news: News, *readers: Reader) -> None:
    for reader in readers:
        await _tell(settings, news, reader)


async def _tell(settings: Settings, news: News, reader: Reader) -> None:
    language = reader.language if reader.language in LANGUAGES else settings.language
    url = f"{settings.url}/rendez-vous/{news.page}"
    said = Said(news.sentence, _values(news, reader, language))
    lines = [_line(event, news.dates, reader, language) for event in news.dates]
    attachment = _calendar(settings, news, reader, language) if news.calendar else None
    says = said.in_language(language)
    context = {"says": says, "whens": lines, "attached": bool(attachment), "url": url}
    await actions.send(
        settings,
        to=reader.email,
        kind=news.kind,
        language=language,
        zone=reader.time_zone,
        context=context,
        account=reader.account,
        urgent=_urgent(news, clock.now()),
        useful_until=news.until,
        mail=await mails.free(news.key, reader.account),
        digest=None if lines else Line(said, url),
        attachment=attachment,
    )


def _urgent(news: News, now: datetime) -> bool:
    return any(now < moment <= now + SOON for moment in news.about)


def _values(news: News, reader: Reader, language: str) -> dict[str, str]:
    return {
        name: times.span(at, reader.time_zone, language)
        if isinstance(at, Slot)
        else times.moment(at, reader.time_zone, language)
        for name, at in news.moments.items()
    }


def _line(event: Event, among: Sequence[Event], reader: Reader, language: str) -> str:
    """One that is cancelled among others that are not says so."""
    said = times.span(event.slot, reader.time_zone, language)
    if event.cancelled and not all(other.cancelled for other in among):
        return translations(language).gettext(CROSSED_OUT) % {"span": said}
    return said


def _calendar(settings: Settings, news: News, reader: Reader, language: str) -> Attachment | None:
    """What stands in a calendar is the least that it can say, as in a mail."""
    name, sender = messages.sender(settings)
    try:
        parties = Parties(name, sender.spec, mailbox(reader.email).spec)
    except Undeliverable:
        return None
    entries = [_entry(event, language) for event in news.dates]
    method, content = documents.message(entries, parties, clock.now())
    return Attachment(FILE, f"text/calendar; method={method}; charset=utf-8", content)


def _entry(event: Event, language: str) -> Entry:
    return Entry(
        id=event.id,
        slot=event.slot,
        sequence=event.sequence,
        changed_at=event.changed_at,
        cancelled=event.cancelled,
        summary=summary(event.cancelled, "", language),
    )
