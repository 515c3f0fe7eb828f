"""What forms of individual supervision hand over to actions."""

from dataclasses import dataclass
from uuid import UUID

WeekHours = list[tuple[int, int, int]]
"""(weekday, begins, ends), 1 for Monday and minutes after midnight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPlan:
    """What an offer says; its columns are named alike."""

    purpose: str
    area: str
    """A key of `areas.AREAS`: its holidays, and its clock."""
    minutes: int
    buffer_minutes: int
    notice_hours: int
    change_hours: int
    daily_most: int
    horizon_days: int
    package: int
    place: str = ""
    access_note: str = ""
    video_link: str = ""
    service_agreement: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page said when its form was sent."""

    sequence: int
    late: bool = False
    """That a cancellation counts."""
    overlap: bool = False
    """That she has something else at this time."""
