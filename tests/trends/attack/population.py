"""Invented teams. Points are on 0 to 10; answers are steps from 1 to 5, as people give them.

The spreads are those of the table in ``docs/attack.md``: a person's month has a standard
deviation of two points, of which the team explains a fifth; the month itself moves a team by
half a point, and a week moves a person by more than one.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from recul.trends import cycles
from recul.trends.contribution import Tally, Weeks, cycle_mean

TEAM_SPREAD = 0.77
MONTH_SPREAD = 0.5
PERSON_SPREAD = 1.63
WEEK_SPREAD = 1.2
NOTE_SPREAD = 0.8
PARTICIPATION = (0.5, 0.9)
"""The chance that somebody answers in a week, one for each team."""
HIGH = 75
"""Tenths. *Is her month heavy?* means: is her mean at least this."""


@dataclass(frozen=True, slots=True)
class Month:
    """One person's cycle."""

    weeks: Weeks
    """The answers of the weeks in which she gave any."""
    mean: int
    """Of those weeks, in tenths: what nobody should learn."""
    whole: int
    """Of all four weeks, had she answered in each: what the team would like to know."""

    @property
    def shares(self) -> bool:
        return bool(self.weeks)


@dataclass(frozen=True, slots=True)
class Team:
    """People's usual level, and how often they answer."""

    levels: list[float]
    participation: float

    @classmethod
    def drawn(cls, size: int, chance: Random) -> "Team":
        level = 5 + chance.gauss(0, TEAM_SPREAD)
        levels = [level + chance.gauss(0, PERSON_SPREAD) for _ in range(size)]
        return cls(levels, chance.uniform(*PARTICIPATION))

    def month(self, chance: Random, cycle: int = 38, shift: float = 0) -> list[Month]:
        """What everybody notes in one cycle; `shift`, in points, is what happened to the team."""
        moved = chance.gauss(0, MONTH_SPREAD) + shift
        mondays = cycles.mondays(cycle)
        return [self._of_one(level + moved, mondays, chance) for level in self.levels]

    def _of_one(self, level: float, mondays: tuple[date, ...], chance: Random) -> Month:
        every = {monday: _week(level, chance) for monday in mondays}
        weeks = {m: found for m, found in every.items() if chance.random() < self.participation}
        whole = cycle_mean(every) or 0
        mean = cycle_mean(weeks)
        return Month(weeks, whole if mean is None else mean, whole)


def _week(level: float, chance: Random) -> Tally:
    week, notes = level + chance.gauss(0, WEEK_SPREAD), chance.randint(1, 4)
    return sum(_step(week + chance.gauss(0, NOTE_SPREAD)) for _ in range(notes)), notes


def _step(points: float) -> int:
    return max(1, min(5, round(points / 2.5 + 1)))


def sharers(months: list[Month]) -> list[Month]:
    return [month for month in months if month.shares]
