"""Writing down who was at a meeting."""

from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.queries.attendance import expected
from recul.booking.queries.shapes import MeetingRow
from recul.booking.tables import Meeting
from recul.database import fetch, locked, write_transaction

STATES = ("present", "excused", "absent")
KEEP = """
INSERT INTO attendance (id, meeting, account, state) VALUES ({}, {}, {}, {})
ON CONFLICT (meeting, account) DO UPDATE SET state = excluded.state
"""


class NotYet(Exception):
    """The meeting has not begun."""


class Cancelled(Exception):
    """The meeting does not take place."""


async def note(meeting: MeetingRow, states: dict[UUID, str]) -> None:
    """Keep what was noted of those who were expected; others are left out. It can be noted
    again. Raises NotYet and Cancelled."""
    async with write_transaction():
        [row] = await locked(Meeting.objects().where(Meeting.id == meeting.id))
        if row.cancelled:
            raise Cancelled
        if row.starts_at > clock.now():
            raise NotYet
        for person in await expected(meeting):
            if (state := states.get(person.account)) in STATES:
                await fetch(QueryString(KEEP, uuid4(), meeting.id, person.account, state))
        await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.id == meeting.id)
