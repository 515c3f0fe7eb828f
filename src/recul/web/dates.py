"""Dates and hours as people write them."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_time

from recul import clock
from recul.web.i18n import NARROW_SPACE, translations


def day_long(day: date, language: str) -> str:
    """mardi 24 novembre, samedi 1er août 2025: the year only when it is another one."""
    pattern = "EEEE d MMMM" if day.year == clock.today().year else "EEEE d MMMM y"
    if language == "en":
        pattern = pattern.replace("EEEE", "EEEE,")
    return _first(_formatted(day, pattern, language), day, language)


def day_short(day: date, language: str) -> str:
    """24 nov. 2026"""
    return _first(_formatted(day, "d MMM y", language), day, language)


def month_long(day: date, language: str) -> str:
    """novembre 2026"""
    return _formatted(day, "MMMM y", language)


def day_relative(day: date, today: date, language: str) -> str:
    """aujourd’hui, hier, vendredi, mardi 3 mars"""
    say = translations(language).gettext
    if day == today:
        return say("aujourd’hui")
    if day == today - timedelta(days=1):
        return say("hier")
    if today - timedelta(days=7) < day < today:
        return _formatted(day, "EEEE", language)
    return day_long(day, language)


def hour(moment: datetime, language: str) -> str:
    """16 h 42 in French, 4:42 pm in English."""
    if language == "fr":
        return f"{moment.hour}{NARROW_SPACE}h{NARROW_SPACE}{moment.minute:02}"
    return format_time(moment, "short", locale="en_GB" if language == "en" else language)


@lru_cache(1024)
def _formatted(day: date, pattern: str, language: str) -> str:
    """Babel takes longer over a day than a page does over a moment."""
    return format_date(day, pattern, locale=language)


def _first(text: str, day: date, language: str) -> str:
    """French says *1er* for the first day of a month."""
    if language == "fr" and day.day == 1:
        return re.sub(r"(?<!\d)1 ", "1er ", text, count=1)
    return text
