"""From noisy sums to figures, bands and arrows."""

import pytest

from recul.trends.figures import (
    Change,
    Part,
    Point,
    change,
    figure,
    joined,
    may_be_published,
    next_centre,
    part,
    smoothed,
)
from recul.trends.sums import Sum


@pytest.mark.parametrize(
    ("found", "tenths"),
    [
        (Sum(50, 0, 8), 50),
        (Sum(50, 80, 8), 60),
        (Sum(50, 4, 8), 51),  # 50.5 goes up
        (Sum(50, 100, 2), 70),  # never divided by less than five
        (Sum(50, 100, -3), 70),
        (Sum(70, 5000, 5), 100),
        (Sum(30, -5000, 5), 0),
    ],
)
def test_a_figure(found: Sum, tenths: int):
    assert figure(found) == tenths


@pytest.mark.parametrize(
    ("many", "noisy", "exact", "published"),
    [(True, 5, 5, True), (True, 4, 9, False), (True, 9, 4, False), (False, 9, 9, False)],
)
def test_the_gate(many: bool, noisy: int, exact: int, published: bool):
    assert may_be_published(Sum(50, 0, noisy, exact), many=many) is published


@pytest.mark.parametrize(
    ("centre", "published", "following"),
    [(50, 50, 50), (50, 75, 65), (50, 70, 60), (65, 100, 70), (35, 0, 30), (50, 64, 55)],
)
def test_the_centre_goes_half_way(centre: int, published: int, following: int):
    assert next_centre(centre, published) == following


@pytest.mark.parametrize(("tenths", "shown"), [(50, 50), (52, 50), (53, 55), (47, 45), (100, 100)])
def test_it_is_shown_to_half_a_point(tenths: int, shown: int):
    assert Point(tenths, 8).shown == shown


def test_the_band_is_narrower_for_more_people():
    assert [round(Point(50, n).band, 2) for n in (3, 5, 8, 12, 40)] == [
        1.03,
        1.03,
        0.70,
        0.53,
        0.37,
    ]
    assert Point(50, 40, cells=4).band > Point(50, 40).band


def points(*figures: int, people: int = 12) -> list[Point]:
    return [Point(value, people) for value in figures]


@pytest.mark.parametrize(
    ("seen", "arrow"),
    [
        (points(50), Change.UNKNOWN),
        (points(50, 50), Change.NONE),
        (points(50, 59), Change.NONE),
        (points(50, 75), Change.UP),
        (points(75, 50), Change.DOWN),
        (points(90, 50, 50, 50, 68), Change.UP),  # three before it count, not the fourth
        (points(0, 100), Change.UP),
        (points(50, 75, people=3), Change.UP),
        (points(50, 62, people=6), Change.NONE),
    ],
)
def test_an_arrow_only_where_something_moved(seen: list[Point], arrow: Change):
    assert change(seen) is arrow


def test_a_calmer_line():
    assert smoothed(points(40, 60, 60)) == [4.0, 5.0, 5.5]
    assert smoothed([]) == []


def test_a_unit_is_the_sum_of_its_cells():
    cells = [Sum(50, 60, 6), Sum(40, -30, 10)]
    assert [part(each) for each in cells] == [Part(360, 6), Part(370, 10)]
    assert joined(map(part, cells), []) == Point(46, 16, cells=2)


@pytest.mark.parametrize(
    ("pool", "point"),
    [
        ([], Point(60, 6, 1)),
        ([Part(80, 4)], Point(60, 6, 1)),
        ([Part(80, 4), Part(20, 1)], Point(42, 11, 3)),
        ([Part(-90, -3), Part(500, 9)], Point(64, 12, 3)),
    ],
)
def test_what_was_not_published_counts_only_when_it_is_many_together(
    pool: list[Part], point: Point
):
    assert joined([Part(360, 6)], pool) == point


@pytest.mark.parametrize("pool", [[], [Part(80, 4)], [Part(30, -2), Part(100, 5)]])
def test_nobody_to_speak_of(pool: list[Part]):
    assert joined([], pool) is None
