"""Who was expected at a meeting, who asks for a seat, who waits: for its facilitator only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking.queries.shapes import MeetingRow
from recul.booking.queries.sheets import as_filed
from recul.database import fetch
from recul.organisation.queries.hierarchy import BELOW

EXPECTED = f"""
SELECT e.account, p.display_name, a.state
FROM enrolment e JOIN {PERSON} p ON p.account = e.account
LEFT JOIN attendance a ON a.meeting = {{}} AND a.account = e.account
WHERE e.cycle = {{}} AND (e.state = 'seated' OR (a.state IS NOT NULL AND {{}}))
GROUP BY e.account, p.display_name, a.state ORDER BY e.account
"""
LEFT_NAMES = """
SELECT name, state FROM attendance WHERE meeting = {} AND account IS NULL ORDER BY name, id
"""
PEOPLE = f"""
SELECT e.id, e.account, p.display_name, e.state, e.asked_on, e.settled_on,
    EXISTS (SELECT 1 FROM seat_offer s WHERE s.enrolment = e.id AND s.state = 'open') AS offered,
    (e.account IN ({BELOW})) AS answers_for
FROM enrolment e JOIN {PERSON} p ON p.account = e.account
WHERE e.cycle = {{}} AND e.state IN ('asked', 'waiting', 'seated')
ORDER BY e.arrival
"""


@dataclass(frozen=True, slots=True)
class Expected:
    account: UUID
    display_name: str
    state: str | None
    """present | excused | absent, where it was said or noted."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a seat, a request or a rank."""

    id: UUID
    account: UUID
    display_name: str
    state: str
    asked_on: date
    settled_on: date | None
    offered: bool
    answers_for: bool
    """The facilitator manages a team of hers: a double role that the facilitator is warned of."""


async def expected(meeting: MeetingRow) -> list[Expected]:
    """Who has a seat; once the meeting is noted, who left since and was there as well."""
    args = (meeting.id, meeting.cycle, meeting.noted_on is not None)
    rows = await fetch(QueryString(EXPECTED, *args))
    return sorted((Expected(**row) for row in rows), key=lambda one: as_filed(one.display_name))


async def names_left(meeting: MeetingRow) -> list[tuple[str, str]]:
    """Name and state of who was there and erased her account since: as the sheet had it."""
    rows = await fetch(QueryString(LEFT_NAMES, meeting.id))
    return [(row["name"], row["state"]) for row in rows]


async def participants(viewer: UUID, cycle: UUID) -> list[Participant]:
    """Everybody of a cycle by rank. Whoever asks has made sure that the viewer leads it."""
    rows = await fetch(QueryString(PEOPLE, viewer, cycle))
    return [
        Participant(
            **row | {name: bool(row[name]) for name in ("offered", "answers_for")},
        )
        for row in rows
    ]
