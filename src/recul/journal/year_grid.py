"""A year as a grid: a column for each week, a row for each weekday, folded into bands.

Fifty-three columns would leave no room for a legible letter, so the weeks are folded: three
bands on a phone, two where there is more room. Each step has a pattern and a letter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from recul.journal import shapes
from recul.journal.charts import SHORT_MONTHS
from recul.journal.scales import scale
from recul.journal.timeline import first_day, month_of, months_back
from recul.journal.trends import YearDays, monday_of
from recul.words import N_

LETTERS = "abcde"
SHORT_WEEKDAYS = (N_("lu"), N_("ma"), N_("me"), N_("je"), N_("ve"), N_("sa"), N_("di"))
HEAD = 18
BETWEEN = 12
ROOM = 34


@dataclass(frozen=True, slots=True)
class Fold:
    """How the year is folded. `pitch` is a cell with its gap, `gutter` holds weekday names."""

    name: str
    width: int
    bands: int
    gutter: int
    pitch: int

    @property
    def cell(self) -> int:
        return self.pitch - 1


NARROW = Fold("narrow", width=300, bands=3, gutter=26, pitch=15)
WIDE = Fold("wide", width=620, bands=2, gutter=26, pitch=22)


@dataclass(frozen=True, slots=True)
class Step:
    """The days of one step: squares, and a letter in the middle of each (SVG x and y lists)."""

    value: int
    path: str
    letters: str
    xs: str
    ys: str


@dataclass(frozen=True, slots=True)
class Side:
    """A weekday's name beside its row."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Top:
    """A month's name above its first column."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class GridDrawing:
    name: str
    width: int
    height: int
    gutter: int
    silent: str
    steps: tuple[Step, ...]
    sides: tuple[Side, ...]
    tops: tuple[Top, ...]


@dataclass(frozen=True, slots=True)
class Key:
    value: int
    letter: str
    word: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month for the table: for each step, the days of the month that had it."""

    first: date
    steps: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class YearGrid:
    """`months` are newest first and leave out silent ones."""

    first: date
    last: date
    style: str
    label: str
    keys: tuple[Key, ...]
    count: int
    drawings: tuple[GridDrawing, ...]
    months: tuple[MonthRow, ...]


def year_grid(year: YearDays) -> YearGrid:
    """The grid of some twelve months on one scale (not many more: bands would overflow)."""
    on = scale(year.dimension)
    words = zip(range(1, 6), LETTERS, on.words, strict=True)
    return YearGrid(
        first=year.first,
        last=year.last,
        style=on.css,
        label=on.label,
        keys=tuple(Key(*key) for key in words),
        count=len(year.steps),
        drawings=tuple(_draw(year, fold) for fold in (NARROW, WIDE)),
        months=_months(year),
    )


def _months(year: YearDays) -> tuple[MonthRow, ...]:
    by_month: dict[str, list[list[int]]] = {}
    for day, value in sorted(year.steps.items()):
        month = by_month.setdefault(month_of(day), [[], [], [], [], []])
        month[value - 1].append(day.day)
    return tuple(
        MonthRow(first_day(month), tuple(tuple(days) for days in by_month[month]))
        for month in months_back(month_of(year.last), month_of(year.first))
        if month in by_month
    )


class _Places:
    """Where each day goes."""

    def __init__(self, year: YearDays, fold: Fold) -> None:
        self.fold = fold
        self.start = monday_of(year.first)
        weeks = (monday_of(year.last) - self.start).days // 7 + 1
        self.per_band = ceil(weeks / fold.bands)
        self.bands = ceil(weeks / self.per_band)
        self.band_height = HEAD + 7 * fold.pitch + BETWEEN

    def corner(self, day: date) -> tuple[int, int]:
        week, weekday = divmod((day - self.start).days, 7)
        band, column = divmod(week, self.per_band)
        x = self.fold.gutter + column * self.fold.pitch
        return x, band * self.band_height + HEAD + weekday * self.fold.pitch


def _draw(year: YearDays, fold: Fold) -> GridDrawing:
    places = _Places(year, fold)
    every = [year.first + timedelta(days=n) for n in range((year.last - year.first).days + 1)]
    silent = [places.corner(day) for day in every if day not in year.steps]
    return GridDrawing(
        name=fold.name,
        width=fold.width,
        height=places.bands * places.band_height - BETWEEN,
        gutter=fold.gutter,
        silent=shapes.cells(silent, fold.cell),
        steps=tuple(_step(value, year, places) for value in range(1, 6)),
        sides=tuple(_sides(places)),
        tops=tuple(_tops(every, places)),
    )


def _step(value: int, year: YearDays, places: _Places) -> Step:
    corners = [places.corner(day) for day, step in year.steps.items() if step == value]
    size = places.fold.cell
    return Step(
        value=value,
        path=shapes.cells(corners, size),
        letters=LETTERS[value - 1] * len(corners),
        xs=_list(x + size / 2 for x, _ in corners),
        ys=_list(y + size / 2 + 4 for _, y in corners),
    )


def _list(values: Iterable[float]) -> str:
    return " ".join(shapes.number(value) for value in values)


def _sides(places: _Places) -> Iterable[Side]:
    for band in range(places.bands):
        for weekday, label in enumerate(SHORT_WEEKDAYS):
            y = band * places.band_height + HEAD + weekday * places.fold.pitch
            yield Side(y + places.fold.cell / 2 + 4, label)


def _tops(days: Sequence[date], places: _Places) -> Iterable[Top]:
    """Each month above the column of its first day, and what a band begins with, if roomy."""
    heads: dict[int, list[int]] = {}
    for day in days:
        x, y = places.corner(day)
        if day.day == 1 and x + ROOM <= places.fold.width:
            head = y - day.weekday() * places.fold.pitch
            heads.setdefault(head, []).append(x)
            yield Top(x, head - 5, _short(day))
    for band in range(places.bands):
        first = max(days[0], places.start + timedelta(weeks=band * places.per_band))
        x, y = places.fold.gutter, band * places.band_height + HEAD
        if all(x + ROOM <= other for other in heads.get(y, [])):
            yield Top(x, y - 5, _short(first))


def _short(day: date) -> str:
    return SHORT_MONTHS[day.month - 1]
