"""Hours that the law counts, from data files that name it."""

import itertools
from datetime import date

import pytest

from recul.booking.rule_packs import Attended, Count, counted, counts, packs

GAP = "practice_analysis_group"


def test_every_pack_reads_and_one_with_hours_due_names_its_law():
    assert list(packs()) == ["libre", "eaje"]
    for pack in packs().values():
        assert pack.label
        assert pack.explanation
        assert bool(pack.due) == bool(pack.source)


def test_the_free_pack_counts_all_and_asks_for_nothing():
    free = packs()["libre"]
    attended = [Attended(date(2026, 3, 1), 120, GAP), Attended(date(2026, 4, 1), 90, "codev_group")]
    assert counted(free, attended) == attended
    assert counts(free, 2026, attended) == []


def test_six_hours_a_year_of_which_two_in_each_four_months():
    attended = [
        Attended(date(2026, 1, 1), 120, GAP),
        Attended(date(2026, 4, 30), 60, GAP),
        Attended(date(2026, 5, 1), 90, GAP),
        Attended(date(2026, 12, 31), 120, GAP),
        Attended(date(2026, 9, 3), 600, "individual_supervision"),
        Attended(date(2025, 12, 31), 600, GAP),
    ]
    year, winter, spring, autumn = counts(packs()["eaje"], 2026, attended)
    assert year == Count(date(2026, 1, 1), date(2026, 12, 31), 360, 390)
    assert winter == Count(date(2026, 1, 1), date(2026, 4, 30), 120, 180)
    assert spring == Count(date(2026, 5, 1), date(2026, 8, 31), 120, 90)
    assert autumn == Count(date(2026, 9, 1), date(2026, 12, 31), 120, 120)
    assert [one.left for one in (year, winter, spring, autumn)] == [0, 0, 30, 0]


@pytest.mark.parametrize("year", [2024, 2026])
def test_stretches_cover_the_year_without_a_gap(year: int):
    stretches = counts(packs()["eaje"], year, [])[1:]
    days = [(one.first_day, one.last_day) for one in stretches]
    assert (days[0][0], days[-1][1]) == (date(year, 1, 1), date(year, 12, 31))
    assert [(after[0] - before[1]).days for before, after in itertools.pairwise(days)] == [1, 1]
