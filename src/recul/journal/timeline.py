"""A month seen day by day, and the months around it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from recul.journal.moments import DIMENSIONS, Entry


@dataclass(frozen=True, slots=True)
class Span:
    """What a day's moments say on one scale, as steps from 1 to 5."""

    dimension: str
    low: int
    typical: int
    high: int
    count: int

    @property
    def is_flat(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Day:
    """The moments of a day, in the order they came, and one span for each scale answered."""

    date: date
    entries: tuple[Entry, ...]
    spans: tuple[Span, ...]

    def span(self, dimension: str) -> Span | None:
        return next((span for span in self.spans if span.dimension == dimension), None)


def days(entries: Iterable[Entry]) -> list[Day]:
    """Days with moments, newest first; within a day, entries keep the order they came in."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.moment.day, []).append(entry)
    return [_day(day, tuple(found[day])) for day in sorted(found, reverse=True)]


def typical(values: Sequence[int]) -> int:
    """The median step; between two steps the lower one, so as not to overstate."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) // 2


def span(entries: Sequence[Entry], dimension: str) -> Span | None:
    """One scale over some entries, or none when it was never answered."""
    answers = (getattr(entry.moment, dimension) for entry in entries)
    values = [value for value in answers if value is not None]
    if not values:
        return None
    return Span(dimension, min(values), typical(values), max(values), len(values))


def _day(day: date, entries: tuple[Entry, ...]) -> Day:
    spans = (span(entries, dimension) for dimension in DIMENSIONS)
    return Day(day, entries, tuple(found for found in spans if found))


def month_of(day: date) -> str:
    """The day's month as "2026-11"."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of "2026-11". Raises ValueError for anything but a month from 1950 on."""
    if len(month) != 7 or not month.isascii():
        raise ValueError("not a month")
    day = date.fromisoformat(f"{month}-01")
    if day.year < 1950:
        raise ValueError("too long ago")
    return day


def shifted(month: str, months: int) -> str:
    """The month some months later, or earlier when negative."""
    day = first_day(month)
    count = day.year * 12 + day.month - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def months_back(newest: str, oldest: str) -> Iterator[str]:
    """Each month from the newest back to the oldest, both included."""
    month = newest
    while month >= oldest:
        yield month
        month = shifted(month, -1)
