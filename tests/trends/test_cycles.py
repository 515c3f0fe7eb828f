"""Thirteen cycles a year, one after the other."""

from datetime import date, timedelta

from recul.trends import cycles


def test_a_cycle_is_four_weeks_from_a_monday():
    number = cycles.number_on(date(2026, 11, 24))
    assert (cycles.first_day(number), cycles.last_day(number)) == (
        date(2026, 11, 2),
        date(2026, 11, 29),
    )
    assert cycles.mondays(number) == tuple(date(2026, 11, day) for day in (2, 9, 16, 23))


def test_no_day_is_in_two_cycles_or_in_none():
    day = date(2023, 12, 1)
    while day < date(2041, 1, 1):
        number = cycles.number_on(day)
        assert cycles.first_day(number) <= day <= cycles.last_day(number)
        assert cycles.last_day(number) + timedelta(days=1) == cycles.first_day(number + 1)
        assert cycles.first_day(number).weekday() == 0
        day += timedelta(days=1)


def test_there_are_thirteen_in_52_weeks():
    start = date(2026, 1, 5)
    assert cycles.number_on(start + timedelta(weeks=52)) - cycles.number_on(start) == 13
