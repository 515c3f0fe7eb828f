"""What publications say, question by question: a sentence, a line, a row of the table. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from recul.journal.door import SCALES, Scale
from recul.trends import cycles, team_words
from recul.trends.figures import COMPARED, Change, Point, change
from recul.trends.queries import Published
from recul.trends.team_charts import Drawing, Happening, drawings

YEAR = 13
"""Cycles that a page shows at most."""
STEP = 25
FEWEST_CELLS = 2
"""A unit or an organisation of fewer would be one team's figure, told to others than the team."""

Own = Mapping[str, Mapping[int, float]]
"""The viewer's own tenths, by question and cycle."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure in words and numbers: tenths, to half a point, and the band in tenths."""

    word: str
    shown: int
    band: int


@dataclass(frozen=True, slots=True)
class Strand:
    """One question. `value` is that of the last cycle, none when it has no publication."""

    scale: Scale
    change: Change
    moved: str
    value: Value | None
    drawings: tuple[Drawing, ...]
    own: bool
    calm: bool
    """The smoothed line is drawn."""
    gaps: bool
    """The line is broken by a cycle without a publication."""


@dataclass(frozen=True, slots=True)
class Row:
    """One cycle of the table."""

    cycle: int
    first: date
    last: date
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """`rows` are newest first. `count`: cycles with a publication, among those shown."""

    strands: tuple[Strand, ...]
    rows: tuple[Row, ...]
    count: int
    happenings: tuple[Happening, ...] = field(default=())

    @property
    def latest(self) -> Row:
        return self.rows[0]

    @property
    def changes(self) -> dict[str, Change]:
        return {one.scale.key: one.change for one in self.strands if one.value}


def story(
    published: Sequence[Published],
    happenings: Sequence[Happening] = (),
    own: Own | None = None,
    *,
    together: bool = False,
    calm: bool = False,
) -> Story | None:
    """None as long as nothing was published. `together`: a unit or an organisation. `calm`: with
    the smoothed line."""
    by_cycle = {one.cycle: _kept(one, together) for one in published}
    told = [cycle for cycle, points in by_cycle.items() if points]
    if not told:
        return None
    shown = range(max(min(told), max(by_cycle) - YEAR + 1), max(by_cycle) + 1)
    scales = [scale for scale in SCALES if any(scale.key in by_cycle[cycle] for cycle in told)]
    since, until = cycles.first_day(shown[0]), cycles.last_day(shown[-1])
    seen = [one for one in happenings if since.replace(day=1) <= one.month <= until]
    return Story(
        strands=tuple(
            _strand(scale, shown, by_cycle, seen, own or {}, calm=calm) for scale in scales
        ),
        rows=tuple(_row(cycle, scales, by_cycle.get(cycle, {})) for cycle in reversed(shown)),
        count=sum(cycle in shown for cycle in told),
        happenings=tuple(seen),
    )


def _kept(one: Published, together: bool) -> dict[str, Point]:
    fewest = FEWEST_CELLS if together else 1
    return {key: point for key, point in one.points.items() if point.cells >= fewest}


def _strand(
    scale: Scale,
    shown: Sequence[int],
    by_cycle: Mapping[int, Mapping[str, Point]],
    happenings: Sequence[Happening],
    own: Own,
    *,
    calm: bool,
) -> Strand:
    points = {c: by_cycle[c][scale.key] for c in shown if scale.key in by_cycle.get(c, {})}
    mine = {cycle: tenths for cycle, tenths in own.get(scale.key, {}).items() if cycle in shown}
    last = points.get(shown[-1])
    moved = change(list(points.values())) if points else Change.UNKNOWN
    words = team_words.moved(scale.key, moved, min(COMPARED, len(points) - 1))
    return Strand(
        scale=scale,
        change=moved if last else Change.UNKNOWN,
        moved=words if last else team_words.NOT_PUBLISHED,
        value=value(scale, last) if last else None,
        drawings=drawings(scale, shown, points, happenings, mine, calm),
        own=bool(mine),
        calm=calm,
        gaps=len(points) < len(shown) and bool(points),
    )


def _row(cycle: int, scales: Sequence[Scale], points: Mapping[str, Point]) -> Row:
    values = (value(s, points[s.key]) if s.key in points else None for s in scales)
    return Row(cycle, cycles.first_day(cycle), cycles.last_day(cycle), tuple(values))


def value(scale: Scale, point: Point) -> Value:
    return Value(nearest(scale, point.shown), point.shown, round(10 * point.band))


def nearest(scale: Scale, tenths: int) -> str:
    """The word of the step nearest to a figure; half-way counts as the higher one."""
    return scale.word((2 * tenths + STEP) // (2 * STEP) + 1)
