"""What somebody who leaves has before her in groups and supervision: said to her beforehand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch

_TO_COME = """EXISTS (SELECT 1 FROM meeting m WHERE m.cycle = c.id AND NOT m.cancelled
    AND m.ends_at > {})"""
SEATS = f"""
SELECT c.id, g.name, e.state FROM enrolment e JOIN meeting_cycle c ON c.id = e.cycle
JOIN meeting_group g ON g.id = c.meeting_group
WHERE e.account = {{}} AND e.state IN ('asked', 'waiting', 'seated') AND {_TO_COME}
ORDER BY c.id
"""
FOLLOWED = """
SELECT s.id FROM supervision s WHERE s.account = {} AND s.ended_on IS NULL ORDER BY s.id
"""
OWN_DATES = """
SELECT count(*) AS n FROM appointment WHERE account = {} AND state = 'booked' AND starts_at > {}
"""
GIVEN_DATES = """
SELECT count(*) AS n FROM appointment WHERE facilitator = {} AND state = 'booked' AND starts_at > {}
"""
LED = f"""
SELECT g.id, g.name, g.organisation, o.name AS organisation_name,
    EXISTS (SELECT 1 FROM meeting_cycle c WHERE c.meeting_group = g.id
        AND c.state <> 'cancelled' AND {_TO_COME}) AS has_dates
FROM meeting_group g JOIN organisation o ON o.id = g.organisation
WHERE g.facilitator = {{}} AND g.closed_on IS NULL ORDER BY lower(g.name), g.id
"""
OFFERS = "SELECT id FROM supervision_offer WHERE facilitator = {} AND closed_on IS NULL ORDER BY id"


@dataclass(frozen=True, slots=True)
class Seat:
    cycle: UUID
    group_name: str
    state: str
    """asked | waiting | seated"""


@dataclass(frozen=True, slots=True)
class Led:
    """A group that she leads."""

    id: UUID
    name: str
    organisation: UUID
    organisation_name: str
    has_dates: bool
    """Dates to come that people count on."""


@dataclass(frozen=True, slots=True)
class Before:
    """What others notice when she goes."""

    seats: list[Seat]
    appointments: int
    """To come, in which she is the one who is supervised."""
    led: list[Led]
    given: int
    """Appointments to come that others have with her."""

    def __bool__(self) -> bool:
        return bool(self.seats or self.appointments or self.led or self.given)


async def before(viewer: UUID, now: datetime) -> Before:
    rows = await fetch(QueryString(SEATS, viewer, now))
    [own] = await fetch(QueryString(OWN_DATES, viewer, now))
    [given] = await fetch(QueryString(GIVEN_DATES, viewer, now))
    return Before(
        [Seat(row["id"], row["name"], row["state"]) for row in rows],
        int(own["n"]),
        await led(viewer, now),
        int(given["n"]),
    )


async def led(viewer: UUID, now: datetime) -> list[Led]:
    rows = await fetch(QueryString(LED, now, viewer))
    return [Led(**row | {"has_dates": bool(row["has_dates"])}) for row in rows]


async def followed(viewer: UUID) -> list[UUID]:
    """Her supervisions that go on."""
    return [row["id"] for row in await fetch(QueryString(FOLLOWED, viewer))]


async def offers(viewer: UUID) -> list[UUID]:
    """Of supervision, hers and open."""
    return [row["id"] for row in await fetch(QueryString(OFFERS, viewer))]
