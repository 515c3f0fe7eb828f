"""From a rhythm to dates, holidays skipped; and dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.booking import rhythm, typed_dates
from recul.booking.rhythm import LAST, Monthly, Proposal, Weekly
from recul.booking.typed_dates import NO_SUCH_DAY, OTHER_WEEKDAY, TWICE, UNREADABLE, Wrong

FAR = date(2029, 12, 31)
TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def christmas(day: date) -> str | None:
    return "Noël" if (day.month, day.day) == (12, 25) else None


def test_every_two_weeks_goes_round_a_holiday_and_keeps_its_count():
    found = rhythm.proposed(Weekly(date(2026, 12, 11), 2), 3, FAR, christmas)
    assert found == Proposal(
        [date(2026, 12, 11), date(2027, 1, 8), date(2027, 1, 22)], {date(2026, 12, 25): "Noël"}
    )


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (1, [date(2026, 12, 3), date(2027, 1, 7), date(2027, 2, 4)]),
        (4, [date(2026, 11, 26), date(2026, 12, 24), date(2027, 1, 28)]),
        (LAST, [date(2026, 11, 26), date(2026, 12, 31), date(2027, 1, 28)]),
    ],
)
def test_nth_thursday_of_the_month(nth: int, days: list[date]):
    found = rhythm.proposed(Monthly(date(2026, 11, 21), nth, 4), 3, FAR, christmas)
    assert found == Proposal(days)


def test_what_does_not_fit_in_is_left_out():
    found = rhythm.proposed(Weekly(TODAY, 26), 60, date(2027, 11, 21), christmas)
    assert found.days == [TODAY, date(2027, 5, 22), date(2027, 11, 20)]


@given(DAYS, st.integers(1, 26), st.integers(1, 12))
def test_weekly_dates_are_of_one_weekday_and_whole_weeks_apart(first: date, weeks: int, count: int):
    days = rhythm.proposed(Weekly(first, weeks), count, date(2050, 1, 1), christmas).days
    assert len(days) == count
    assert all((day - first).days % (7 * weeks) == 0 for day in days)
    assert not any(christmas(day) for day in days)


@given(DAYS, st.sampled_from(rhythm.NTHS), st.integers(1, 7), st.integers(1, 12))
def test_monthly_dates_are_where_they_say(first: date, nth: int, weekday: int, count: int):
    days = rhythm.proposed(Monthly(first, nth, weekday), count, date(2050, 1, 1), christmas).days
    assert len(days) == count == len({(day.year, day.month) for day in days})
    for day in days:
        assert day >= first
        assert day.isoweekday() == weekday
        late = (day + timedelta(days=7)).month != day.month
        assert late if nth == LAST else (day.day - 1) // 7 == nth - 1


def test_putting_off_keeps_the_rhythm_and_goes_round_a_holiday():
    days = [date(2026, 12, 4), date(2026, 12, 18), date(2027, 1, 1)]
    assert rhythm.shifted(days, 1, christmas) == Proposal(
        [date(2026, 12, 11), date(2027, 1, 8), date(2027, 1, 22)], {date(2026, 12, 25): "Noël"}
    )
    assert rhythm.shifted(days[:1], 3, christmas).days == [date(2027, 1, 1)]
    assert rhythm.shifted([], 3, christmas) == Proposal()


@given(st.sets(DAYS, max_size=12), st.integers(1, 30))
def test_putting_off_never_loses_nor_crosses_dates(days: set[date], weeks: int):
    before = sorted(days)
    after = rhythm.shifted(before, weeks, christmas).days
    assert len(after) == len(before)
    assert after == sorted(set(after))
    assert all((a - b).days % 7 == 0 and a > b for a, b in zip(after, before, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "2026-12-03",
        "3/12/2026",
        "03.12.26",
        "3-12-2026",
        "3 décembre 2026",
        "Jeudi 3 décembre 2026",
        "le jeudi 3 déc. 2026",
        "  - jeudi, 3 decembre",
        "3/12",
    ],
)
def test_a_date_is_read_as_it_is_typed(line: str):
    assert typed_dates.read(line, TODAY) == typed_dates.Read([date(2026, 12, 3)])


def test_a_day_without_a_year_is_the_next_one():
    text = "1er janvier\n20 novembre\n21 novembre\n29 février\njuin 3\n3 juil\n4 juin"
    assert typed_dates.read(text, TODAY) == typed_dates.Read(
        [
            date(2026, 11, 21),
            date(2027, 1, 1),
            date(2027, 6, 4),
            date(2027, 7, 3),
            date(2027, 11, 20),
            date(2028, 2, 29),
        ],
        [Wrong(UNREADABLE, 5, "juin 3")],
    )


def test_each_wrong_line_is_said_with_its_number():
    text = "2026-12-03\n\nbientôt\n31/02/2027\njeudi 4 décembre 2026\n3 décembre 2026\n0/0/0000"
    assert typed_dates.read(text, TODAY) == typed_dates.Read(
        [date(2026, 12, 3)],
        [
            Wrong(UNREADABLE, 3, "bientôt"),
            Wrong(NO_SUCH_DAY, 4, "31/02/2027"),
            Wrong(OTHER_WEEKDAY, 5, "jeudi 4 décembre 2026"),
            Wrong(TWICE, 6, "3 décembre 2026"),
            Wrong(NO_SUCH_DAY, 7, "0/0/0000"),
        ],
    )


@given(st.text())
def test_whatever_is_typed_is_read_or_refused_by_line(text: str):
    found = typed_dates.read(text, TODAY)
    filled = [line for line in text.splitlines() if line.strip()]
    assert len(found.days) + len(found.wrong) == len(filled)
    assert found.days == sorted(set(found.days))
