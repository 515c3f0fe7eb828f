"""Free slots: hours, buffers, notice, days apart, and clocks that change."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from recul.booking import holidays_of
from recul.booking.slots import (
    Hours,
    Taken,
    Terms,
    by_day,
    free,
    key,
    merged,
    page_of,
    read_key,
)
from recul.booking.wall import Slot

PARIS = "Europe/Paris"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday
TUESDAY = date(2026, 11, 24)
H = 60


def terms(zone: str = PARIS, **more: int) -> Terms:
    usual = {
        "minutes": 60,
        "buffer_minutes": 15,
        "notice_hours": 24,
        "daily_most": 9,
        "horizon_days": 13,
    }
    return Terms(zone=zone, **usual | more)


def taken(day: date, starts: int, minutes: int = 60, **more: object) -> Taken:
    at = Slot(day, starts, minutes, PARIS)
    return Taken(at.starts_at, at.ends_at, **more)  # type: ignore[arg-type]


def clocks(slots: Iterable[Slot]) -> dict[date, list[str]]:
    return {
        day: [f"{one.starts // 60}:{one.starts % 60:02}" for one in kept]
        for day, kept in by_day(slots).items()
    }


MORNINGS = Hours(week={2: [(9 * H, 12 * H)]})


def test_from_the_beginning_of_each_stretch_by_the_length_and_its_buffer():
    hours = Hours(week={2: [(9 * H, 12 * H), (14 * H + 5, 16 * H)], 4: [(17 * H, 17 * H + 50)]})
    assert clocks(free(terms(horizon_days=6), hours, [], NOON)) == {
        TUESDAY: ["9:00", "10:15", "14:15"]
    }
    assert clocks(free(terms(horizon_days=6, buffer_minutes=0), hours, [], NOON)) == {
        TUESDAY: ["9:00", "10:00", "11:00", "14:15"]
    }
    # What is no quarter of an hour is rounded up.
    odd = terms(horizon_days=6, minutes=50, buffer_minutes=0)
    assert clocks(free(odd, MORNINGS, [], NOON)) == {TUESDAY: ["9:00", "10:00", "11:00"]}


def test_stretches_that_touch_are_one():
    assert merged([(10, 20), (5, 10), (30, 40), (12, 15), (35, 50)]) == [(5, 20), (30, 50)]


def test_up_to_the_horizon_and_not_before_the_notice():
    every = Hours(week={day: [(9 * H, 10 * H)] for day in range(1, 8)})
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)  # Monday, 9 o'clock in Paris
    days = list(clocks(free(terms(horizon_days=3), every, [], now)))
    assert days == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)]
    later = now + timedelta(minutes=1)
    assert next(free(terms(), every, [], later)).day == date(2026, 11, 25)
    assert next(free(terms(notice_hours=0), every, [], later)).day == date(2026, 11, 24)
    # At this very minute it has begun.
    assert next(free(terms(notice_hours=0), every, [], now)).day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("busy", "left"),
    [
        (taken(TUESDAY, 10 * H + 15), ["9:00", "11:30"]),
        (taken(TUESDAY, 10 * H), ["11:30"]),  # the buffer before it is gone
        (taken(TUESDAY, 8 * H, 45), ["9:00", "10:15", "11:30"]),
        (taken(TUESDAY, 8 * H, 46), ["10:15", "11:30"]),
        (taken(TUESDAY, 12 * H + 45), ["9:00", "10:15", "11:30"]),
        # The buffer of the other offer is the longer one.
        (taken(TUESDAY, 13 * H, buffer_minutes=45), ["9:00", "10:15"]),
        (taken(TUESDAY, 0, 24 * H), []),
    ],
)
def test_buffers_around_what_is_taken(busy: Taken, left: list[str]):
    hours = Hours(week={2: [(9 * H, 12 * H + 30)]})
    found = clocks(free(terms(horizon_days=6), hours, [busy], NOON))
    assert found.get(TUESDAY, []) == left


def test_so_many_appointments_a_day():
    hours = Hours(week={2: [(8 * H, 18 * H)]})
    two = [taken(TUESDAY, 8 * H), taken(TUESDAY, 17 * H)]
    assert TUESDAY in clocks(free(terms(daily_most=3), hours, two, NOON))
    assert TUESDAY not in clocks(free(terms(daily_most=2), hours, two, NOON))
    meeting = taken(TUESDAY, 8 * H, appointment=False)
    assert TUESDAY in clocks(free(terms(daily_most=2), hours, [meeting, two[1]], NOON))


def test_days_that_are_otherwise():
    hours = Hours(
        week={2: [(9 * H, 10 * H)], 3: [(9 * H, 10 * H)]},
        closed=frozenset({TUESDAY, date(2026, 12, 1)}),
        extra={
            date(2026, 11, 25): [(15 * H, 16 * H)],
            date(2026, 12, 1): [(18 * H, 19 * H)],
            date(2026, 12, 4): [(8 * H, 9 * H)],
        },
    )
    assert clocks(free(terms(), hours, [], NOON)) == {
        date(2026, 11, 25): ["9:00", "15:00"],
        date(2026, 12, 1): ["18:00"],  # closed, but for these hours
        date(2026, 12, 2): ["9:00"],
        date(2026, 12, 4): ["8:00"],
    }


def test_public_holidays_are_closed_unless_they_have_hours_of_their_own():
    now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    fridays = {5: [(9 * H, 10 * H)]}
    christmas, new_year = date(2026, 12, 25), date(2027, 1, 1)

    def holiday(day: date) -> object:
        return holidays_of.on("FR", day)

    found = free(terms(horizon_days=20), Hours(week=fridays), [], now, holiday)
    assert clocks(found) == {date(2027, 1, 8): ["9:00"]}
    opened = Hours(week=fridays, extra={christmas: [(14 * H, 15 * H)]})
    found = free(terms(horizon_days=12), opened, [], now, holiday)
    assert clocks(found) == {christmas: ["14:00"]}
    assert new_year in clocks(free(terms(horizon_days=12), opened, [], now))


@pytest.mark.parametrize("zone", [PARIS, "Europe/Zurich", "America/Guadeloupe", "Asia/Tokyo"])
def test_nine_stays_nine_when_clocks_change(zone: str):
    hours = Hours(week={day: [(9 * H, 10 * H)] for day in range(1, 8)})
    for now in (datetime(2026, 10, 20, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC)):
        found = list(free(terms(zone, notice_hours=0), hours, [], now))
        walls = [slot.starts_at.astimezone(ZoneInfo(zone)) for slot in found]
        assert {(wall.hour, wall.minute) for wall in walls} == {(9, 0)}
        assert len({wall.date() for wall in walls}) == len(found) >= 13


def test_the_hour_that_a_spring_night_skips_is_no_slot():
    hours = Hours(week={7: [(0, 5 * H)]})
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    rules = terms(notice_hours=0, buffer_minutes=0, horizon_days=1)
    found = list(free(rules, hours, [], now))
    assert clocks(found) == {date(2027, 3, 28): ["0:00", "1:00", "3:00", "4:00"]}
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))


def test_what_is_taken_across_a_change_of_clocks():
    sunday = date(2026, 10, 25)
    hours = Hours(week={7: [(0, 6 * H)]})
    rules = terms(notice_hours=0, buffer_minutes=0, horizon_days=1)
    now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert clocks(free(rules, hours, [], now)) == {
        sunday: ["0:00", "1:00", "2:00", "3:00", "4:00", "5:00"]
    }
    long = Taken(  # from one to three on the wall: three hours in that night
        datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)
    )
    assert clocks(free(rules, hours, [long], now)) == {sunday: ["0:00", "3:00", "4:00", "5:00"]}


def test_one_day_alone_is_the_same_as_in_the_whole():
    hours = Hours(week={day: [(9 * H, 17 * H)] for day in range(1, 6)})
    busy = [taken(date(2026, 11, 26), 11 * H, 90)]
    whole = list(free(terms(), hours, busy, NOON))
    for ahead in range(-2, 20):
        day = NOON.date() + timedelta(days=ahead)
        alone = list(free(terms(), hours, busy, NOON, only=day))
        assert alone == [slot for slot in whole if slot.day == day]


def test_two_weeks_a_page():
    hours = Hours(week={2: [(9 * H, 10 * H)]})
    slots = list(free(terms(horizon_days=60), hours, [], NOON))
    first, more = page_of(slots, date.min)
    assert ([slot.day for slot in first], more) == (
        [TUESDAY, date(2026, 12, 1)],
        date(2026, 12, 8),
    )
    assert more
    second, _ = page_of(slots, more)
    assert [slot.day for slot in second] == [date(2026, 12, 8), date(2026, 12, 15)]
    assert page_of(slots, date.max) == ([], None)


def test_what_a_form_sends():
    slot = Slot(TUESDAY, 9 * H + 15, 60, PARIS)
    assert key(slot) == "2026-11-24T09:15/60"
    assert read_key(key(slot), PARIS) == slot


@pytest.mark.parametrize(
    "typed",
    [
        *("", "x", "-1", "9" * 400, "2026-11-24", "2026-11-24T09:00", "2026-02-30T09:00/60"),
        *("2026-11-24T24:00/60", "2026-11-24T09:60/60", "2026-11-24T٠٩:00/60"),
        *("2026-11-24T09:00/60 ", "0001-01-01T00:00/60", "9999-12-31T00:00/60"),
    ],
)
def test_what_is_no_slot(typed: str):
    assert read_key(typed, PARIS) is None
