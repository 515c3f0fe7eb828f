"""Calendars as other programs read them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.booking.ical import (
    Read,
    by_icalendar,
    by_vobject,
    lines,
    offset_by_rules,
    offset_of_zone,
)

from recul.booking.calendars import documents
from recul.booking.calendars.documents import Parties
from recul.booking.calendars.entries import Entry, mark
from recul.booking.calendars.zones import vtimezone
from recul.booking.wall import Slot

CHANGED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PARTIES = Parties('L’équipe « Recul »; "nous"', "recul@exemple.org", "ana@exemple.fr")
# Everything that may be typed: what no line can hold is cleaned away before.
TYPED = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip)
ZONES = sorted(zone for zone in available_timezones() if not zone.startswith(("posix", "right")))


def entry(number: int = 1, **more: object) -> Entry:
    slot = Slot(date(2026, 12, 3), 9 * 60, 120, "Europe/Paris")
    usual: dict[str, object] = {"slot": slot, "sequence": 2, "changed_at": CHANGED}
    usual |= {"cancelled": False, "summary": "Occupé"}
    return Entry(id=UUID(int=number), **usual | more)  # type: ignore[arg-type]


def series(zone: str, starts: int = 9 * 60) -> list[Entry]:
    """Every week from September to June: over both changes of the clocks."""
    days = [date(2026, 9, 3) + timedelta(weeks=week) for week in range(40)]
    return [entry(n, slot=Slot(day, starts, 120, zone)) for n, day in enumerate(days)]


def test_an_entry_line_by_line():
    content = documents.feed([entry(location="Salle 2, au fond; à gauche\\droite")])
    found = [line.decode() for line in lines(content)]
    start = found.index("BEGIN:VEVENT")
    assert found[:4] == list(documents.HEAD)
    assert found[start:] == [
        "BEGIN:VEVENT",
        "UID:00000000-0000-0000-0000-000000000001@recul",
        "SEQUENCE:2",
        "DTSTAMP:20261120T083000Z",
        "LAST-MODIFIED:20261120T083000Z",
        "DTSTART;TZID=Europe/Paris:20261203T090000",
        "DTEND;TZID=Europe/Paris:20261203T110000",
        "SUMMARY:Occupé",
        "LOCATION:Salle 2\\, au fond\\; à gauche\\\\droite",
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_an_empty_calendar_is_one():
    assert by_icalendar(documents.feed([])) == []


@given(summary=TYPED.filter(bool), location=TYPED)
def test_whatever_is_typed_comes_back(summary: str, location: str):
    content = documents.feed([entry(summary=summary, location=location)])
    lines(content)
    [read] = by_icalendar(content)
    assert (read.summary, read.location) == (summary, location)
    assert content.count(b"BEGIN:VEVENT") == 1


@given(text=st.text())
def test_nothing_typed_becomes_a_line_of_its_own(text: str):
    content = documents.feed([entry(summary=text, location=text)])
    plain = b"".join(documents.feed([entry(summary="x", location="x")]).split(b"\r\n ")).split()
    names = [line.split(b":")[0].split(b";")[0] for line in content.split(b"\r\n")]
    kept = [name for name in names if not name.startswith(b" ")]
    wanted = [line.split(b":")[0].split(b";")[0] for line in plain if b":" in line] + [b""]
    assert kept == (wanted if text else [name for name in wanted if name != b"LOCATION"])


@pytest.mark.parametrize("zone", ["Europe/Paris", "Europe/Zurich", "Europe/Brussels"])
def test_nine_o_clock_stays_nine_o_clock(zone: str):
    dates = series(zone)
    content = documents.feed(dates)
    for read in (by_icalendar(content), by_vobject(content)):
        here = [one.starts.astimezone(ZoneInfo(zone)) for one in read]
        assert {(at.hour, at.minute) for at in here} == {(9, 0)}
        assert {at.utcoffset() for at in here} == {timedelta(hours=1), timedelta(hours=2)}
        assert [at.date() for at in here] == [one.slot.day for one in dates]
        assert {one.ends - one.starts for one in read} == {timedelta(hours=2)}


def test_a_facilitator_abroad_sees_the_instant():
    """Between the changes of one continent and those of the other, five hours instead of six."""
    there = ZoneInfo("America/Montreal")
    for read in (by_icalendar, by_vobject):
        hours = [
            one.starts.astimezone(there).hour
            for one in read(documents.feed(series("Europe/Paris")))
        ]
        assert set(hours) == {3, 4}
        assert hours.count(4) == 3  # one week in October, two in March


def _walls(since: int, until: int) -> list[datetime]:
    """Wall clocks of some years, no hour that is skipped or comes twice among them."""
    first, days = datetime(since, 1, 1, tzinfo=UTC), (date(until, 12, 31) - date(since, 1, 1)).days
    return [
        first + timedelta(days=day, hours=hour) for day in range(0, days, 3) for hour in (9, 19)
    ]


@pytest.mark.parametrize(
    "zone",
    [
        "Africa/Casablanca",
        "Africa/Dakar",
        "America/Montreal",
        "America/Sao_Paulo",
        "Asia/Jerusalem",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Europe/Dublin",
        "Europe/Paris",
        "Indian/Reunion",
        "Pacific/Auckland",
        "UTC",
    ],
)
def test_the_rules_of_a_zone_are_its_clocks(zone: str):
    written = vtimezone(zone, 2026, 2028)
    lines(written.encode())
    for at in _walls(2026, 2028):
        assert offset_by_rules(written, zone, at) == offset_of_zone(zone, at), (zone, at)


@given(zone=st.sampled_from(ZONES), day=st.dates(date(2026, 1, 1), date(2028, 12, 30)))
def test_the_rules_of_any_zone_are_its_clocks(zone: str, day: date):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert offset_by_rules(vtimezone(zone, 2026, 2028), zone, noon) == offset_of_zone(zone, noon)


def test_paris_is_written_as_two_rules():
    written = vtimezone("Europe/Paris", 2026, 2027)
    assert [line for line in written.splitlines() if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]


def test_a_meeting_of_the_night_that_has_an_hour_twice():
    night = entry(slot=Slot(date(2026, 10, 24), 23 * 60, 240, "Europe/Paris"))
    [read] = by_icalendar(documents.feed([night]))
    assert (read.starts, read.ends) == (night.slot.starts_at, night.slot.ends_at)
    assert read.ends - read.starts == timedelta(hours=4)


def test_one_date_by_mail_is_asked_for_or_cancelled():
    for cancelled, wanted in ((False, "REQUEST"), (True, "CANCEL")):
        method, content = documents.message([entry(cancelled=cancelled)], PARTIES, NOW)
        text = b"".join(content.split(b"\r\n ")).decode()
        assert method == wanted
        assert f"METHOD:{method}\r\n" in text
        assert 'ORGANIZER;CN="L’équipe « Recul »; nous":mailto:recul@exemple.org\r\n' in text
        assert "RSVP=FALSE:mailto:ana@exemple.fr\r\n" in text
        assert text.count("ATTENDEE") == 1
        assert "DTSTAMP:20261121T120000Z" in text  # when this message was made
        lines(content)


def test_several_dates_by_mail_are_published():
    """RFC 5546, 3.2.1: any number of dates, an organiser, no attendee."""
    dates = [entry(1), entry(2, cancelled=True)]
    method, content = documents.message(dates, PARTIES, NOW)
    assert method == "PUBLISH"
    assert b"ATTENDEE" not in content
    assert content.count(b"ORGANIZER") == 2
    assert [one.status for one in by_icalendar(content)] == ["CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    "address", ["o'brien+a@exemple.fr", '"a,b;c"@exemple.fr', "éloïse@exemple.fr"]
)
def test_an_odd_address_stays_one_value(address: str):
    parties = Parties("", "recul@exemple.org", address)
    _, content = documents.message([entry()], parties, NOW)
    [event] = by_vobject_attendees(content)
    assert event.startswith("mailto:")
    assert b"ORGANIZER:mailto:recul@exemple.org\r\n" in content


def by_vobject_attendees(content: bytes) -> list[str]:
    import vobject

    found = vobject.readOne(content.decode())
    return [one.value for one in found.vevent.attendee_list]


def test_the_mark_follows_everything_that_is_shown():
    plain = entry()
    others = [
        entry(2),
        entry(sequence=3),
        entry(changed_at=NOW),
        entry(cancelled=True),
        entry(summary="Pris"),
        entry(location="Ici"),
        entry(slot=Slot(date(2026, 12, 3), 9 * 60, 90, "Europe/Paris")),
        entry(slot=Slot(date(2026, 12, 3), 9 * 60, 120, "Europe/Zurich")),
    ]
    marks = {mark([plain]), mark([]), mark([plain, plain]), *(mark([one]) for one in others)}
    assert len(marks) == 3 + len(others)
    assert mark([entry()]) == mark([entry()])


def test_both_readers_agree():
    dates = [entry(n, summary=f"Séance {n}", location="Ici, là") for n in range(5)]
    content = documents.feed(dates)
    assert by_icalendar(content) == by_vobject(content)
    assert by_icalendar(content)[1] == Read(
        f"{UUID(int=1)}@recul",
        datetime(2026, 12, 3, 8, tzinfo=UTC),
        datetime(2026, 12, 3, 10, tzinfo=UTC),
        "Séance 1",
        "Ici, là",
        "CONFIRMED",
        2,
    )
