"""Calendars re-read by code that is not ours: icalendar, vobject, and dateutil for the zones."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import vobject
from dateutil.tz import tzical
from icalendar import Calendar

WIDTH = 75


class Read(NamedTuple):
    """An entry as another program understands it; times are instants."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    location: str
    status: str
    sequence: int


def by_icalendar(content: bytes) -> list[Read]:
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    assert not found.errors
    return sorted(
        Read(
            str(one["UID"]),
            one.decoded("DTSTART").astimezone(UTC),
            one.decoded("DTEND").astimezone(UTC),
            str(one["SUMMARY"]),
            str(one.get("LOCATION", "")),
            str(one["STATUS"]),
            int(str(one["SEQUENCE"])),
        )
        for one in found.walk("VEVENT")
    )


def by_vobject(content: bytes) -> list[Read]:
    """Reads zones from the VTIMEZONE of the calendar, not from its name."""
    found = vobject.readOne(content.decode())
    return sorted(_read(one) for one in getattr(found, "vevent_list", []))


def _read(one: Any) -> Read:
    return Read(
        one.uid.value,
        one.dtstart.value.astimezone(UTC),
        one.dtend.value.astimezone(UTC),
        one.summary.value,
        one.location.value if hasattr(one, "location") else "",
        one.status.value,
        int(one.sequence.value),
    )


def lines(content: bytes) -> list[bytes]:
    """As they are folded. Each ends as RFC 5545 wants, and none is too long."""
    assert content.endswith(b"\r\n")
    found = content.split(b"\r\n")[:-1]
    assert not any(b"\n" in line or b"\r" in line for line in found)
    assert max(map(len, found)) <= WIDTH
    for line in found:
        line.decode()  # no character is cut in two
    return found


def offset_by_rules(vtimezone: str, zone: str, at: datetime) -> float:
    """Seconds ahead of UTC of a wall clock, by the rules that are written, not by the name."""
    rules = tzical(StringIO(vtimezone)).get(zone)
    ahead = at.replace(tzinfo=rules).utcoffset()
    assert ahead is not None
    return ahead.total_seconds()


def offset_of_zone(zone: str, at: datetime) -> float:
    ahead = at.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert ahead is not None
    return ahead.total_seconds()
