"""What reads of individual supervision give back, and the rows that they are made of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from recul.booking.packages import Package, is_late
from recul.booking.queries.raw import slot_of
from recul.booking.slots import Terms
from recul.booking.wall import Slot


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer of supervision. `access_note` and `video_link` are for those with a date."""

    id: UUID
    organisation: UUID
    organisation_name: str
    facilitator: UUID
    facilitator_name: str
    purpose: str
    zone: str
    area: str
    minutes: int
    buffer_minutes: int
    notice_hours: int
    change_hours: int
    daily_most: int
    horizon_days: int
    package: int
    place: str
    access_note: str
    video_link: str
    service_agreement: UUID | None
    closed_on: date | None
    bookable: bool
    """It is open, and its facilitator still works for the organisation."""

    @property
    def terms(self) -> Terms:
        return Terms(
            zone=self.zone,
            minutes=self.minutes,
            buffer_minutes=self.buffer_minutes,
            notice_hours=self.notice_hours,
            daily_most=self.daily_most,
            horizon_days=self.horizon_days,
        )


@dataclass(frozen=True, slots=True)
class SupervisionRow:
    """A package of one person with one offer."""

    id: UUID
    offer: UUID
    facilitator: UUID
    facilitator_name: str
    ended_on: date | None
    package: Package


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment, as either of its two people knows it."""

    id: UUID
    supervision: UUID
    offer: UUID
    organisation_name: str
    other_name: str
    """Of the other one; empty where that account was erased."""
    facilitator: UUID | None
    slot: Slot
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    late: bool
    sequence: int
    attended: bool | None
    change_hours: int
    place: str
    access_note: str
    video_link: str

    def is_coming(self, now: datetime) -> bool:
        return not self.cancelled and self.starts_at > now

    def is_late(self, now: datetime) -> bool:
        """A change by the professional comes too late by now."""
        return is_late(self.starts_at, now, self.change_hours)

    @property
    def free_until(self) -> datetime:
        """Until when she may still change it freely, on the wall of the offer."""
        return self.slot.wall - timedelta(hours=self.change_hours)


def supervision_row(row: dict[str, Any]) -> SupervisionRow:
    """From the columns of `supervision.SUPERVISION`, and those of its offer."""
    return SupervisionRow(
        id=row["s_id"],
        offer=row["offer"],
        facilitator=row["facilitator"],
        facilitator_name=row["facilitator_name"],
        ended_on=row["s_ended_on"],
        package=Package(row["s_meetings"], row["s_used"], row["s_coming"]),
    )


def appointment_row(row: dict[str, Any]) -> AppointmentRow:
    """A row of `supervision.APPOINTMENT` or of `supervision.GIVEN`."""
    slot = slot_of(row)
    cancelled, late = row.pop("state") == "cancelled", bool(row.pop("late"))
    attended = None if row["attended"] is None else bool(row["attended"])
    kept = row | {"attended": attended}
    return AppointmentRow(slot=slot, cancelled=cancelled, late=late, **kept)
