"""What people are told of groups and supervision: mail and calendar entries, within the
transaction of the change that they tell of.

Each function is called where something has just become so. What was written before and has not
left is taken back where it is not so any more, and told as it is now.
"""

from recul.booking.notices.appointments import (
    appointment_cancelled,
    appointment_moved,
    booked,
)
from recul.booking.notices.cycles import (
    called_off,
    decision_wanted,
    kept,
    put_off,
    relocated,
    without_facilitator,
)
from recul.booking.notices.dates import added, cancelled, moved
from recul.booking.notices.excuses import excused, returned
from recul.booking.notices.kinds import KINDS
from recul.booking.notices.reminders import reminded
from recul.booking.notices.seats import asked, left, offered, refused, seated, settled, waiting

__all__ = [
    "KINDS",
    "added",
    "appointment_cancelled",
    "appointment_moved",
    "asked",
    "booked",
    "called_off",
    "cancelled",
    "decision_wanted",
    "excused",
    "kept",
    "left",
    "moved",
    "offered",
    "put_off",
    "refused",
    "relocated",
    "reminded",
    "returned",
    "seated",
    "settled",
    "waiting",
    "without_facilitator",
]
