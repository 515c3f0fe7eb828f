"""What reads of groups give back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from recul.booking.wall import Slot


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group, as whoever reaches it may know it."""

    id: UUID
    organisation: UUID
    organisation_name: str
    team: UUID | None
    kind: str
    name: str
    purpose: str
    facilitator: UUID | None
    facilitator_name: str | None
    admission: str
    capacity: int
    minimum: int
    minutes: int
    service_agreement: UUID | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle of a group. `access_note` and `video_link` are for those who have a seat."""

    id: UUID
    group: GroupRow
    zone: str
    area: str
    place: str
    access_note: str
    video_link: str
    capacity: int
    minimum: int
    decide_on: date
    state: str
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One date of a cycle. `number` counts the dates of the cycle from 1, cancelled ones too."""

    id: UUID
    cycle: UUID
    number: int
    slot: Slot
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    sequence: int
    noted_on: date | None
    place: str
    """Of this date: the cycle's, unless it meets elsewhere for once."""
