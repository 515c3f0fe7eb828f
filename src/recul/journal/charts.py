"""Where a line chart's points, words and months go. Templates only print these numbers.

A chart is drawn twice so that its text stays 11 px or more on a phone: NARROW is made for 300
CSS pixels, WIDE is shown from about 560 on (static/css/components/charts.css chooses).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from recul.journal import shapes
from recul.journal.scales import Scale, scale
from recul.journal.trends import Series, WeekMean
from recul.words import N_

SHORT_MONTHS = (
    N_("janv."),
    N_("févr."),
    N_("mars"),
    N_("avr."),
    N_("mai"),
    N_("juin"),
    N_("juil."),
    N_("août"),
    N_("sept."),
    N_("oct."),
    N_("nov."),
    N_("déc."),
)
LONGEST_BRIDGE = 1
"""Weeks without a word that a line may cross; from two on it stops and starts again."""
CLOSEST_MARKS = 9
MARGIN = 14


@dataclass(frozen=True, slots=True)
class Canvas:
    """The room of a drawing, in its own units."""

    name: str
    width: int
    gutter: int
    tick_gap: int
    top: int = 20
    row: int = 44
    bottom: int = 32


NARROW = Canvas("narrow", width=300, gutter=98, tick_gap=38)
WIDE = Canvas("wide", width=620, gutter=114, tick_gap=46)


@dataclass(frozen=True, slots=True)
class Word:
    """A step's word beside its line."""

    y: float
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A series drawn: its path stops at long gaps; its marks tell it apart without colour."""

    style: str
    path: str
    marks: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A week in which a month begins, with the msgid of its short name."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: int
    left: int
    right: int
    floor: float
    levels: tuple[float, ...]
    words: tuple[Word, ...]
    strokes: tuple[Stroke, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """A series in words: lowest, highest and latest week, as msgids; `mark` is centred on 18, 8."""

    style: str
    label: str
    mark: str
    low: str
    high: str
    latest: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A week's mean for the table: nearest word, figure in two whole numbers, moments."""

    word: str
    whole: int
    tenth: int
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    monday: date
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """One or two scales over the same weeks. `rows` are newest first."""

    first: date
    last: date
    legends: tuple[Legend, ...]
    drawings: tuple[Drawing, ...]
    rows: tuple[Row, ...]


def line_chart(series: Sequence[Series]) -> LineChart | None:
    """The chart of those of one or two series that say something, or none."""
    told = [one for one in series if not one.is_empty]
    if not told:
        return None
    if len(told) > 2:
        raise ValueError("the axis has room for the words of two scales")
    weeks = [week.monday for week in told[0].weeks]
    rows = tuple(
        Row(monday, tuple(_cell(one.weeks[i], scale(one.dimension)) for one in told))
        for i, monday in enumerate(weeks)
    )
    return LineChart(
        first=weeks[0],
        last=weeks[-1],
        legends=tuple(_legend(one) for one in told),
        drawings=tuple(_draw(told, canvas) for canvas in (NARROW, WIDE)),
        rows=rows[::-1],
    )


def _cell(week: WeekMean, on: Scale) -> Cell | None:
    if week.mean is None:
        return None
    whole, tenth = divmod(int(week.mean * 10 + 0.5), 10)
    return Cell(nearest(on, week.mean), whole, tenth, week.count)


def nearest(on: Scale, mean: float) -> str:
    """The word of the step nearest to a mean; halfway counts as the higher one."""
    return on.word(int(mean + 0.5))


def _legend(series: Series) -> Legend:
    on = scale(series.dimension)
    means = [week.mean for week in series.weeks if week.mean is not None]
    return Legend(
        style=on.css,
        label=on.label,
        mark=shapes.mark(series.dimension, 18, 8),
        low=nearest(on, min(means)),
        high=nearest(on, max(means)),
        latest=nearest(on, means[-1]),
    )


def _draw(told: Sequence[Series], canvas: Canvas) -> Drawing:
    count = len(told[0].weeks)
    left, right = canvas.gutter, canvas.width - 2
    step = (right - left - 2 * MARGIN) / max(1, count - 1)
    xs = [left + MARGIN + i * step for i in range(count)]
    floor = canvas.top + 4 * canvas.row
    return Drawing(
        name=canvas.name,
        width=canvas.width,
        height=floor + canvas.bottom,
        left=left,
        right=right,
        floor=floor,
        levels=tuple(height(value, canvas) for value in range(5, 0, -1)),
        words=_words(told, canvas),
        strokes=tuple(_stroke(one, xs, canvas) for one in told),
        ticks=_ticks([week.monday for week in told[0].weeks], xs, canvas),
    )


def height(value: float, canvas: Canvas) -> float:
    """A step or mean from 1 to 5, as a height: the heaviest on top."""
    return canvas.top + (5 - value) * canvas.row


def _words(told: Sequence[Series], canvas: Canvas) -> tuple[Word, ...]:
    """One word beside each line, or two above each other when there are two scales."""
    baselines = (4,) if len(told) == 1 else (-3, 12)
    return tuple(
        Word(height(value, canvas) + below, scale(one.dimension).css, word)
        for one, below in zip(told, baselines, strict=True)
        for value, word in scale(one.dimension).steps
    )


def _stroke(series: Series, xs: Sequence[float], canvas: Canvas) -> Stroke:
    spacing = xs[1] - xs[0] if len(xs) > 1 else CLOSEST_MARKS
    every = ceil(CLOSEST_MARKS / spacing)
    path, marks = [], []
    for run in runs(series.weeks):
        points = [(xs[i], height(mean, canvas)) for i, mean in run]
        path.append(shapes.polyline(points))
        marks += [
            shapes.mark(series.dimension, *point)
            for (i, _), point in zip(run, points, strict=True)
            if i % every == 0 or point in (points[0], points[-1])
        ]
    return Stroke(scale(series.dimension).css, "".join(path), "".join(marks))


def runs(weeks: Sequence[WeekMean]) -> list[list[tuple[int, float]]]:
    """Weeks that one line may join, as (index, mean); a longer silence starts another run."""
    found: list[list[tuple[int, float]]] = []
    for i, week in enumerate(weeks):
        if week.mean is None:
            continue
        if not found or i - found[-1][-1][0] > LONGEST_BRIDGE + 1:
            found.append([])
        found[-1].append((i, week.mean))
    return found


def _ticks(mondays: Sequence[date], xs: Sequence[float], canvas: Canvas) -> tuple[Tick, ...]:
    """The first whole week of each month, or of every second or third one if names touch."""
    starts = [
        Tick(round(x, 1), SHORT_MONTHS[monday.month - 1])
        for monday, x in zip(mondays, xs, strict=True)
        if monday.day <= 7
    ]
    gaps = [right.x - left.x for left, right in pairwise(starts)]
    return tuple(starts[:: ceil(canvas.tick_gap / min(gaps)) if gaps else 1])
