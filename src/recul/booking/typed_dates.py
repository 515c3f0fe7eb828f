"""Dates as people type them, one a line: jeudi 3 décembre 2026, 3/12/2026, 2026-12-03."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from recul.words import N_

UNREADABLE = N_("Ligne %(number)s, « %(line)s » : cette date n’est pas lisible.")
NO_SUCH_DAY = N_("Ligne %(number)s, « %(line)s » : ce jour n’existe pas au calendrier.")
OTHER_WEEKDAY = N_(
    "Ligne %(number)s, « %(line)s » : le jour de la semaine et la date ne vont pas ensemble."
)
TWICE = N_("Ligne %(number)s, « %(line)s » : cette date y est déjà.")

WEEKDAYS = (
    N_("lundi"),
    N_("mardi"),
    N_("mercredi"),
    N_("jeudi"),
    N_("vendredi"),
    N_("samedi"),
    N_("dimanche"),
)
_MONTHS = "janv fevr mars avr mai juin juil aout sept oct nov dec".split()
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?")
_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z]{3,9})\.?(?: (\d{4}))?")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that is no date; `sentence` is to be translated with `number` and `line`."""

    sentence: str
    number: int
    line: str


@dataclass(frozen=True, slots=True)
class Read:
    days: list[date] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read(text: str, today: date) -> Read:
    """Every line that holds something. A day without a year is the next one of its name."""
    found = Read()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            _take(found, number, line.strip(), today)
    found.days.sort()
    return found


def _take(found: Read, number: int, line: str, today: date) -> None:
    shown = line[:60]
    weekday, rest = _split(_plain(line))
    try:
        day = _day(rest, today)
    except ValueError:
        found.wrong.append(Wrong(NO_SUCH_DAY, number, shown))
        return
    if day is None:
        found.wrong.append(Wrong(UNREADABLE, number, shown))
    elif weekday and weekday != day.isoweekday():
        found.wrong.append(Wrong(OTHER_WEEKDAY, number, shown))
    elif day in found.days:
        found.wrong.append(Wrong(TWICE, number, shown))
    else:
        found.days.append(day)


def _plain(line: str) -> str:
    """Small letters without accents and doubled spaces."""
    bare = unicodedata.normalize("NFKD", line.lower())
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(kept.replace(",", " ").strip(" ;-•*").split())


def _split(line: str) -> tuple[int, str]:
    """The weekday that a line begins with (1: Monday; 0: none), and the rest."""
    first, _, rest = line.removeprefix("le ").partition(" ")
    if first.rstrip(".") in WEEKDAYS:
        return WEEKDAYS.index(first.rstrip(".")) + 1, rest
    return 0, line.removeprefix("le ")


def _day(text: str, today: date) -> date | None:
    """Raises ValueError when the calendar has no such day."""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return date(year, month, day)
    if found := _FIGURES.fullmatch(text):
        return _dated(int(found[1]), int(found[2]), found[3], today)
    found = _WORDS.fullmatch(text)
    month = _month(found[2]) if found else 0
    return _dated(int(found[1]), month, found[3], today) if found and month else None


def _month(word: str) -> int:
    """1 to 12, or 0 for no month. `juin` and `juillet` are told apart by their fourth letter."""
    full = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
    for number, (short, name) in enumerate(zip(_MONTHS, full.split(), strict=True), 1):
        if name.startswith(word) and word.startswith(short[:4] if short[0] == "j" else short[:3]):
            return number
    return 0


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if (month, day) == (2, 29):
        return next(date(y, 2, 29) for y in range(today.year, today.year + 9) if _leap(y, today))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def _leap(year: int, today: date) -> bool:
    long = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return long and date(year, 2, 29) >= today
