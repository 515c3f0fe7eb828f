"""What the members of a group see of each other's part in it: roles, and who asks to join."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch

PEOPLE = f"""
SELECT e.account, p.display_name,
    EXISTS (SELECT 1 FROM attendance a WHERE a.meeting = {{}} AND a.account = e.account
        AND a.state = 'excused') AS excused
FROM enrolment e JOIN {PERSON} p ON p.account = e.account
WHERE e.cycle = {{}} AND e.state = 'seated' ORDER BY e.arrival
"""
ROLES = """
SELECT r.meeting, r.role, r.account, m.starts_at FROM meeting_role r
JOIN meeting m ON m.id = r.meeting JOIN meeting_cycle c ON c.id = m.cycle
WHERE c.meeting_group = {} AND NOT m.cancelled AND m.starts_at <= {} ORDER BY m.starts_at, m.id
"""
REQUESTS = f"""
SELECT e.id, p.display_name, e.asked_on,
    (SELECT count(*) FROM peer_voice v JOIN enrolment s ON s.account = v.voter
        AND s.cycle = e.cycle AND s.state = 'seated'
        WHERE v.enrolment = e.id AND v.agrees) AS yes,
    (SELECT count(*) FROM peer_voice v JOIN enrolment s ON s.account = v.voter
        AND s.cycle = e.cycle AND s.state = 'seated'
        WHERE v.enrolment = e.id AND NOT v.agrees) AS no,
    (SELECT count(*) FROM enrolment s WHERE s.cycle = e.cycle AND s.state = 'seated') AS members,
    (SELECT v.agrees FROM peer_voice v WHERE v.enrolment = e.id AND v.voter = {{}}) AS mine
FROM enrolment e JOIN {PERSON} p ON p.account = e.account
WHERE e.cycle = {{}} AND e.state = 'asked' ORDER BY e.arrival
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who has a seat, and whether she excused herself from one meeting."""

    account: UUID
    display_name: str
    excused: bool


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who asks to join: how many say yes and no, never who."""

    id: UUID
    display_name: str
    yes: int
    no: int
    members: int
    mine: bool | None

    @property
    def welcome(self) -> bool:
        """More than half of the members say yes."""
        return self.yes * 2 > self.members

    @property
    def unwelcome(self) -> bool:
        """A yes of more than half cannot come any more."""
        return self.no * 2 >= self.members


async def people(meeting: UUID, cycle: UUID) -> list[Peer]:
    """Everybody with a seat, in the order in which they joined."""
    rows = await fetch(QueryString(PEOPLE, meeting, cycle))
    return [Peer(r["account"], r["display_name"], bool(r["excused"])) for r in rows]


async def roles(
    group: UUID, meeting: UUID, starts_at: datetime
) -> tuple[dict[str, UUID], list[Mapping[str, UUID]]]:
    """Who has which role at a meeting, and who had which at those before it, oldest first."""
    found: dict[UUID, dict[str, UUID]] = {}
    for row in await fetch(QueryString(ROLES, group, starts_at)):
        found.setdefault(row["meeting"], {})[row["role"]] = row["account"]
    taken = found.pop(meeting, {})
    return taken, list(found.values())


async def requests(viewer: UUID, cycle: UUID) -> list[Request]:
    """Who asks to join. Whoever asks has made sure that the viewer has a seat."""
    rows = await fetch(QueryString(REQUESTS, viewer, cycle))
    return [
        Request(
            r["id"],
            r["display_name"],
            r["yes"],
            r["no"],
            r["members"],
            None if r["mine"] is None else bool(r["mine"]),
        )
        for r in rows
    ]
