"""What the reads of organisations give back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: UUID
    name: str
    organisation: UUID
    organisation_name: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    id: UUID
    name: str
    unit: UUID
    unit_name: str
    organisation: UUID
    organisation_name: str


@dataclass(frozen=True, slots=True)
class MyTeam:
    """One of somebody's own teams. `answers`: she is also a line manager of it, and then has no
    voice in what the team decides without its hierarchy."""

    membership: UUID
    team: TeamRow
    home: bool
    started_on: date
    answers: bool


@dataclass(frozen=True, slots=True)
class Person:
    account: UUID
    display_name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is in a team now. `answers` as in `MyTeam`."""

    membership: UUID
    account: UUID
    display_name: str
    email: str
    home: bool
    started_on: date
    answers: bool


@dataclass(frozen=True, slots=True)
class Manager:
    """Somebody who answers for a team now."""

    link: UUID
    account: UUID
    display_name: str
    started_on: date


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that waits for somebody."""

    id: UUID
    organisation: UUID
    team: UUID | None
    leads_into: str
    """The team, or the organisation, in words."""
    kind: str
    display_name: str
    email: str
    invitation: UUID | None
    valid_until: datetime | None
