"""How long each measure takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thoroughness:
    rounds: int
    warm_up: float
    """Seconds of load before each measured stretch."""
    seconds: float
    """Seconds of one measured stretch."""
    searches: int
    crowds: int
    """How often twenty people sign in at once."""
    beside: float
    """Seconds of a page in shifts with the floor."""
    crowded: int
    """Answers that each of 32 clients waits for."""
    many: int
    """Moments of the longest journal."""
    closings: int
    """Of the fourteen closed cycles of the county, those that are lived through."""


NORMAL = Thoroughness(
    rounds=5,
    warm_up=0.4,
    seconds=1.6,
    searches=15,
    crowds=3,
    beside=2.4,
    crowded=40,
    many=100_000,
    closings=14,
)
QUICK = Thoroughness(
    rounds=2,
    warm_up=0.15,
    seconds=0.5,
    searches=5,
    crowds=1,
    beside=0.36,
    crowded=5,
    many=10_000,
    closings=2,
)
