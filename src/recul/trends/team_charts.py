"""Where the line of one question goes, with its band, for the cycles of a team or a unit.

Pure coordinates, drawn twice as the journal's charts are: NARROW for a phone, WIDE from about
560 pixels on. Templates only print these numbers. Figures are tenths of a point, 0 to 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from recul.journal.door import SHORT_MONTHS, Scale, shapes
from recul.trends import cycles
from recul.trends.figures import Point, smoothed

TOP_OF_SCALE = 100
STEP = 25
MIDDLE = timedelta(weeks=2)
"""From the first day of a cycle."""
MARGIN = 16
WIDEST_STEP = 84
LETTER = 7.4
"""Units that a letter of a marker takes, a little more than it does."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The room of a drawing, in its own units."""

    name: str
    width: int
    gutter: int
    tick_gap: int
    top: int = 36
    row: int = 44
    bottom: int = 32

    @property
    def floor(self) -> float:
        return self.top + 4 * self.row

    def height(self, tenths: float) -> float:
        return self.top + (TOP_OF_SCALE - tenths) / TOP_OF_SCALE * 4 * self.row


NARROW = Canvas("narrow", width=300, gutter=98, tick_gap=38)
WIDE = Canvas("wide", width=620, gutter=114, tick_gap=46)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a month: a msgid, or the team's own words."""

    month: date
    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A happening on a drawing: its number, and its words where they have room."""

    x: float
    number: int
    text: str
    own: bool


class Label(NamedTuple):
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    name: str
    width: int
    height: float
    left: int
    right: int
    top: int
    floor: float
    levels: tuple[float, ...]
    words: tuple[Label, ...]
    ticks: tuple[Label, ...]
    bands: str
    line: str
    marks: str
    own_line: str
    own_marks: str
    calm: str
    flags: tuple[Flag, ...]


Points = Mapping[int, Point]
"""Published points by the number of their cycle."""
Bands = Mapping[int, tuple[float, float]]
"""Upper and lower ends, by the same."""


def drawings(
    scale: Scale,
    shown: Sequence[int],
    points: Points,
    happenings: Sequence[Happening] = (),
    own: Mapping[int, float] | None = None,
    calm: bool = False,
) -> tuple[Drawing, Drawing]:
    """One question over the cycles `shown`, which follow each other; `own` is the viewer's.
    `calm`: with the smoothed line."""
    bands = {cycle: _within(point) for cycle, point in points.items()}
    one, other = (
        _drawing(canvas, scale, shown, points, bands, happenings, own or {}, calm=calm)
        for canvas in (NARROW, WIDE)
    )
    return one, other


def _drawing(
    canvas: Canvas,
    scale: Scale,
    shown: Sequence[int],
    points: Points,
    bands: Bands,
    happenings: Sequence[Happening],
    own: Mapping[int, float],
    *,
    calm: bool,
) -> Drawing:
    xs = _places(canvas, shown)
    at = {cycle: (xs[cycle], canvas.height(point.figure)) for cycle, point in points.items()}
    mine = {cycle: (xs[cycle], canvas.height(tenths)) for cycle, tenths in own.items()}
    runs = _runs(shown, points)
    return Drawing(
        name=canvas.name,
        width=canvas.width,
        height=canvas.floor + canvas.bottom,
        left=canvas.gutter,
        right=canvas.width - 2,
        top=canvas.top,
        floor=canvas.floor,
        levels=_levels(canvas),
        words=_words(canvas, scale),
        ticks=_ticks(canvas, shown, xs),
        bands="".join(_band(canvas, [(xs[c], *bands[c]) for c in run]) for run in runs),
        line="".join(shapes.polyline([at[c] for c in run]) for run in runs),
        marks="".join(shapes.mark(scale.key, *place) for place in at.values()),
        own_line="".join(shapes.polyline([mine[c] for c in run]) for run in _runs(shown, mine)),
        own_marks="".join(_cross(*place) for place in mine.values()),
        calm=_calm(canvas, xs, points) if calm else "",
        flags=_flags(canvas, shown, xs, happenings),
    )


@cache
def _levels(canvas: Canvas) -> tuple[float, ...]:
    return tuple(canvas.height(step * STEP) for step in range(4, -1, -1))


@cache
def _words(canvas: Canvas, scale: Scale) -> tuple[Label, ...]:
    return tuple(
        Label(canvas.gutter - 6, canvas.height((step - 1) * STEP) + 4, word)
        for step, word in scale.steps
    )


def _places(canvas: Canvas, shown: Sequence[int]) -> dict[int, float]:
    room = canvas.width - 2 - canvas.gutter - 2 * MARGIN
    step = min(WIDEST_STEP, room / max(1, len(shown) - 1))
    return {cycle: canvas.gutter + MARGIN + n * step for n, cycle in enumerate(shown)}


def _runs(shown: Sequence[int], there: Mapping[int, object]) -> list[list[int]]:
    """Cycles that follow each other: a line never crosses one without a publication."""
    found: list[list[int]] = []
    for cycle in shown:
        if cycle not in there:
            continue
        if not found or cycle != found[-1][-1] + 1:
            found.append([])
        found[-1].append(cycle)
    return found


def _band(canvas: Canvas, run: Sequence[tuple[float, float, float]]) -> str:
    """What lies within the band of each point; a lone point has a bar."""
    if len(run) == 1:
        x, high, low = run[0]
        run = [(x - 6, high, low), (x + 6, high, low)]
    upper = [(x, canvas.height(high)) for x, high, _ in run]
    lower = [(x, canvas.height(low)) for x, _, low in run]
    return shapes.polyline([*upper, *reversed(lower)]) + "z"


def _within(point: Point) -> tuple[float, float]:
    """The upper and the lower end of a point's band, on the scale."""
    half = 10 * point.band
    return min(float(TOP_OF_SCALE), point.figure + half), max(0.0, point.figure - half)


def _calm(canvas: Canvas, xs: Mapping[int, float], points: Points) -> str:
    """The smoothed line goes on over a cycle without a publication."""
    values = zip(points, smoothed(list(points.values())), strict=True)
    return shapes.polyline([(xs[cycle], canvas.height(10 * value)) for cycle, value in values])


def _cross(x: float, y: float) -> str:
    n = shapes.number
    return f"M{n(x - 3)} {n(y - 3)}l6 6m0 -6l-6 6"


def _middle(cycle: int) -> date:
    return cycles.first_day(cycle) + MIDDLE


def _ticks(canvas: Canvas, shown: Sequence[int], xs: Mapping[int, float]) -> tuple[Label, ...]:
    """The month in which a cycle has its middle, or every second or third one if names touch."""
    gap = min((xs[b] - xs[a] for a, b in pairwise(shown)), default=canvas.tick_gap)
    every = max(1, ceil(canvas.tick_gap / gap))
    labels = [
        Label(round(xs[c], 1), canvas.floor + 25, SHORT_MONTHS[_middle(c).month - 1])
        for c in shown[::every]
    ]
    # Thirteen cycles a year: two of them may have their middle in the same month.
    named = [""] + [label.text for label in labels]
    return tuple(
        label for before, label in zip(named, labels, strict=False) if before != label.text
    )


def _flags(
    canvas: Canvas, shown: Sequence[int], xs: Mapping[int, float], happenings: Sequence[Happening]
) -> tuple[Flag, ...]:
    """Happenings in the order of their months; words only where nothing else stands."""
    step = xs[shown[1]] - xs[shown[0]] if len(shown) > 1 else WIDEST_STEP
    first = _middle(shown[0])
    right = canvas.width - 2.0
    placed = []
    for number, one in enumerate(happenings, start=1):
        x = xs[shown[0]] + (one.month.replace(day=15) - first).days / cycles.DAYS * step
        if canvas.gutter <= x <= right:
            placed.append((x, number, one))
    places = [x for x, _, _ in placed]
    return tuple(
        Flag(round(x, 1), n, one.text if end - x > LETTER * len(one.text) + 12 else "", one.own)
        for (x, n, one), end in zip(placed, [*places[1:], right], strict=False)
    )
