"""From a rhythm to dates: every few weeks, each month on its nth weekday, or as they are typed.

A holiday is skipped, and named to whoever plans; the cycle keeps its number of dates.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

WEEKLY, MONTHLY, FREE = "weekly", "monthly", "free"
LAST = -1
"""The last such weekday of a month."""
NTHS = (1, 2, 3, 4, LAST)
WEEKS_APART = 26

Holiday = Callable[[date], str | None]
"""The name of the holiday that a day is, if it is one."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every so many weeks, on the weekday of its first day."""

    first: date
    weeks: int


@dataclass(frozen=True, slots=True)
class Monthly:
    """Each month on its nth weekday (1: Monday), never before `first`."""

    first: date
    nth: int
    """One of `NTHS`."""
    weekday: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The dates of a rhythm, and the holidays that were in its way."""

    days: list[date] = field(default_factory=list)
    skipped: dict[date, str] = field(default_factory=dict)


def weekday_from(first: date, weekday: int) -> date:
    """The first such weekday (1: Monday) that is not before a day."""
    return first + timedelta(days=(weekday - first.isoweekday()) % 7)


def proposed(rhythm: Weekly | Monthly, count: int, until: date, holiday: Holiday) -> Proposal:
    """`count` dates without holidays; fewer where they do not fit in before `until`."""
    found = Proposal()
    for day in _days(rhythm):
        if len(found.days) == count or day > until:
            break
        if name := holiday(day):
            found.skipped[day] = name
        else:
            found.days.append(day)
    return found


def _days(rhythm: Weekly | Monthly) -> Iterator[date]:
    if isinstance(rhythm, Weekly):
        day = rhythm.first
        while True:
            yield day
            day += timedelta(weeks=rhythm.weeks)
    month = rhythm.first.replace(day=1)
    while True:
        day = nth_weekday(month, rhythm.nth, rhythm.weekday)
        if day >= rhythm.first:
            yield day
        month = _next_month(month)


def nth_weekday(month: date, nth: int, weekday: int) -> date:
    """In the month that begins on a day: its first to fourth Monday…, or its last one."""
    if nth == LAST:
        return weekday_from(_next_month(month) - timedelta(days=7), weekday)
    return weekday_from(month, weekday) + timedelta(weeks=nth - 1)


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def shifted(days: list[date], weeks: int, holiday: Holiday) -> Proposal:
    """Dates put off by whole weeks, as far apart as they were. One that would be a holiday goes
    one step of their rhythm on, and the others follow."""
    found, delay, step = Proposal(), timedelta(weeks=weeks), _step(days)
    for day in days:
        while name := holiday(day + delay):
            found.skipped[day + delay] = name
            delay += step
        found.days.append(day + delay)
    return found


def _step(days: list[date]) -> timedelta:
    """The shortest time between two of them, in whole weeks: a longer one is a date that was
    skipped or cancelled."""
    apart = min(((after - before).days for before, after in pairwise(days)), default=7)
    return timedelta(weeks=-(-apart // 7))
