"""Whole calendars: the one that a program fetches, and the one that comes with a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from recul.booking.calendars.entries import Entry, vevent
from recul.booking.calendars.lines import EOL, folded, parameter
from recul.booking.calendars.zones import vtimezone

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Recul//Recul//FR", "CALSCALE:GREGORIAN")
OF_FEED = (
    "NAME:Recul",
    "X-WR-CALNAME:Recul",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
)
IN_ADDRESS = "@!#$&'*+-./=?^_`{|}~"


@dataclass(frozen=True, slots=True)
class Parties:
    """Between whom a date comes by mail: the instance and one reader, nobody else."""

    name: str
    sender: str
    reader: str


def feed(entries: Sequence[Entry]) -> bytes:
    return _calendar([*HEAD, *OF_FEED], entries, [vevent(entry) for entry in entries])


def message(entries: Sequence[Entry], parties: Parties, stamp: datetime) -> tuple[str, bytes]:
    """The METHOD and the calendar of a mail. Several dates go as a PUBLISH: see the package."""
    method = "PUBLISH"
    if len(entries) == 1:
        method = "CANCEL" if entries[0].cancelled else "REQUEST"
    people = [_organizer(parties)] + ([_attendee(parties)] if method != "PUBLISH" else [])
    written = [vevent(entry, stamp, people) for entry in entries]
    return method, _calendar([*HEAD, f"METHOD:{method}"], entries, written)


def _calendar(head: list[str], entries: Sequence[Entry], written: list[str]) -> bytes:
    zones = {entry.slot.zone for entry in entries}
    days = [entry.slot.day for entry in entries]
    # An evening of 31 December is another year in the zone next door.
    clocks = [vtimezone(zone, min(days).year - 1, max(days).year + 1) for zone in sorted(zones)]
    whole = [EOL.join(head), EOL, *clocks, *written, f"END:VCALENDAR{EOL}"]
    return "".join(whole).encode("utf-8", "replace")


def _organizer(parties: Parties) -> str:
    name = f";CN={parameter(parties.name)}" if parties.name else ""
    return folded(f"ORGANIZER{name}:{_mailto(parties.sender)}")


def _attendee(parties: Parties) -> str:
    """She has said yes already, and no answer would be read."""
    said = "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
    return folded(f"ATTENDEE;{said}:{_mailto(parties.reader)}")


def _mailto(address: str) -> str:
    return "mailto:" + quote(address, safe=IN_ADDRESS)
