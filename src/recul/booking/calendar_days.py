"""Weeks and months as addresses name them, and dates gathered by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class Week:
    monday: date

    @property
    def name(self) -> str:
        """2026-W48, as addresses and forms write it."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> "Week":
        return Week(self.monday - timedelta(days=7))

    @property
    def after(self) -> "Week":
        return Week(self.monday + timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Month:
    first: date

    @property
    def name(self) -> str:
        """2026-11"""
        return self.first.isoformat()[:7]

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)


def week_of(typed: str, today: date) -> Week:
    """The week that is named, or the one of today where nothing readable is."""
    year, _, week = typed.partition("-W")
    try:
        monday = date.fromisocalendar(int(year[:5]), int(week[:3]), 1)
    except ValueError:
        monday = None
    if monday is None or not FIRST_YEAR <= monday.year <= LAST_YEAR:
        monday = today - timedelta(days=today.weekday())
    return Week(monday)


def month_of(typed: str, today: date) -> Month:
    """The month that is named, or the one of today where nothing readable is."""
    try:
        first = date.fromisoformat(typed[:7] + "-01")
    except ValueError:
        first = today
    return Month((first if FIRST_YEAR <= first.year <= LAST_YEAR else today).replace(day=1))


class Dated(Protocol):
    @property
    def starts_at(self) -> datetime: ...


D = TypeVar("D", bound=Dated)


def by_day(dates: Sequence[D], zone: str) -> list[tuple[date, list[D]]]:
    """Dates in their order, gathered by their day on the wall of somebody in `zone`."""
    tz = ZoneInfo(zone)
    gathered = groupby(dates, key=lambda one: one.starts_at.astimezone(tz).date())
    return [(day, list(found)) for day, found in gathered]


def year_of(typed: str, today: date) -> int:
    """The year that is named, or the one of today where nothing readable is."""
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else today.year
