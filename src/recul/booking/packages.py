"""Packages of individual supervision: how many meetings are left, and what a late change costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Package:
    """What a supervision was opened for. `used`: booked, held or cancelled too late; what the
    facilitator cancels is never among them. `coming`: those of them that are still to be held."""

    meetings: int
    used: int
    coming: int

    @property
    def remaining(self) -> int:
        return max(0, self.meetings - self.used)

    @property
    def over(self) -> bool:
        """All are held: another package may be opened."""
        return self.remaining == 0 and self.coming == 0


def is_late(starts_at: datetime, now: datetime, change_hours: int) -> bool:
    """Too late for the professional to move it, or to cancel it without it being counted."""
    return starts_at - now < timedelta(hours=change_hours)
