"""The secret addresses of somebody's agenda, and what a calendar finds there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import READER
from recul.booking.calendars.entries import Entry
from recul.booking.kinds import label
from recul.booking.queries.agenda import Engagement, agenda
from recul.booking.tables import CalendarFeed
from recul.database import fetch
from recul.web.i18n import translations
from recul.words import N_

PAST, AHEAD = timedelta(days=60), timedelta(days=400)
GONE = timedelta(days=30)
"""How long a date that was cancelled is still said to be."""
BUSY, CANCELLED, BY_VIDEO = N_("Occupé"), N_("Annulé"), N_("En visioconférence")
TITLED = N_("%(state)s : %(title)s")


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that was made. The address itself is known to its owner only."""

    id: UUID
    detail: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose agenda an address opens."""

    account: UUID
    detail: str
    language: str | None


async def feeds(viewer: UUID) -> list[Feed]:
    rows = (
        await CalendarFeed.select(CalendarFeed.id, CalendarFeed.detail, CalendarFeed.made_on)
        .where(CalendarFeed.account == viewer)
        .order_by(CalendarFeed.made_on)
        .order_by(CalendarFeed.id)
    )
    return [Feed(**row) for row in rows]


async def reader(token_hash: bytes) -> Reader | None:
    """Whom a token is of. It is looked for by its hash: how long that takes tells nothing."""
    sql = f"""
        SELECT f.account, f.detail, r.language FROM calendar_feed f
        JOIN {READER} r ON r.account = f.account WHERE f.token_hash = {{}}
    """
    rows = await fetch(QueryString(sql, token_hash))
    return Reader(**rows[0]) if rows else None


async def entries(viewer: UUID, detail: str, language: str, now: datetime) -> list[Entry]:
    """The viewer's dates from sixty days ago to four hundred ahead."""
    found = await agenda(viewer, now - PAST, now + AHEAD)
    shown = [_entry(one, detail, language) for one in found]
    return [one for one in shown if not one.cancelled or one.changed_at > now - GONE]


def _entry(one: Engagement, detail: str, language: str) -> Entry:
    """A date that she excused herself from is cancelled, for her."""
    off = one.cancelled or one.state == "cancelled" or one.attendance == "excused"
    return Entry(
        id=one.id,
        slot=one.slot,
        sequence=one.sequence,
        changed_at=one.changed_at,
        cancelled=off,
        summary=summary(off, _title(one, detail, language), language),
        location=_location(one, language) if detail != "busy" else "",
    )


def summary(cancelled: bool, title: str, language: str) -> str:
    """« Occupé », the title, « Annulé », or both of these. Some programs show what is cancelled
    as if it were not: the words say it too."""
    say = translations(language).gettext
    if not cancelled:
        return title or say(BUSY)
    return say(TITLED) % {"state": say(CANCELLED), "title": title} if title else say(CANCELLED)


def _title(one: Engagement, detail: str, language: str) -> str:
    if detail == "busy":
        return ""
    kind = translations(language).gettext(label(one.kind))
    return one.name or kind if detail == "title" else kind


def _location(one: Engagement, language: str) -> str:
    """Never the link of a video meeting: whoever has it gets in."""
    return one.place or (translations(language).gettext(BY_VIDEO) if one.video_link else "")
