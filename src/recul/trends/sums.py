"""What a sealed cell holds: sums that began with noise, and their stored form.

The exact head count is there for the gate alone: it is never shown, logged or kept.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_bytes

from recul.trends.contribution import DIMENSIONS, Sent
from recul.trends.noise import discrete_laplace

SUM_SCALE = 30
"""Of the noise on Σ(v − c), which one person moves by at most 60 tenths (ANONYMITY.md 4)."""
COUNT_SCALE = 1
"""Of the noise on the head count."""

_HEAD = struct.Struct(">B8s?")
_SUM = struct.Struct(">HqqI")
_FORMAT = 1
MARK_SIZE = 8


@dataclass(frozen=True, slots=True)
class Sum:
    """One question: Σ(v − centre) and the head count, both noisy, and the exact head count."""

    centre: int
    noisy_sum: int
    noisy_count: int
    count: int = 0

    def moved(self, before: int | None, after: int | None) -> "Sum":
        """With what one person sent before taken out, and what she sends now put in."""
        return replace(
            self,
            noisy_sum=self.noisy_sum + self._off(after) - self._off(before),
            noisy_count=self.noisy_count + (after is not None) - (before is not None),
            count=self.count + (after is not None) - (before is not None),
        )

    def _off(self, value: int | None) -> int:
        return 0 if value is None else value - self.centre


@dataclass(frozen=True, slots=True)
class Sums:
    """One cell in one cycle.

    `mark`, random, tells this cell from one that was begun anew after a loss. `many`: its roster
    was large enough when the cycle opened.
    """

    mark: bytes
    many: bool
    by_dimension: Mapping[str, Sum]

    @property
    def centres(self) -> dict[str, int]:
        return {dimension: found.centre for dimension, found in self.by_dimension.items()}

    def moved(self, before: Sent, after: Sent) -> "Sums":
        """With one person's contribution replaced by another one of hers."""
        moved = {
            dimension: found.moved(before.get(dimension), after.get(dimension))
            for dimension, found in self.by_dimension.items()
        }
        return replace(self, by_dimension=moved)

    def encode(self) -> bytes:
        """Always of the same length."""
        sums = (self.by_dimension[dimension] for dimension in DIMENSIONS)
        packed = (_SUM.pack(s.centre, s.noisy_sum, s.noisy_count, s.count) for s in sums)
        return _HEAD.pack(_FORMAT, self.mark, self.many) + b"".join(packed)

    @classmethod
    def decode(cls, stored: bytes) -> "Sums":
        """Raises ValueError for anything but what `encode` made."""
        if len(stored) != SIZE or stored[0] != _FORMAT:
            raise ValueError("not the sums of a cell")
        _, mark, many = _HEAD.unpack_from(stored)
        sums = (Sum(*values) for values in _SUM.iter_unpack(stored[_HEAD.size :]))
        return cls(mark, many, dict(zip(DIMENSIONS, sums, strict=True)))


SIZE = _HEAD.size + len(DIMENSIONS) * _SUM.size


def noise_first(centres: Mapping[str, int], *, many: bool) -> Sums:
    """A cell as it opens: nothing but noise."""
    sums = {
        dimension: Sum(
            centres[dimension], discrete_laplace(SUM_SCALE), discrete_laplace(COUNT_SCALE)
        )
        for dimension in DIMENSIONS
    }
    return Sums(token_bytes(MARK_SIZE), many, sums)
