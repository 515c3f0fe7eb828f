"""Working hours: on the wall clock of the person, through weekends, nights and clock changes."""

from datetime import datetime, timedelta

import pytest

from recul.notifications.rules import WorkHours, retry_after

USUAL = WorkHours()
PARIS, NOUMEA = "Europe/Paris", "Pacific/Noumea"
NIGHTS = WorkHours("5", 22 * 60, 6 * 60)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "leaves"),
    [
        # within hours: now
        (USUAL, PARIS, "2026-11-24T08:00+01:00", "2026-11-24T08:00+01:00"),
        (USUAL, PARIS, "2026-11-24T17:59:59+01:00", "2026-11-24T17:59:59+01:00"),
        # before, after, weekend
        (USUAL, PARIS, "2026-11-24T07:59+01:00", "2026-11-24T08:00+01:00"),
        (USUAL, PARIS, "2026-11-24T18:00+01:00", "2026-11-25T08:00+01:00"),
        (USUAL, PARIS, "2026-11-27T18:00+01:00", "2026-11-30T08:00+01:00"),
        (USUAL, PARIS, "2026-11-28T12:00+01:00", "2026-11-30T08:00+01:00"),
        (USUAL, PARIS, "2026-11-29T23:59+01:00", "2026-11-30T08:00+01:00"),
        # a weekend in which the clocks change, either way: eight on the new wall
        (USUAL, PARIS, "2026-03-27T18:00+01:00", "2026-03-30T08:00+02:00"),
        (USUAL, PARIS, "2026-10-23T18:00+02:00", "2026-10-26T08:00+01:00"),
        # the person's day, not the server's
        (USUAL, NOUMEA, "2026-11-22T22:00+01:00", "2026-11-23T08:00+11:00"),
        (USUAL, NOUMEA, "2026-11-27T08:00+01:00", "2026-11-30T08:00+11:00"),
        # one day a week; and the same day again
        (WorkHours("4", 540, 1020), PARIS, "2026-11-26T17:00+01:00", "2026-12-03T09:00+01:00"),
        # nights
        (NIGHTS, PARIS, "2026-11-27T23:00+01:00", "2026-11-27T23:00+01:00"),
        (NIGHTS, PARIS, "2026-11-28T05:59+01:00", "2026-11-28T05:59+01:00"),
        (NIGHTS, PARIS, "2026-11-28T06:00+01:00", "2026-12-04T22:00+01:00"),
        (NIGHTS, PARIS, "2026-11-27T05:00+01:00", "2026-11-27T22:00+01:00"),
        # hours that begin in the hour that the clocks skip
        (WorkHours("7", 150, 600), PARIS, "2026-03-28T12:00+01:00", "2026-03-29T03:30+02:00"),
        # the night that has an hour twice: until the wall says six for good
        (WorkHours("6", 1320, 360), PARIS, "2026-10-25T02:30+01:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_when_a_mail_may_leave(hours: WorkHours, zone: str, now: str, leaves: str):
    found = hours.next_open(datetime.fromisoformat(now), zone)
    assert found == datetime.fromisoformat(leaves)


def test_every_hour_of_a_year_leads_to_working_hours():
    start = datetime.fromisoformat("2026-01-01T00:30+00:00")
    for hours in (USUAL, NIGHTS, WorkHours("67", 0, 1439), WorkHours("1234567", 720, 719)):
        for n in range(0, 365 * 24, 5):
            now = start + timedelta(hours=n)
            leaves = hours.next_open(now, PARIS)
            assert now <= leaves <= now + timedelta(days=8)
            assert hours.next_open(leaves, PARIS) == leaves


def test_tries_are_further_and_further_apart():
    minutes = [retry_after(n).total_seconds() / 60 for n in (1, 2, 3, 8, 9, 10, 1000)]
    assert minutes == [1, 2, 4, 128, 240, 240, 240]
