"""From noisy sums to what is shown: the figure, its band, and whether it moved (ANONYMITY.md 5-8).

Figures are whole tenths of a point, 0 to 100. Bands are in points. Everything here works on
sums that are noisy already: it can tell no more about anybody than they do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from recul.trends.contribution import rounded
from recul.trends.sums import Sum

ROSTER_MINIMUM = 6
"""People on the roster when the cycle opened, for a cell to be published."""
COUNT_MINIMUM = 5
"""People who answered; asked of the exact count and of the noisy one."""
FIRST_CENTRE = 50
CENTRES = (30, 70)
CENTRE_STEP = 5
SHOWN_STEP = 5
"""Figures are shown to half a point."""

NOISE_WIDTH = 4.83
"""Points. Four fifths of the noise on a sum are within it: 3 × ln 5."""
JOINT_NOISE_WIDTH = 5.44
"""The same for the root of the number of cells in a joint sum: 1.2816 × √2 × 3."""
WITHIN = 0.35
"""Points, for what the noise does not explain."""
WITHIN_CHANGE = 0.6
"""The same when two cycles are compared."""
CHANGE_FACTOR = 1.2
COMPARED = 3
"""A cycle is compared with the mean of so many before it."""
SMOOTHING = 0.5


class Change(Enum):
    UP = "up"
    DOWN = "down"
    NONE = "no visible change"
    UNKNOWN = "nothing to compare with"


class Part(NamedTuple):
    """A noisy sum that is ready to be added to others: Σv and head count, of so many cells."""

    total: int
    people: int
    cells: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """What was published for one question of one cell, or of several together."""

    figure: int
    people: int
    cells: int = 1

    @property
    def shown(self) -> int:
        """Tenths, to half a point."""
        return (2 * self.figure + SHOWN_STEP) // (2 * SHOWN_STEP) * SHOWN_STEP

    @property
    def band(self) -> float:
        """Points to either side, in which the true mean lies four times out of five."""
        return _width(self, WITHIN)


def may_be_published(found: Sum, *, many: bool) -> bool:
    return many and min(found.count, found.noisy_count) >= COUNT_MINIMUM


def figure(found: Sum) -> int:
    """The mean of a cell, as far as its noise lets it be seen."""
    people = max(found.noisy_count, COUNT_MINIMUM)
    return _clipped(found.centre + Fraction(found.noisy_sum, people))


def _clipped(mean: Fraction) -> int:
    return max(0, min(100, rounded(mean)))


def next_centre(centre: int, published: int) -> int:
    """Half-way between the centre and the figure published with it."""
    halfway = rounded(Fraction(centre + published, 2 * CENTRE_STEP)) * CENTRE_STEP
    return max(CENTRES[0], min(CENTRES[1], halfway))


def part(found: Sum) -> Part:
    return Part(found.centre * found.noisy_count + found.noisy_sum, found.noisy_count)


def joined(published: Iterable[Part], pool: Iterable[Part]) -> Point | None:
    """A unit or an organisation: its published cells, and the others if together they are many.

    None when there is nobody to speak of.
    """
    parts = [*published, *_if_many(list(pool))]
    people = sum(one.people for one in parts)
    if people < COUNT_MINIMUM:
        return None
    mean = Fraction(sum(one.total for one in parts), people)
    return Point(_clipped(mean), people, sum(one.cells for one in parts))


def _if_many(pool: list[Part]) -> list[Part]:
    return pool if sum(one.people for one in pool) >= COUNT_MINIMUM else []


def change(points: Sequence[Point]) -> Change:
    """The last of some points against the mean of those before it, oldest first.

    The mean is given the band of one cycle, not the narrower one of several: real months differ
    by more than noise, and a change that is none is worse than one seen a cycle later.
    """
    *before, last = points
    before = before[-COMPARED:]
    if not before:
        return Change.UNKNOWN
    usual = sum(point.figure for point in before) / len(before)
    moved = (last.figure - usual) / 10
    joint = sqrt(_spread(last) + sum(map(_spread, before)) / len(before))
    if abs(moved) <= CHANGE_FACTOR * joint:
        return Change.NONE
    return Change.UP if moved > 0 else Change.DOWN


def smoothed(points: Sequence[Point]) -> list[float]:
    """An optional calmer line, in points: each value half the new figure, half the line before."""
    line: list[float] = []
    for point in points:
        value = point.figure / 10
        line.append(value if not line else SMOOTHING * value + (1 - SMOOTHING) * line[-1])
    return line


def _spread(point: Point) -> float:
    return _width(point, WITHIN_CHANGE) ** 2


def _width(point: Point, within: float) -> float:
    noise = NOISE_WIDTH if point.cells == 1 else JOINT_NOISE_WIDTH * sqrt(point.cells)
    return sqrt((noise / max(point.people, COUNT_MINIMUM)) ** 2 + within**2)
