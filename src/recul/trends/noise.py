"""Exact noise: discrete Laplace, by whole numbers and coin tosses only.

Canonne, Kamath, Steinke: *The Discrete Gaussian for Differential Privacy* (2020), algorithms 1
and 2. Floating-point Laplace noise gives the true value away by its last bits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import SystemRandom
from typing import Protocol


class Source(Protocol):
    """Where chance comes from."""

    def randrange(self, stop: int, /) -> int:
        """A whole number from 0 up to, but not including, `stop`; each as likely."""


class SeedRefused(RuntimeError):
    """Noise that somebody can repeat is no noise: a real instance never uses it."""


_system = SystemRandom()
_seeded: ContextVar[Source | None] = ContextVar("recul_noise", default=None)
_refused = False


def discrete_laplace(scale: int) -> int:
    """A whole number k with probability proportional to exp(−|k| / scale)."""
    below = (_seeded.get() or _system).randrange
    while True:
        rest = below(scale)
        if not _exp_minus(rest, scale, below):
            continue
        size = rest
        while _exp_minus(1, 1, below):
            size += scale
        negative = below(2) == 1
        if size or not negative:  # zero would come up twice
            return -size if negative else size


def _exp_minus(part: int, whole: int, below: Callable[[int], int]) -> bool:
    """True with probability exp(−part / whole), for a part of at most the whole."""
    tosses = 1
    while below(whole * tosses) < part:
        tosses += 1
    return tosses % 2 == 1


@contextmanager
def seeded(source: Source) -> Iterator[None]:
    """Repeatable noise for what runs inside: for the demo world and for tests.

    Raises SeedRefused in production.
    """
    if _refused:
        raise SeedRefused
    token = _seeded.set(source)
    try:
        yield
    finally:
        _seeded.reset(token)


def refuse_seeds() -> None:
    """From now on and for good, this process only takes noise from the operating system."""
    global _refused  # noqa: PLW0603 - a process is in production or it is not
    _refused = True
    _seeded.set(None)
