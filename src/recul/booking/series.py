"""What a series of dates has in common, so that it can be said in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from recul.booking.wall import Slot


@dataclass(frozen=True, slots=True)
class Series:
    """Several dates of one cycle."""

    slots: tuple[Slot, ...]
    weekday: int | None
    """1: Monday; none when they are on several."""
    hours: Slot | None
    """One of them, when all are at the same hours."""

    @property
    def count(self) -> int:
        return len(self.slots)

    @property
    def zone(self) -> str:
        """The one of all of them, where there is one."""
        return self.slots[0].zone

    def elsewhere(self, zone: str) -> bool:
        """Walls in this other zone show another hour at the beginning of one of them: both may
        agree in winter and not in summer."""
        return any(slot.elsewhere(zone) for slot in self.slots)


def series(slots: Sequence[Slot]) -> Series:
    weekdays = {slot.day.isoweekday() for slot in slots}
    hours = {(slot.starts, slot.minutes) for slot in slots}
    return Series(
        tuple(slots),
        weekdays.pop() if len(weekdays) == 1 else None,
        slots[0] if len(hours) == 1 else None,
    )
