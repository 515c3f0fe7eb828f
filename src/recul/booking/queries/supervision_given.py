"""Individual supervision as the facilitator reaches it: her own offers, and her appointments.

What she does for one organisation shows in nothing that belongs to another. An organisation
reads a sum of minutes a month, and no person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking.queries.supervision import GIVEN, ITS, OFFER
from recul.booking.queries.supervision_shapes import AppointmentRow, OfferRow, appointment_row
from recul.database import fetch

OWN = f"SELECT {OFFER} FROM supervision_offer o {ITS} WHERE o.facilitator = {{}}"
WORKS_FOR = """
SELECT o.id, o.name FROM organisation o JOIN role r ON r.organisation = o.id
WHERE r.account = {} AND r.kind = 'facilitator' AND r.ended_on IS NULL
ORDER BY lower(o.name), o.id
"""
AGREEMENTS = """
SELECT id, organisation, name FROM service_agreement
WHERE facilitator = {} AND organisation = {} ORDER BY starts_on DESC, id
"""
EXCEPTIONS = """
SELECT x.id, x.offer, x.day, x.starts, x.ends FROM availability_exception x
JOIN supervision_offer o ON o.id = x.offer WHERE o.facilitator = {}
"""
MINUTES = f"""
SELECT substr(CAST(p.day AS TEXT), 1, 7) AS month, p.facilitator,
    COALESCE(f.display_name, '') AS display_name, sum(p.minutes) AS minutes
FROM appointment p JOIN supervision s ON s.id = p.supervision
JOIN supervision_offer o ON o.id = s.offer LEFT JOIN {PERSON} f ON f.account = p.facilitator
WHERE o.organisation = {{}} AND p.day >= {{}} AND p.day <= {{}} AND p.ends_at <= {{}}
    AND (p.state = 'booked' OR p.late)
GROUP BY 1, p.facilitator, f.display_name ORDER BY 1, lower(f.display_name), p.facilitator
"""


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation that somebody facilitates for now."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A day that is otherwise. Without hours it is closed."""

    id: UUID
    offer: UUID
    day: date
    starts: int | None
    ends: int | None


@dataclass(frozen=True, slots=True)
class MinutesGiven:
    """What one facilitator gave to an organisation in one month, to all persons together."""

    month: str
    """2026-11"""
    facilitator: UUID | None
    facilitator_name: str
    """Empty for those whose account was erased, all together."""
    minutes: int

    @property
    def first_day(self) -> date:
        return date.fromisoformat(f"{self.month}-01")


async def own_offers(viewer: UUID) -> list[OfferRow]:
    """FACILITATING: her own, the closed ones last."""
    order = " ORDER BY o.closed_on IS NOT NULL, lower(h.name), o.minutes, o.id"
    return [_offer(row) for row in await fetch(QueryString(OWN + order, viewer))]


async def own_offer(viewer: UUID, wanted: UUID) -> OfferRow | None:
    """FACILITATING."""
    rows = await fetch(QueryString(OWN + " AND o.id = {}", viewer, wanted))
    return _offer(rows[0]) if rows else None


def _offer(row: dict[str, Any]) -> OfferRow:
    return OfferRow(**row | {"bookable": bool(row["bookable"])})


async def works_for(viewer: UUID) -> list[Employer]:
    """Where the viewer facilitates now: for whom she may offer supervision."""
    return [Employer(**row) for row in await fetch(QueryString(WORKS_FOR, viewer))]


async def agreements(viewer: UUID, organisation: UUID) -> list[tuple[UUID, str]]:
    """Her own conventions with an organisation."""
    rows = await fetch(QueryString(AGREEMENTS, viewer, organisation))
    return [(row["id"], row["name"]) for row in rows]


async def exceptions(viewer: UUID, offer: UUID, since: date) -> list[ExceptionRow]:
    """FACILITATING: the days that are otherwise, from a day on, of one of her offers."""
    statement = EXCEPTIONS + " AND x.offer = {} AND x.day >= {} ORDER BY x.day, x.starts, x.id"
    rows = await fetch(QueryString(statement, viewer, offer, since))
    return [ExceptionRow(**row) for row in rows]


async def appointments(viewer: UUID, now: datetime) -> list[AppointmentRow]:
    """FACILITATING: those that are not over, of all her offers, in their order."""
    statement = GIVEN + " AND p.state = 'booked' AND p.ends_at > {}"
    order = " ORDER BY p.starts_at, p.id"
    rows = await fetch(QueryString(statement + order, viewer, now))
    return [appointment_row(row) for row in rows]


async def unnoted(viewer: UUID, now: datetime, since: datetime) -> list[AppointmentRow]:
    """FACILITATING: those held since an instant of which nobody said whether the person came."""
    statement = GIVEN + (
        " AND p.state = 'booked' AND p.attended IS NULL AND p.starts_at <= {} AND p.ends_at > {}"
        " ORDER BY p.starts_at DESC, p.id"
    )
    rows = await fetch(QueryString(statement, viewer, now, since))
    return [appointment_row(row) for row in rows]


async def appointment(viewer: UUID, wanted: UUID) -> AppointmentRow | None:
    """FACILITATING: one of her own, cancelled or over too."""
    rows = await fetch(QueryString(GIVEN + " AND p.id = {}", viewer, wanted))
    return appointment_row(rows[0]) if rows else None


async def minutes_given(
    organisation: UUID, first: date, last: date, now: datetime
) -> list[MinutesGiven]:
    """ORGANISER: minutes that are over, by month and facilitator: held, missed or cancelled too
    late. Whoever asks has made sure that the viewer organises this; it names no person."""
    rows = await fetch(QueryString(MINUTES, organisation, first, last, now))
    return [
        MinutesGiven(row["month"], row["facilitator"], row["display_name"], int(row["minutes"]))
        for row in rows
    ]
