"""Public holidays of an area, by the package `holidays`; loaded when somebody first asks.

School holidays are left alone on purpose: professionals work then.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from recul.booking.areas import AREA, AREAS


class UnknownArea(ValueError):
    """No such country, canton or region is known here."""


@lru_cache(256)
def of_year(area: str, year: int, language: str = "fr") -> Mapping[date, str]:
    """The public holidays of one year with their names. Raises UnknownArea."""
    # A tenth of a second, once: a command does without it, a server loads it beside its requests.
    import holidays  # noqa: PLC0415

    place = AREAS.get(area)
    if place is None:
        raise UnknownArea(area)
    found = holidays.country_holidays(
        place.country,
        subdiv=place.part or None,
        years=year,
        language="fr" if language == "fr" else "en_US",
    )
    return {day: name.replace("'", "’") for day, name in sorted(found.items())}


def load() -> None:
    """Load the package in a thread of its own, before a request needs it."""
    of_year(AREA, 2026)


def on(area: str, day: date, language: str = "fr") -> str | None:
    """The name of the holiday that a day is, if it is one. Raises UnknownArea."""
    return of_year(area, day.year, language).get(day)


def among(area: str, days: list[date], language: str = "fr") -> dict[date, str]:
    """Those of some days that are holidays, with their names. Raises UnknownArea."""
    return {day: name for day in days if (name := on(area, day, language))}


def works(area: str, day: date) -> bool:
    """A day from Monday to Friday that is no holiday. Raises UnknownArea."""
    return day.isoweekday() <= 5 and on(area, day) is None


def working_day_after(area: str, day: date) -> date:
    """The next day that is worked. Raises UnknownArea."""
    following = day + timedelta(days=1)
    while not works(area, following):
        following += timedelta(days=1)
    return following
