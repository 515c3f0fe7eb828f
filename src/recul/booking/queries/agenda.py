"""What somebody has in her agenda here: seats, meetings she leads, and supervision.

The one statement behind *Mes groupes*, *Ma semaine*, calendar feeds and the warning about two
things at the same time. Nobody reaches another person's agenda with it: it asks for one id.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.booking.queries.raw import id_of, slot_of
from recul.booking.wall import Slot
from recul.database import fetch

_COLUMNS = """
    m.id, m.day, m.starts, m.minutes, m.starts_at, m.ends_at, m.cancelled, m.sequence,
    m.changed_at, c.zone, COALESCE(m.place, c.place) AS place,
    c.video_link, c.id AS cycle, g.id AS meeting_group, g.kind,
    g.name, c.state, g.organisation
"""
SEATED = f"""
SELECT 'seat' AS part, {_COLUMNS}, a.state AS attendance, CAST(NULL AS UUID) AS other
FROM enrolment e JOIN meeting_cycle c ON c.id = e.cycle
JOIN meeting_group g ON g.id = c.meeting_group JOIN meeting m ON m.cycle = c.id
LEFT JOIN attendance a ON a.meeting = m.id AND a.account = e.account
WHERE e.account = {{}} AND e.state = 'seated' AND m.ends_at > {{}} AND m.starts_at < {{}}
"""
LED = f"""
SELECT 'lead' AS part, {_COLUMNS}, NULL AS attendance, CAST(NULL AS UUID) AS other
FROM meeting_group g JOIN meeting_cycle c ON c.meeting_group = g.id
JOIN meeting m ON m.cycle = c.id
WHERE g.facilitator = {{}} AND m.ends_at > {{}} AND m.starts_at < {{}}
"""
APPOINTMENTS = """
SELECT 'PART' AS part, p.id, p.day, p.starts, p.minutes, p.starts_at, p.ends_at,
    p.state = 'cancelled' AS cancelled, p.sequence, p.changed_at, o.zone, o.place, o.video_link,
    p.supervision AS cycle, o.id AS meeting_group, 'individual_supervision' AS kind,
    '' AS name, 'confirmed' AS state, o.organisation, NULL AS attendance, p.OTHER AS other
FROM appointment p JOIN supervision s ON s.id = p.supervision
JOIN supervision_offer o ON o.id = s.offer
WHERE p.MINE = {} AND p.ends_at > {} AND p.starts_at < {}
"""
OWN = APPOINTMENTS.replace("PART", "supervised").replace("OTHER", "facilitator")
GIVEN = APPOINTMENTS.replace("PART", "supervise").replace("OTHER", "account")
AGENDA = " UNION ALL ".join(
    (SEATED, LED, OWN.replace("MINE", "account"), GIVEN.replace("MINE", "facilitator"))
)


@dataclass(frozen=True, slots=True)
class Engagement:
    """One date of somebody's agenda."""

    part: str
    """`seat` and `lead` in a group; `supervised` and `supervise` in individual supervision."""
    id: UUID
    """Of the meeting or the appointment."""
    slot: Slot
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    sequence: int
    changed_at: datetime
    place: str
    video_link: str
    cycle: UUID
    """The cycle of a meeting, the supervision of an appointment."""
    group: UUID
    """The group, or the offer of a supervision."""
    kind: str
    name: str
    state: str
    """Of the cycle: planned | confirmed | cancelled."""
    organisation: UUID
    attendance: str | None
    other: UUID | None
    """The other person of an appointment."""


async def agenda(viewer: UUID, since: datetime, until: datetime) -> list[Engagement]:
    """Everything of the viewer's that touches the time between two instants, in its order;
    cancelled dates too."""
    args = (viewer, since, until)
    rows = await fetch(QueryString(AGENDA, *args, *args, *args, *args))
    found = [_engagement(row) for row in rows]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


async def clashes(viewer: UUID, slots: list[Slot], but: UUID | None = None) -> list[Engagement]:
    """What the viewer has at the same time as any of these, apart from one cycle: a warning."""
    if not slots:
        return []
    since, until = min(s.starts_at for s in slots), max(s.ends_at for s in slots)
    return [
        one
        for one in await agenda(viewer, since, until)
        if not one.cancelled
        and one.state != "cancelled"
        and but not in (one.cycle, one.id)
        and any(one.slot.overlaps(slot) for slot in slots)
    ]


def _engagement(row: dict[str, Any]) -> Engagement:
    """SQLite makes ids, days and instants of the columns that its first part reads from tables;
    of `other` it does not."""
    group, other = row.pop("meeting_group"), row.pop("other")
    other = id_of(other) if other else None
    return Engagement(slot=slot_of(row), group=group, other=other, **row)
