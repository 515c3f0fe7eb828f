"""Two requests asked in turns: however busy the machine is, it is as busy for both."""

from typing import NamedTuple

from tests.bench.asking import Load
from tests.bench.load import applied
from tests.bench.table import middle
from tests.bench.thoroughness import Thoroughness


class Waits(NamedTuple):
    """Milliseconds until the answer, in the middle, and how often each was asked."""

    first: float
    second: float
    times: int

    @property
    def ratio(self) -> float:
        """How many times as long the first one takes."""
        return self.first / self.second


def asked(first: Load, second: Load, how: Thoroughness) -> Waits:
    length = how.warm_up, how.rounds * how.seconds
    found = applied(first.lasting(*length), second.lasting(*length), how="turns")
    one, other = (1000 * middle(result.latencies) for result in found)
    return Waits(one, other, len(found[1].latencies))
