"""What comes out of a month: through Recul's own functions, and as pulse surveys show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from tests.trends.attack.population import Month, sharers

from recul.trends import figures
from recul.trends.contribution import DIMENSIONS, clamped, contribution
from recul.trends.figures import COUNT_MINIMUM, FIRST_CENTRE, Point
from recul.trends.noise import seeded
from recul.trends.sums import SUM_SCALE, Sum, noise_first

ASKED = DIMENSIONS[0]


@dataclass(frozen=True, slots=True)
class Out:
    """What everybody may read, and how likely it is for a list of true means (tenths)."""

    shown: float | None
    """Points; none: nothing was published."""
    likelihood: Callable[[Sequence[int]], float]
    point: Point | None = None
    found: Sum | None = None


def nothing_told(_means: Sequence[int]) -> float:
    return 1.0


def nothing(_months: list[Month]) -> Out:
    return Out(None, nothing_told)


def live(months: list[Month]) -> Out:
    """The exact mean to a tenth of a point, hidden under five answers."""
    means = [month.mean for month in sharers(months)]
    if len(means) < COUNT_MINIMUM:
        return Out(None, nothing_told)
    shown = round(sum(means) / len(means))

    def likelihood(candidate: Sequence[int]) -> float:
        off = abs(sum(candidate) / len(candidate) - shown)
        return 1.0 if off <= 0.5 else exp(-20 * (off - 0.5))

    return Out(shown / 10, likelihood)


@dataclass(slots=True)
class Recul:
    """One team's cell over the cycles: opened with noise, contributed to, published or not.

    The attacker gets more than the page shows: the very noisy sum, not the half point.
    """

    chance: Random
    size: int
    centre: int = FIRST_CENTRE

    def close(self, months: list[Month]) -> Out:
        centres = dict.fromkeys(DIMENSIONS, self.centre)
        with seeded(self.chance):
            sums = noise_first(centres, many=self.size >= figures.ROSTER_MINIMUM)
        for month in sharers(months):
            sums = sums.moved({}, contribution({ASKED: month.weeks}, centres))
        found = sums.by_dimension[ASKED]
        if not figures.may_be_published(found, many=sums.many):
            return Out(None, nothing_told, found=found)
        point = Point(figures.figure(found), found.noisy_count)
        self.centre = figures.next_centre(found.centre, point.figure)
        return Out(point.shown / 10, _likelihood(found), point, found)


def _likelihood(found: Sum) -> Callable[[Sequence[int]], float]:
    centre, noisy = found.centre, found.noisy_sum

    def likelihood(candidate: Sequence[int]) -> float:
        exact = sum(clamped(mean, centre) - centre for mean in candidate)
        return exp(-abs(noisy - exact) / SUM_SCALE)

    return likelihood
