"""Free slots of offers, in two statements for as many offers as a page shows.

What a facilitator does for one organisation keeps her from slots of another: that she is not
free is all that comes out of here.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.booking import holidays_of, slots
from recul.booking.queries.raw import day_of, id_of, instant
from recul.booking.queries.supervision_shapes import OfferRow
from recul.booking.slots import Hours, Stretches, Taken
from recul.booking.wall import Slot
from recul.database import fetch

HOURS = """
SELECT offer, weekday, starts, ends, CAST(NULL AS DATE) AS day
FROM availability WHERE offer IN ([offers])
UNION ALL SELECT offer, 0 AS weekday, starts, ends, day
FROM availability_exception WHERE offer IN ([offers])
"""
TAKEN = """
SELECT p.id, p.facilitator, p.starts_at, p.ends_at, o.buffer_minutes AS buffer, 1 AS appointment
FROM appointment p JOIN supervision s ON s.id = p.supervision
JOIN supervision_offer o ON o.id = s.offer
WHERE p.facilitator IN ([people]) AND p.state = 'booked' AND p.ends_at > {} AND p.starts_at < {}
UNION ALL
SELECT m.id, g.facilitator, m.starts_at, m.ends_at, 0 AS buffer, 0 AS appointment
FROM meeting_group g JOIN meeting_cycle c ON c.meeting_group = g.id
JOIN meeting m ON m.cycle = c.id
WHERE g.facilitator IN ([people]) AND NOT m.cancelled AND c.state <> 'cancelled'
    AND m.ends_at > {} AND m.starts_at < {}
"""
AROUND = timedelta(days=2)
"""Farther than any buffer reaches beyond the first and the last slot."""


class Calendar:
    """The hours and the taken time behind some offers, read once."""

    def __init__(self, hours: dict[UUID, Hours], taken: dict[UUID, list[tuple[UUID, Taken]]]):
        self._hours = hours
        self._taken = taken

    def free(
        self, offer: OfferRow, now: datetime, *, but: UUID | None = None, only: date | None = None
    ) -> Iterator[Slot]:
        """Its free slots, one by one. `but`: an appointment that is to be moved."""
        taken = [one for id_, one in self._taken.get(offer.facilitator, []) if id_ != but]
        return self._slots(offer, taken, now, only)

    def has(self, offer: OfferRow, wanted: Slot, now: datetime, but: UUID | None = None) -> bool:
        return wanted in self.free(offer, now, but=but, only=wanted.day)

    def proposes(self, offer: OfferRow, wanted: Slot, now: datetime) -> bool:
        """It is one of the offer's times, free or not."""
        return wanted in self._slots(offer, [], now, wanted.day)

    def _slots(
        self, offer: OfferRow, taken: list[Taken], now: datetime, only: date | None
    ) -> Iterator[Slot]:
        hours = self._hours.get(offer.id, Hours())
        is_holiday = partial(holidays_of.on, offer.area)
        return slots.free(offer.terms, hours, taken, now, is_holiday, only)


async def calendar(offers: list[OfferRow], now: datetime) -> Calendar:
    if not offers:
        return Calendar({}, {})
    until = now + timedelta(days=max(offer.horizon_days for offer in offers)) + AROUND
    window = (now - AROUND, until)
    return Calendar(
        await _hours([offer.id for offer in offers]),
        await _taken(list({offer.facilitator for offer in offers}), *window),
    )


async def hours_of(offer: UUID) -> Hours:
    """When an offer receives. Whoever asks has made sure that it is reached."""
    return (await _hours([offer])).get(offer, Hours())


async def _hours(offers: list[UUID]) -> dict[UUID, Hours]:
    rows = await fetch(QueryString(_filled(HOURS, offers=offers), *offers, *offers))
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(id_of(row["offer"]), []).append(row)
    return {offer: _of_rows(kept) for offer, kept in found.items()}


def _of_rows(rows: list[dict[str, Any]]) -> Hours:
    week: dict[int, Stretches] = {}
    extra: dict[date, Stretches] = {}
    closed = set()
    for row in rows:
        stretch = (row["starts"], row["ends"])
        if row["weekday"]:
            week.setdefault(row["weekday"], []).append(stretch)
        elif row["starts"] is None:
            closed.add(day_of(row["day"]))
        else:
            extra.setdefault(day_of(row["day"]), []).append(stretch)
    return Hours({day: sorted(kept) for day, kept in week.items()}, frozenset(closed), extra)


async def _taken(
    people: list[UUID], since: datetime, until: datetime
) -> dict[UUID, list[tuple[UUID, Taken]]]:
    args = (*people, since, until)
    found: dict[UUID, list[tuple[UUID, Taken]]] = {}
    for row in await fetch(QueryString(_filled(TAKEN, people=people), *args, *args)):
        starts, ends = instant(row["starts_at"]), instant(row["ends_at"])
        one = Taken(starts, ends, row["buffer"], bool(row["appointment"]))
        found.setdefault(id_of(row["facilitator"]), []).append((id_of(row["id"]), one))
    return found


def _filled(statement: str, **lists: list[UUID]) -> str:
    for name, values in lists.items():
        statement = statement.replace(f"[{name}]", ", ".join(["{}"] * len(values)))
    return statement
