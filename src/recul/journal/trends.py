"""What a journal says over weeks and years. Pure figures; nothing here judges or advises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from recul.journal.moments import Entry
from recul.journal.timeline import first_day, month_of, shifted, typical

WEEK_CHOICES = (12, 26, 52)
HEAVY_MEAN = 4.0
HEAVY_MOMENTS = 3


@dataclass(frozen=True, slots=True)
class WeekMean:
    """One ISO week on one scale: the mean of its answers, or none when nothing was written."""

    monday: date
    mean: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Series:
    dimension: str
    weeks: tuple[WeekMean, ...]

    @property
    def is_empty(self) -> bool:
        return all(week.mean is None for week in self.weeks)


@dataclass(frozen=True, slots=True)
class YearDays:
    """A day's typical step on one scale, for the days from `first` to `last` that have one."""

    dimension: str
    first: date
    last: date
    steps: dict[date, int]


def weekly(entries: Iterable[Entry], dimension: str, today: date, weeks: int = 12) -> Series:
    """The last ISO weeks, this one included, oldest first."""
    this_monday = monday_of(today)
    answers: dict[date, list[int]] = {
        this_monday - timedelta(weeks=ago): [] for ago in reversed(range(weeks))
    }
    for entry in entries:
        value = getattr(entry.moment, dimension)
        week = answers.get(monday_of(entry.moment.day))
        if value is not None and week is not None:
            week.append(value)
    return Series(dimension, tuple(_mean(monday, found) for monday, found in answers.items()))


def _mean(monday: date, answers: Sequence[int]) -> WeekMean:
    return WeekMean(monday, fmean(answers) if answers else None, len(answers))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def last_twelve_months(today: date) -> tuple[date, date]:
    """From the first day of the month eleven months ago until today."""
    return first_day(shifted(month_of(today), -11)), today


def calendar_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def year_days(entries: Iterable[Entry], dimension: str, first: date, last: date) -> YearDays:
    """The year grid's content."""
    answers: dict[date, list[int]] = {}
    for entry in entries:
        value = getattr(entry.moment, dimension)
        day = entry.moment.day
        if value is not None and first <= day <= last:
            answers.setdefault(day, []).append(value)
    steps = {day: typical(found) for day, found in sorted(answers.items())}
    return YearDays(dimension, first, last, steps)


def is_heavy(entries: Iterable[Entry], today: date) -> bool:
    """The last seven days weigh: the mean of their moments' loads is 4 or more.

    A moment's load is the mean of the loads it answers; at least three moments must answer one.
    Used to show small wins back, to the person only.
    """
    loads = [
        fmean(answers)
        for entry in entries
        if today - timedelta(days=7) < entry.moment.day <= today and (answers := _loads(entry))
    ]
    return len(loads) >= HEAVY_MOMENTS and fmean(loads) >= HEAVY_MEAN


def _loads(entry: Entry) -> list[int]:
    answers = (entry.moment.workload, entry.moment.emotional_load)
    return [answer for answer in answers if answer is not None]
