"""A cycle as one person may know it: what everybody who could join reads, and, for who has a
seat, how to get in. Names of others are on a page of their own: see `companions`."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.accounts.queries import PERSON
from recul.booking.queries import within
from recul.booking.queries.shapes import CycleRow, MeetingRow
from recul.booking.queries.sheets import as_filed
from recul.booking.series import Series, series
from recul.booking.wall import Slot
from recul.database import fetch

STANDING = f"""
SELECT e.state, e.arrival, o.id AS offer, o.until, v.id AS charter, v.version, v.text,
    x.id AS accepted, {within.SEATS_TAKEN} AS seated,
    (SELECT count(*) FROM enrolment w WHERE w.cycle = c.id AND w.state = 'waiting'
        AND w.arrival <= e.arrival) AS rank,
    (SELECT count(*) FROM seat_offer k WHERE k.cycle = c.id AND k.state = 'open') AS kept,
    {within.REGULAR} AS regular
FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group
LEFT JOIN enrolment e ON e.cycle = c.id AND e.account = {{}} AND e.state <> 'left'
    AND NOT EXISTS (SELECT 1 FROM enrolment l WHERE l.cycle = c.id AND l.account = e.account
        AND l.arrival > e.arrival)
LEFT JOIN seat_offer o ON o.enrolment = e.id AND o.state = 'open' AND o.until > {{}}
LEFT JOIN group_agreement v ON v.meeting_group = g.id AND v.version = (
    SELECT max(h.version) FROM group_agreement h WHERE h.meeting_group = g.id)
LEFT JOIN agreement_acceptance x ON x.agreement = v.id AND x.account = {{}}
WHERE c.id = {{}}
"""
COMPANIONS = f"""
SELECT p.display_name FROM enrolment e JOIN {PERSON} p ON p.account = e.account
WHERE e.cycle = {{}} AND e.state = 'seated' AND e.account <> {{}}
    AND EXISTS (SELECT 1 FROM enrolment me WHERE me.cycle = e.cycle AND me.account = {{}}
        AND me.state = 'seated')
"""
AWAITS = """
SELECT v.id FROM meeting_cycle c JOIN group_agreement v ON v.meeting_group = c.meeting_group
WHERE c.id = {} AND NOT EXISTS (SELECT 1 FROM group_agreement h
        WHERE h.meeting_group = v.meeting_group AND h.version > v.version)
    AND NOT EXISTS (SELECT 1 FROM agreement_acceptance x
        WHERE x.agreement = v.id AND x.account = {})
"""
OWN_DATES = """
SELECT meeting, state FROM attendance WHERE account = {} AND meeting IN (
    SELECT id FROM meeting WHERE cycle = {})
"""


@dataclass(frozen=True, slots=True)
class Charter:
    """The version of a group's *charte* that is in force."""

    id: UUID
    version: int
    text: str
    accepted: bool
    """By the viewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the viewer stands to a cycle."""

    state: str | None
    """asked | waiting | seated | refused, or none."""
    rank: int | None
    """1 for who waits longest; while she waits."""
    offer: UUID | None
    """A seat that is kept for her at this moment."""
    until: datetime | None
    charter: Charter | None
    free: int
    """Seats that are for whoever comes next."""
    regular: bool
    """She has, or had, a seat in some cycle of the group."""

    @property
    def inside(self) -> bool:
        return self.state == "seated"

    @property
    def to_accept(self) -> bool:
        """The charter in force is new to her."""
        return self.charter is not None and not self.charter.accepted


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date, and what is noted of the viewer at it."""

    meeting: MeetingRow
    attendance: str | None

    @property
    def id(self) -> UUID:
        return self.meeting.id

    @property
    def slot(self) -> Slot:
        return self.meeting.slot

    @property
    def noted(self) -> bool:
        return self.meeting.noted_on is not None


@dataclass(frozen=True, slots=True)
class CyclePage:
    cycle: CycleRow
    """Its access note and its link only for who has a seat."""
    standing: Standing
    dates: list[PageDate]

    @property
    def coming(self) -> list[MeetingRow]:
        return within.coming([date.meeting for date in self.dates], clock.now())

    @property
    def series(self) -> Series:
        return series([date.meeting.slot for date in self.dates if not date.meeting.cancelled])

    @property
    def takes(self) -> bool:
        """It goes on, and has a date to come."""
        going_on = self.cycle.state != "cancelled" and not self.cycle.group.closed_on
        return going_on and any(date.starts_at > clock.now() for date in self.coming)


async def cycle_page(viewer: UUID, wanted: UUID) -> CyclePage | None:
    """BOOKER, in four statements."""
    cycle = await within.bookable_cycle(viewer, wanted)
    if cycle is None:
        return None
    now = clock.now()
    [row] = await fetch(QueryString(STANDING, viewer, viewer, now, viewer, wanted))
    standing = _standing(row, cycle.capacity)
    if not standing.inside:
        cycle = replace(cycle, access_note="", video_link="")
    own = {
        row["meeting"]: row["state"] for row in await fetch(QueryString(OWN_DATES, viewer, wanted))
    }
    dates = [PageDate(row, own.get(row.id)) for row in await within.meetings(wanted)]
    return CyclePage(cycle, standing, dates)


def _standing(row: dict[str, Any], capacity: int) -> Standing:
    charter = None
    if row["charter"]:
        charter = Charter(row["charter"], row["version"], row["text"], row["accepted"] is not None)
    return Standing(
        state=row["state"],
        rank=row["rank"] if row["state"] == "waiting" else None,
        offer=row["offer"],
        until=row["until"],
        charter=charter,
        free=max(capacity - row["seated"] - row["kept"], 0),
        regular=bool(row["regular"]),
    )


async def companions(viewer: UUID, cycle: UUID) -> list[str]:
    """SEATED: the names of the others who have a seat. Whoever asks has made sure that she
    accepted the charter in force; without a seat of hers there are none."""
    rows = await fetch(QueryString(COMPANIONS, cycle, viewer, viewer))
    return sorted((row["display_name"] for row in rows), key=as_filed)


async def charter_awaits(viewer: UUID, cycle: UUID) -> bool:
    """The charter in force was not accepted by the viewer: names stay closed to her."""
    rows = await fetch(QueryString(AWAITS, cycle, viewer))
    return bool(rows)
