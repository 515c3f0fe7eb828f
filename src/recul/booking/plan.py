"""What planning starts from: a group to be founded or changed, a cycle to be made, a convention."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from recul.booking.wall import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """What can be changed of a group later on."""

    name: str
    purpose: str = ""
    facilitator: UUID | None
    """None: it runs itself."""
    admission: str
    """One of `kinds.ADMISSIONS`."""
    capacity: int
    minimum: int
    minutes: int
    """Of a meeting; what capacity, minimum and minutes say holds for the cycles to come."""
    team: UUID | None = None
    """None: for everybody of the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan(GroupChange):
    """A group to be founded."""

    kind: str
    """A key of `kinds.KINDS`."""
    charter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a cycle meets, and for how many."""

    place: str = ""
    access_note: str = ""
    video_link: str = ""
    capacity: int
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePlan(Setting):
    """A cycle to be made."""

    slots: tuple[Slot, ...]
    """Its dates; all in the zone of the cycle."""
    zone: str
    area: str
    """A key of `areas.AREAS`."""
    decide_on: date | None = None
    """None: a week before the first date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPlan:
    """A convention to be written down, or changed; its columns are named alike."""

    organisation: UUID
    name: str
    planned_minutes: int
    starts_on: date
    ends_on: date
