"""Somebody who knows how people answer in general, some of the answers, and what was published.

A Bayesian with a memory: she remembers other teams of this size, takes those that look most like
what she knows, and weighs what each would make of the publication. She knows who took part.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log
from random import Random
from statistics import fmean

from tests.trends.attack.population import HIGH, Month, Team, sharers

ALIKE = 10
"""Of so many months that she remembers, she takes the one that looks most like what she knows.

The memory must be large: where others' answers are not known, few of the cases taken agree with
a figure to a tenth of a point, and of 300 too few to judge by."""
SMALLEST = 1e-300


@dataclass(frozen=True, slots=True)
class Guess:
    """About one person's month, in tenths."""

    truth: int
    mean: float
    odds: float
    """Logarithm of the odds that it is heavy, against how frequent that is."""


@dataclass(slots=True)
class Memory:
    """Months of many teams: (what she would know, the target, the others she would not know)."""

    cases: list[tuple[float, int, list[int]]] = field(default_factory=list)

    def alike(self, known: float) -> list[tuple[float, int, list[int]]]:
        at, wanted = (
            bisect_left(self.cases, known, key=lambda case: case[0]),
            len(self.cases) // ALIKE,
        )
        start = max(0, min(len(self.cases) - wanted, at - wanted // 2))
        return self.cases[start : start + wanted]


def remembered(
    size: int, everybody: bool, teams: int, chance: Random, alone: bool = False
) -> Memory:
    """`everybody`: she will know all others who took part; else one of them, or nobody."""
    memory = Memory()
    while len(memory.cases) < teams:
        part = [month.mean for month in sharers(Team.drawn(size, chance).month(chance))]
        if alone:
            memory.cases += [(0.0, mean, []) for mean in part]
        elif len(part) > 1:
            target, first, *rest = chance.sample(part, len(part))
            known = [first, *rest] if everybody else [first]
            memory.cases.append((fmean(known), target, [] if everybody else rest))
    memory.cases.sort(key=lambda case: case[0])
    return memory


def guess(
    memory: Memory,
    target: Month,
    known: Sequence[int],
    unknown: int,
    likelihood: Callable[[Sequence[int]], float],
    chance: Random,
) -> Guess:
    """What she believes of the target, of whom `unknown` colleagues took part beside the known."""
    weighed = [
        (mean, likelihood([mean, *known, *_resized(rest, unknown, chance)]) + SMALLEST)
        for _, mean, rest in memory.alike(fmean(known) if known else 0.0)
    ]
    return Guess(target.mean, _median(weighed), _odds(weighed) - _usual_odds(memory))


def _resized(rest: list[int], size: int, chance: Random) -> list[int]:
    """As many unknown colleagues as there are, like those remembered."""
    if len(rest) >= size:
        return rest[:size]
    return rest + [chance.choice(rest or [50]) for _ in range(size - len(rest))]


def _median(weighed: list[tuple[int, float]]) -> float:
    half, seen = sum(weight for _, weight in weighed) / 2, 0.0
    for mean, weight in sorted(weighed):
        seen += weight
        if seen >= half:
            return mean
    return weighed[-1][0]


def _odds(weighed: list[tuple[int, float]]) -> float:
    high = sum(weight for mean, weight in weighed if mean >= HIGH)
    low = sum(weight for mean, weight in weighed if mean < HIGH)
    return log(high + SMALLEST) - log(low + SMALLEST)


def _usual_odds(memory: Memory) -> float:
    high = sum(mean >= HIGH for _, mean, _ in memory.cases)
    return log(high / (len(memory.cases) - high))


@dataclass(frozen=True, slots=True)
class Success:
    """Of an attack: how often the yes-or-no is right, halves weighed alike; and points off."""

    accuracy: float
    error: float

    @classmethod
    def of(cls, guesses: Sequence[Guess]) -> "Success":
        high = [one.odds > 0 for one in guesses if one.truth >= HIGH]
        low = [one.odds <= 0 for one in guesses if one.truth < HIGH]
        error = fmean(abs(one.mean - one.truth) for one in guesses) / 10
        return cls((fmean(high) + fmean(low)) / 2, error)
