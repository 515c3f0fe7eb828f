"""What one person sends: exact means, one rounding, never out of reach of the centre."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.trends.contribution import (
    DIMENSIONS,
    REACH,
    Tally,
    clamped,
    contribution,
    cycle_mean,
    rounded,
    week_mean,
)

MONDAYS = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(4)]
FIFTY = dict.fromkeys(DIMENSIONS, 50)


def weeks(*answers: list[int]) -> dict[date, Tally]:
    found = zip(MONDAYS, answers, strict=False)
    return {monday: (sum(week), len(week)) for monday, week in found if week}


@pytest.mark.parametrize(("answer", "tenths"), [(1, 0), (2, 25), (3, 50), (4, 75), (5, 100)])
def test_answers_become_tenths_of_a_point(answer: int, tenths: int):
    assert week_mean((answer, 1)) == tenths


@pytest.mark.parametrize(
    ("found", "mean"),
    [
        (weeks([3]), 50),
        (weeks([1, 2]), 13),  # 12.5 goes up
        (weeks([1, 1, 2]), 8),  # 8.33
        (weeks([5, 5, 5, 5, 5, 5, 5], [1]), 50),  # a week counts once, however much was noted
        (weeks([4], [], [5]), 88),  # 87.5; a week without an answer is no zero
        (weeks(), None),
        (weeks([], []), None),
    ],
)
def test_the_mean_of_the_weeks_means(found: dict[date, Tally], mean: int | None):
    assert cycle_mean(found) == mean


@pytest.mark.parametrize(
    ("value", "whole"),
    [(Fraction(5, 2), 3), (Fraction(7, 2), 4), (Fraction(-1, 2), 0), (Fraction(249, 100), 2)],
)
def test_a_half_goes_up(value: Fraction, whole: int):
    assert rounded(value) == whole


def test_nobody_is_further_than_three_points_from_the_centre():
    assert [clamped(v, 50) for v in (0, 20, 50, 80, 100)] == [20, 20, 50, 80, 80]
    assert [clamped(v, 30) for v in (0, 100)] == [0, 60]
    assert [clamped(v, 70) for v in (0, 100)] == [40, 100]


ANSWERS = st.dictionaries(
    st.sampled_from(DIMENSIONS),
    st.dictionaries(
        st.sampled_from(MONDAYS),
        st.lists(st.integers(1, 5), min_size=1, max_size=6).map(lambda w: (sum(w), len(w))),
    ),
)


@given(ANSWERS, st.integers(6, 14).map(lambda fifth: fifth * 5))
def test_whatever_is_noted_stays_in_reach(answers, centre: int):
    sent = contribution(answers, dict.fromkeys(DIMENSIONS, centre))
    assert all(abs(value - centre) <= REACH and 0 <= value <= 100 for value in sent.values())
    assert set(sent) == {d for d, found in answers.items() if found}


def test_weeks_and_questions_can_be_left_out():
    answers = {"workload": weeks([5], [1]), "support": weeks([3])}
    assert contribution(answers, FIFTY) == {"workload": 50, "support": 50}
    assert contribution(answers, FIFTY, weeks_out=[MONDAYS[0]]) == {"workload": 20}
    assert contribution(answers, FIFTY, dimensions_out=["workload"]) == {"support": 50}
    assert contribution(answers, FIFTY, weeks_out=MONDAYS) == {}
