"""Dates and hours as a mail says them: on the clock of the place where one meets."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from recul.booking.notices.sentences import ELSEWHERE, MOMENT, SPAN
from recul.booking.wall import Slot
from recul.web.dates import day_long, hour
from recul.web.i18n import translations


def span(slot: Slot, reader_zone: str, language: str) -> str:
    """jeudi 3 décembre, de 14 h 00 à 16 h 00; with its zone where the reader's clock differs."""
    say, starts = translations(language).gettext, slot.wall
    ends = slot.ends_at.astimezone(ZoneInfo(slot.zone))
    said = say(SPAN) % {
        "day": day_long(slot.day, language),
        "start": hour(starts, language),
        "end": hour(ends, language),
    }
    if starts.utcoffset() == starts.astimezone(ZoneInfo(reader_zone)).utcoffset():
        return said
    return say(ELSEWHERE) % {"span": said, "city": city(slot.zone, language)}


def moment(at: datetime, reader_zone: str, language: str) -> str:
    """mardi 24 novembre à 14 h 00, on the reader's own clock."""
    there = at.astimezone(ZoneInfo(reader_zone))
    values = {"day": day_long(there.date(), language), "hour": hour(there, language)}
    return translations(language).gettext(MOMENT) % values


def city(zone: str, language: str) -> str:
    """The town after which a zone is called."""
    return get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
