"""What the workers of one server count, in memory that they share.

The place of every number is known before the first worker starts: one series for each route,
method and class of status. Each worker writes to a slot of its own, and whoever is asked adds
the slots up, so nothing is locked and a worker that was restarted goes on where it died.

A series shows itself **by tens**. On a small instance a number that moves with each request would
tell to the second when somebody wrote in her journal or gave her share to the team's trend.
"""

import mmap
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

STEP = 10
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds."""
CLASSES = ("2xx", "3xx", "4xx", "5xx")
ELSEWHERE = "(none)"
"""The route of a request that none of them answers."""

_SERIES = 2 + len(BOUNDS)  # how many, seconds in all, how many up to each bound
_HEAD = 4  # beat, resident bytes, failed requests, starts
_BYTES = 8


class Key(NamedTuple):
    method: str
    route: str
    status: str


class Series(NamedTuple):
    """Requests of one kind: how many, how long in all, and how many within each bound."""

    key: Key
    answers: int
    seconds: float
    within: list[int]


class Pulse(NamedTuple):
    """One worker: when it was last seen to turn (`time.monotonic`), its memory, its starts."""

    beat: float
    resident: int
    starts: int


@dataclass
class Counts:
    """Make it before the workers are forked."""

    routes: Iterable[tuple[str, str]]
    """(method, path with its placeholders)"""
    workers: int = 1
    slot: int = field(default=0, init=False)
    """Which of the workers this process is."""

    def __post_init__(self) -> None:
        known = {*self.routes, ("-", ELSEWHERE)}
        keys = [Key(*route, status) for route in sorted(known) for status in CLASSES]
        self._places = {key: _HEAD + n * _SERIES for n, key in enumerate(keys)}
        self._length = _HEAD + len(keys) * _SERIES
        self._memory = mmap.mmap(-1, self.workers * self._length * _BYTES)
        self._shown = memoryview(self._memory).cast("d")
        self._open: dict[Key, list[float]] = {}

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request of this worker."""
        key = Key(method, route, f"{status // 100}xx")
        if key not in self._places:
            key = Key("-", ELSEWHERE, key.status if key.status in CLASSES else "5xx")
        if status >= 500:
            self._shown[self._base + 2] += 1
        numbers = self._open.get(key) or self._begun(key)
        numbers[0] += 1
        numbers[1] += seconds
        if (bucket := bisect_left(BOUNDS, seconds)) < len(BOUNDS):
            numbers[2 + bucket] += 1
        if numbers[0] % STEP == 0:
            self._show(key, numbers)

    @property
    def _base(self) -> int:
        return self.slot * self._length

    def _begun(self, key: Key) -> list[float]:
        """Where a worker of this slot was when it last showed the series."""
        start = self._base + self._places[key]
        self._open[key] = list(self._shown[start : start + _SERIES])
        return self._open[key]

    def _show(self, key: Key, numbers: list[float]) -> None:
        for n, number in enumerate(numbers, self._base + self._places[key]):
            self._shown[n] = number

    def beat(self, now: float, resident: int) -> None:
        """This worker turns. `now` is of `time.monotonic`, which processes of a host share."""
        self._shown[self._base] = now
        self._shown[self._base + 1] = resident

    def born(self, slot: int) -> None:
        """A process takes this slot."""
        base = slot * self._length
        self._shown[base] = 0
        self._shown[base + 3] += 1

    def pulse(self, slot: int) -> Pulse:
        beat, resident, _, starts = self._shown[slot * self._length :][:_HEAD]
        return Pulse(beat, int(resident), int(starts))

    @property
    def failed(self) -> int:
        """Requests that failed here: these show one by one, since somebody should look."""
        return sum(int(self._shown[n * self._length + 2]) for n in range(self.workers))

    def series(self) -> Iterator[Series]:
        """What all workers counted, where there is anything."""
        for key, place in self._places.items():
            count, seconds, *within = self._summed(place)
            if count:
                yield Series(key, int(count), seconds, [int(n) for n in within])

    def _summed(self, place: int) -> list[float]:
        starts = [worker * self._length + place for worker in range(self.workers)]
        slots = [self._shown[start : start + _SERIES] for start in starts]
        return [sum(numbers) for numbers in zip(*slots, strict=True)]
