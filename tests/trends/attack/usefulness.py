"""What a team gets: how far its figure is from the truth, and whether a change is noticed."""

from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import fmean

from tests.trends.attack.mechanisms import Recul, live
from tests.trends.attack.population import Month, Team

from recul.trends.figures import Change, Point, change

SIZES = (6, 8, 12, 20, 40)
JUMP = 1.5
"""Points by which a team's load goes up, and stays."""
CALM = 4
"""Cycles before it does."""


@dataclass(frozen=True, slots=True)
class Usefulness:
    """`error`: root of the mean square of the figure, in points, against the mean of the whole
    team over four whole weeks; `shown_error`: of what is shown, to half a point.

    `noticed`: an arrow at the jump; `alarms`: an arrow where there was none. The live mean is
    given the threshold at which it gives as many false alarms.
    """

    size: int
    published: float
    error: float
    shown_error: float
    covered: float
    noticed: float
    alarms: float
    live_error: float
    live_noticed: float


def useful(size: int, trials: int, chance: Random) -> Usefulness:
    shown: list[tuple[Point, float]] = []
    live_errors: list[float] = []
    cycles = arrows = alarms = 0
    moves: dict[float, list[float]] = {0: [], JUMP: []}
    compared = {0.0: 0, JUMP: 0}
    for trial in range(trials):
        jump = JUMP if trial % 2 else 0.0
        team, recul = Team.drawn(size, chance), Recul(chance, size)
        points, lives = [], []
        for cycle in range(CALM + 1):
            months = team.month(chance, shift=jump if cycle == CALM else 0)
            truth = _truth(months)
            cycles += 1
            out, exact = recul.close(months), live(months).shown
            if out.point is not None:
                points.append(out.point)
                shown.append((out.point, truth))
            if exact is not None:
                lives.append(exact)
                live_errors.append(exact - truth)
        if len(lives) == CALM + 1:
            moves[jump].append(lives[-1] - fmean(lives[-4:-1]))
        if out.point is not None and len(points) > 1:
            compared[jump] += 1
            seen = change(points)
            arrows += jump > 0 and seen is Change.UP
            alarms += jump == 0 and seen in (Change.UP, Change.DOWN)
    false = alarms / max(compared[0.0], 1)
    return Usefulness(
        size,
        len(shown) / cycles,
        sqrt(fmean((point.figure / 10 - truth) ** 2 for point, truth in shown)),
        sqrt(fmean((point.shown / 10 - truth) ** 2 for point, truth in shown)),
        fmean(abs(point.figure / 10 - truth) <= point.band for point, truth in shown),
        arrows / max(compared[JUMP], 1),
        false,
        sqrt(fmean(error**2 for error in live_errors)),
        _power(moves[0], moves[JUMP], false),
    )


def _truth(months: list[Month]) -> float:
    return fmean(month.whole for month in months) / 10


def _power(calm: list[float], jumped: list[float], alarms: float) -> float:
    """How often a jump is beyond what `alarms` of the calm changes are beyond."""
    sizes = sorted((abs(move) for move in calm), reverse=True)
    threshold = sizes[min(len(sizes) - 1, int(alarms * len(sizes)))]
    return fmean(move > threshold for move in jumped)
