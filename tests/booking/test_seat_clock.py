"""48 hours that run on working days."""

from datetime import UTC, date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.booking import holidays_of
from recul.booking.seat_clock import kept_until

PARIS = "Europe/Paris"
FAR = datetime(2030, 1, 1, tzinfo=UTC)

CASES = [
    ("a Monday", "2026-11-23T10:30", "FR", "2026-11-25T10:30"),
    ("a Thursday", "2026-11-26T10:30", "FR", "2026-11-30T10:30"),
    ("a Friday evening", "2026-11-27T22:00", "FR", "2026-12-01T22:00"),
    ("a Saturday", "2026-11-28T10:30", "FR", "2026-12-01T23:59"),
    ("a Sunday night", "2026-11-29T23:59", "FR", "2026-12-01T23:59"),
    ("before Christmas", "2026-12-24T09:00", "FR", "2026-12-29T09:00"),
    ("before Christmas in Moselle", "2026-12-24T09:00", "FR-57", "2026-12-29T09:00"),
    ("Christmas", "2026-12-25T09:00", "FR", "2026-12-29T23:59"),
    ("before Easter", "2026-04-02T09:00", "FR", "2026-04-07T09:00"),
    ("before Easter in Moselle", "2026-04-02T09:00", "FR-57", "2026-04-08T09:00"),
    ("over the change to winter", "2026-10-23T09:00", "FR", "2026-10-27T09:00"),
    ("over the change to summer", "2026-03-27T09:00", "FR", "2026-03-31T09:00"),
]


def on_the_wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(PARIS))


@pytest.mark.parametrize(
    ("made", "area", "until"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_two_working_days(made: str, area: str, until: str):
    kept = kept_until(on_the_wall(made), PARIS, partial(holidays_of.works, area), FAR)
    assert kept == on_the_wall(until)


def test_never_beyond_the_last_date():
    made, last = on_the_wall("2026-11-23T10:30"), on_the_wall("2026-11-24T14:00")
    assert kept_until(made, PARIS, partial(holidays_of.works, "FR"), last) == last


@given(
    made=st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 1)),  # noqa: DTZ001 - of a wall
    area=st.sampled_from(["FR", "FR-57", "BE", "CH-VD", "CH-GE"]),
)
def test_it_runs_out_after_two_working_days_whatever_the_day(made: datetime, area: str):
    works = partial(holidays_of.works, area)
    wall = made.replace(microsecond=0, tzinfo=ZoneInfo(PARIS))
    until = kept_until(wall, PARIS, works, FAR).astimezone(ZoneInfo(PARIS))
    after = range(wall.date().toordinal() + 1, until.date().toordinal() + 1)
    assert sum(works(date.fromordinal(n)) for n in after) == 2
    assert works(until.date())
    assert until.time() == (wall.time() if works(wall.date()) else time(23, 59))
