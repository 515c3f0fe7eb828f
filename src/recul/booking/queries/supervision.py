"""Individual supervision as a professional reaches it: who offers it where she belongs, and her
own. Nobody else reaches any of it but the facilitator: see `supervision_given`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking.queries.supervision_shapes import (
    AppointmentRow,
    OfferRow,
    SupervisionRow,
    appointment_row,
    supervision_row,
)
from recul.booking.queries.within import BELONGS
from recul.database import fetch
from recul.organisation.queries.hierarchy import IN_LINE

BOOKABLE = """
(o.closed_on IS NULL AND EXISTS (SELECT 1 FROM role r WHERE r.account = o.facilitator
    AND r.organisation = o.organisation AND r.kind = 'facilitator' AND r.ended_on IS NULL))
"""
OFFER = f"""
o.id, o.organisation, h.name AS organisation_name, o.facilitator,
    f.display_name AS facilitator_name, o.purpose, o.zone, o.area, o.minutes, o.buffer_minutes,
    o.notice_hours, o.change_hours, o.daily_most, o.horizon_days, o.package, o.place,
    o.access_note, o.video_link, o.service_agreement, o.closed_on, {BOOKABLE} AS bookable
"""
ITS = f"""
JOIN organisation h ON h.id = o.organisation JOIN {PERSON} f ON f.account = o.facilitator
"""
USED = "SELECT count(*) FROM appointment p WHERE p.supervision = s.id AND"
SUPERVISION = f"""
s.id AS s_id, s.ended_on AS s_ended_on,
    s.meetings AS s_meetings,
    ({USED} (p.state = 'booked' OR p.late)) AS s_used,
    ({USED} p.state = 'booked' AND p.starts_at > {{}}) AS s_coming
"""
OFFERS = f"""
SELECT {OFFER}, (o.facilitator IN ({IN_LINE})) AS in_line, {SUPERVISION}
FROM supervision_offer o {ITS}
LEFT JOIN supervision s ON s.offer = o.id AND s.account = {{}} AND s.ended_on IS NULL
WHERE o.organisation IN ({BELONGS}) AND (s.id IS NOT NULL OR {BOOKABLE})
"""
_APPOINTMENT = f"""
SELECT p.id, p.supervision, o.id AS offer, h.name AS organisation_name,
    COALESCE(q.display_name, '') AS other_name, p.facilitator, p.day,
    p.starts, p.minutes, o.zone, p.starts_at, p.ends_at, p.state, p.late, p.sequence, p.attended,
    o.change_hours, o.place, o.access_note, o.video_link
FROM appointment p JOIN supervision s ON s.id = p.supervision
JOIN supervision_offer o ON o.id = s.offer JOIN organisation h ON h.id = o.organisation
LEFT JOIN {PERSON} q ON q.account = p.(other)
WHERE p.(own) = {{}}
"""
APPOINTMENT = _APPOINTMENT.replace("(own)", "account").replace("(other)", "facilitator")
GIVEN = _APPOINTMENT.replace("(own)", "facilitator").replace("(other)", "account")
"""The same, as the two people of an appointment reach it."""
FOLLOWED = f"""
SELECT s.offer, o.facilitator, f.display_name AS facilitator_name, {SUPERVISION}
FROM supervision s JOIN supervision_offer o ON o.id = s.offer
JOIN {PERSON} f ON f.account = o.facilitator
WHERE s.account = {{}} AND s.id = {{}}
"""
COMING = "AND p.state = 'booked' AND p.ends_at > {}"
SOON = 3
"""Appointments that *Mes groupes* shows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer that the viewer reaches, and her supervision with it that goes on, if any."""

    offer: OfferRow
    own: bool
    """It is the viewer's own."""
    in_line: bool
    """One of them answers for the other: she cannot be chosen."""
    supervision: SupervisionRow | None

    @property
    def can_book(self) -> bool:
        return self.offer.bookable and not self.in_line and not self.own


@dataclass(frozen=True, slots=True)
class Block:
    """What *Mes groupes* shows of the viewer's individual supervision."""

    appointments: list[AppointmentRow]
    followed: list[Choice]
    offered: bool
    """Somebody may be chosen."""

    def __bool__(self) -> bool:
        return bool(self.appointments or self.followed or self.offered)


async def block(viewer: UUID, now: datetime) -> Block:
    """For *Mes groupes*: two statements, however much there is."""
    choices = await offers(viewer, now)
    return Block(
        appointments=(await appointments(viewer, now))[:SOON],
        followed=[choice for choice in choices if choice.supervision],
        offered=any(choice.can_book for choice in choices),
    )


async def offers(viewer: UUID, now: datetime) -> list[Choice]:
    """BOOKER: what is offered where the viewer belongs, by others; what has closed meanwhile
    only where her supervision goes on."""
    more = " AND o.facilitator <> {} ORDER BY lower(f.display_name), lower(h.name), o.minutes, o.id"
    return await _choices(viewer, now, more, viewer)


async def offer(viewer: UUID, wanted: UUID, now: datetime) -> Choice | None:
    """BOOKER: one of `offers`, or her own to be looked at."""
    found = await _choices(viewer, now, " AND o.id = {}", wanted)
    return found[0] if found else None


async def offer_behind(appointment: AppointmentRow) -> OfferRow:
    """The offer of an appointment that the viewer was found to reach, closed or not."""
    statement = f"SELECT {OFFER} FROM supervision_offer o {ITS} WHERE o.id = {{}}"
    [row] = await fetch(QueryString(statement, appointment.offer))
    return OfferRow(**row | {"bookable": bool(row["bookable"])})


async def _choices(viewer: UUID, now: datetime, more: str, *args: Any) -> list[Choice]:
    own = [viewer, viewer, now, *[viewer] * 4]
    return [_choice(viewer, row) for row in await fetch(QueryString(OFFERS + more, *own, *args))]


def _choice(viewer: UUID, row: dict[str, Any]) -> Choice:
    supervision = supervision_row(row | {"offer": row["id"]}) if row["s_id"] else None
    kept = {name: value for name, value in row.items() if not name.startswith("s_")}
    in_line, bookable = bool(kept.pop("in_line")), bool(kept.pop("bookable"))
    offer = OfferRow(bookable=bookable, **kept)
    return Choice(offer, offer.facilitator == viewer, in_line, supervision)


async def appointments(viewer: UUID, now: datetime) -> list[AppointmentRow]:
    """SUPERVISED: her own that are not over, in their order; wherever she belongs by now."""
    statement = f"{APPOINTMENT} {COMING} ORDER BY p.starts_at, p.id"
    return [appointment_row(row) for row in await fetch(QueryString(statement, viewer, now))]


async def coming(viewer: UUID, supervision: UUID, now: datetime) -> list[AppointmentRow]:
    """SUPERVISED: those of one supervision that have not begun."""
    return [
        one
        for one in await appointments(viewer, now)
        if one.supervision == supervision and one.is_coming(now)
    ]


async def appointment(viewer: UUID, wanted: UUID) -> AppointmentRow | None:
    """SUPERVISED: one of her own, cancelled or over too."""
    rows = await fetch(QueryString(APPOINTMENT + " AND p.id = {}", viewer, wanted))
    return appointment_row(rows[0]) if rows else None


async def supervision(viewer: UUID, wanted: UUID, now: datetime) -> SupervisionRow | None:
    """SUPERVISED: one of her own, ended or not."""
    rows = await fetch(QueryString(FOLLOWED, now, viewer, wanted))
    return supervision_row(rows[0]) if rows else None
