"""One date of somebody's, as an entry of a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from uuid import UUID
from zoneinfo import ZoneInfo

from recul.booking.calendars.lines import EOL, utc, wall, written
from recul.booking.wall import Slot

DETAILS = ("busy", "type", "title")
"""What an entry tells: that one is taken; the kind of meeting too; its name too."""
FORM = 1
"""Raised when entries are written in another way, so that calendars fetch them again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar shows of one date: never who, about what, or how to get in."""

    id: UUID
    """Of the meeting or the appointment: its UID is made of it, and stays."""
    slot: Slot
    sequence: int
    changed_at: datetime
    cancelled: bool
    summary: str
    location: str = ""


def vevent(entry: Entry, stamp: datetime | None = None, people: Iterable[str] = ()) -> str:
    """With its last line end. `stamp` is when a message that carries a METHOD was made; a
    calendar that is fetched says when the date last changed instead (RFC 5545, 3.8.7.2).
    No VALARM: whoever wants to be reminded has told her own calendar so."""
    zone, changed = entry.slot.zone, utc(entry.changed_at)
    state = ("CANCELLED", "TRANSPARENT") if entry.cancelled else ("CONFIRMED", "OPAQUE")
    location = [written("LOCATION", entry.location)] if entry.location else []
    return EOL.join(
        (
            "BEGIN:VEVENT",
            f"UID:{entry.id}@recul",
            f"SEQUENCE:{entry.sequence}",
            f"DTSTAMP:{utc(stamp) if stamp else changed}",
            f"LAST-MODIFIED:{changed}",
            f"DTSTART;TZID={zone}:{wall(entry.slot.wall)}",
            _end(entry.slot),
            written("SUMMARY", entry.summary),
            *location,
            *people,
            "CLASS:PRIVATE",
            f"STATUS:{state[0]}",
            f"TRANSP:{state[1]}",
            "END:VEVENT",
            "",
        )
    )


def _end(slot: Slot) -> str:
    """On the wall, unless that hour comes twice in the night and this is its second time."""
    there = slot.ends_at.astimezone(ZoneInfo(slot.zone))
    return f"DTEND:{utc(slot.ends_at)}" if there.fold else f"DTEND;TZID={slot.zone}:{wall(there)}"


def mark(entries: Iterable[Entry]) -> str:
    """Changes when what is written of these entries would change."""
    found = blake2b(digest_size=16)
    for one in entries:
        slot, shown = one.slot, (one.cancelled, one.summary, one.location)
        when = (slot.day.toordinal(), slot.starts, slot.minutes, slot.zone)
        changed = (one.sequence, one.changed_at.timestamp())
        found.update(repr((FORM, one.id.int, *when, *changed, *shown)).encode())
    return found.hexdigest()
