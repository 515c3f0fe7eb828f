"""What one person knows of her own sharing. Everybody has a receipt, whether she shares or not.

It is sealed by the vault's data key: for anybody else it is one box among others of its size.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from recul.trends import cycles
from recul.trends.contribution import DIMENSIONS, Answers, Sent
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault

_PACKED = struct.Struct(">BBIBIBI8s4hI32I")
_FORMAT = 1
_NAME = "receipt"
_NOTHING = -1
_NO_MARK = bytes(8)


class Sharing(IntEnum):
    """What the person decided."""

    NO = 0
    YES = 1
    PAUSED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`from_cycle`: nothing is sent before it. A vault made while a cycle is open waits for the
    next one, because the vault before it may have sent something that is not known here.

    `weeks_out` are weeks of the cycle `weeks_of`, from 0 to 3. `sent` is what is in the cell
    with the mark `sent_mark` of the cycle `sent_in`. `counted` is what the journal answers in
    the cycle `counted_in`: a check-in adds to it, and need not read the journal again.
    """

    sharing: Sharing = Sharing.NO
    from_cycle: int = 0
    dimensions_out: frozenset[str] = frozenset()
    weeks_of: int = 0
    weeks_out: frozenset[int] = frozenset()
    sent_in: int = 0
    sent_mark: bytes = _NO_MARK
    sent: Sent = field(default_factory=dict)
    counted_in: int = 0
    counted: Answers = field(default_factory=dict)

    def shares_in(self, cycle: int) -> bool:
        return self.sharing is Sharing.YES and cycle >= self.from_cycle

    def mondays_out(self, cycle: int) -> frozenset[date]:
        """The weeks of a cycle that are left out, by their Mondays."""
        if cycle != self.weeks_of:
            return frozenset()
        mondays = cycles.mondays(cycle)
        return frozenset(mondays[week] for week in self.weeks_out)

    def has_in(self, cycle: int, mark: bytes) -> Sent:
        """What of the person is in this very cell now."""
        return self.sent if (self.sent_in, self.sent_mark) == (cycle, mark) else {}

    def with_sent(self, cycle: int, mark: bytes, sent: Sent) -> "Receipt":
        return replace(self, sent_in=cycle, sent_mark=mark, sent=sent)

    def with_counted(self, cycle: int, answers: Answers) -> "Receipt":
        return replace(self, counted_in=cycle, counted=answers)

    def with_one_more(self, answers: Iterable[tuple[str, date, int]]) -> "Receipt":
        """With the answers (question, Monday, 1 to 5) of one moment counted too."""
        counted = {dimension: dict(weeks) for dimension, weeks in self.counted.items()}
        for dimension, monday, value in answers:
            total, count = counted[dimension].get(monday, (0, 0))
            counted[dimension][monday] = (total + value, count + 1)
        return replace(self, counted=counted)

    def sealed(self, vault: OpenVault) -> bytes:
        """Always of the same size."""
        return vault.seal_keep(_NAME, self.encode(), _FORMAT)

    @classmethod
    def opened(cls, vault: OpenVault, box: bytes, cycle: int | None) -> "Receipt":
        """One that somebody tampered with counts for nothing until the next cycle."""
        try:
            return cls.decode(vault.open_keep(_NAME, box, _FORMAT))
        except (Unreadable, ValueError):
            return cls(from_cycle=(cycle or 0) + 1)

    def encode(self) -> bytes:
        """Always of the same length."""
        return _PACKED.pack(
            _FORMAT,
            self.sharing,
            self.from_cycle,
            _bits(DIMENSIONS.index(name) for name in self.dimensions_out),
            self.weeks_of,
            _bits(self.weeks_out),
            self.sent_in,
            self.sent_mark,
            *(self.sent.get(dimension, _NOTHING) for dimension in DIMENSIONS),
            self.counted_in,
            *self._tallies(),
        )

    def _tallies(self) -> Iterator[int]:
        mondays = cycles.mondays(self.counted_in)
        for dimension in DIMENSIONS:
            weeks = self.counted.get(dimension, {})
            for monday in mondays:
                yield from weeks.get(monday, (0, 0))

    @classmethod
    def decode(cls, stored: bytes) -> "Receipt":
        """Raises ValueError for anything but what `encode` made."""
        if len(stored) != _PACKED.size or stored[0] != _FORMAT:
            raise ValueError("not a receipt")
        _, sharing, from_cycle, out, weeks_of, weeks, sent_in, mark, *rest = _PACKED.unpack(stored)
        pairs = zip(DIMENSIONS, rest[: len(DIMENSIONS)], strict=True)
        counted_in, *tallies = rest[len(DIMENSIONS) :]
        return cls(
            sharing=Sharing(sharing),
            from_cycle=from_cycle,
            dimensions_out=frozenset(DIMENSIONS[place] for place in _places(out)),
            weeks_of=weeks_of,
            weeks_out=frozenset(_places(weeks)),
            sent_in=sent_in,
            sent_mark=mark,
            sent={dimension: value for dimension, value in pairs if value != _NOTHING},
            counted_in=counted_in,
            counted=_answers(counted_in, tallies),
        )


def _answers(cycle: int, tallies: list[int]) -> Answers:
    """Totals and counts of each week of each question; a week without an answer is left out."""
    pairs = list(zip(tallies[::2], tallies[1::2], strict=True))
    mondays = cycles.mondays(cycle)
    found = {}
    for place, dimension in enumerate(DIMENSIONS):
        weeks = pairs[place * len(mondays) : (place + 1) * len(mondays)]
        found[dimension] = {m: tally for m, tally in zip(mondays, weeks, strict=True) if tally[1]}
    return found


def _bits(places: Iterable[int]) -> int:
    return sum(1 << place for place in places)


def _places(bits: int) -> list[int]:
    return [place for place in range(len(DIMENSIONS)) if bits >> place & 1]
