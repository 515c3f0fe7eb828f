"""*M’excuser*: saying beforehand that one will not be there, for one date of a cycle."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking import notices
from recul.booking.tables import Enrolment, Meeting
from recul.database import fetch, locked, write_transaction
from recul.settings import Settings

OWN_DATE = """
SELECT m.id FROM meeting m
JOIN enrolment e ON e.cycle = m.cycle AND e.account = {} AND e.state = 'seated'
WHERE m.id = {} AND NOT m.cancelled AND m.noted_on IS NULL AND m.ends_at > {}
"""
EXCUSE = """
INSERT INTO attendance (id, meeting, account, state) VALUES ({}, {}, {}, 'excused')
ON CONFLICT (meeting, account) DO NOTHING RETURNING id
"""
UNDO = (
    "DELETE FROM attendance WHERE meeting = {} AND account = {} AND state = 'excused' RETURNING id"
)


async def excuse(settings: Settings, viewer: UUID, meeting: UUID) -> bool:
    """False when it is too late: the date is over or cancelled, or attendance was noted."""
    change = QueryString(EXCUSE, uuid4(), meeting, viewer)
    return await _write(settings, viewer, meeting, change, notices.excused)


async def undo(settings: Settings, viewer: UUID, meeting: UUID) -> bool:
    """She will be there after all. False when it is too late."""
    change = QueryString(UNDO, meeting, viewer)
    return await _write(settings, viewer, meeting, change, notices.returned)


async def _write(
    settings: Settings,
    viewer: UUID,
    meeting: UUID,
    change: QueryString,
    tell: Callable[[Settings, UUID, UUID], Awaitable[None]],
) -> bool:
    """The date is held first, as where attendance is noted, then the seat: of noting, leaving and
    this, one comes after the other. What was so before is told to nobody again."""
    async with write_transaction():
        date = await locked(Meeting.select(Meeting.cycle).where(Meeting.id == meeting))
        for row in date:
            own = Enrolment.account == viewer, Enrolment.cycle == row["cycle"]
            await locked(Enrolment.select(Enrolment.id).where(*own))
        if not await fetch(QueryString(OWN_DATE, viewer, meeting, clock.now())):
            return False
        if await fetch(change):
            await tell(settings, meeting, viewer)
    return True
