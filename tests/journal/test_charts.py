import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.journal.made import TODAY, entry

from recul.journal.charts import NARROW, WIDE, Cell, line_chart, runs
from recul.journal.scales import SCALES
from recul.journal.trends import (
    Series,
    WeekMean,
    YearDays,
    calendar_year,
    last_twelve_months,
    monday_of,
    weekly,
    year_days,
)
from recul.journal.year_grid import YearGrid, year_grid
from recul.web.templates import environment

SVG = "{http://www.w3.org/2000/svg}"
LETTER_WIDTH = 0.62
"""A generous mean width of a letter, as a share of the size of the text."""


def series(*means: float | None, dimension: str = "workload") -> Series:
    first = date(2026, 8, 31)
    weeks = (
        WeekMean(first + timedelta(weeks=n), mean, 0 if mean is None else 2)
        for n, mean in enumerate(means)
    )
    return Series(dimension, tuple(weeks))


def test_a_line_crosses_one_silent_week_but_not_two() -> None:
    found = runs(series(1, None, 2, None, None, 3, 4).weeks)
    assert found == [[(0, 1), (2, 2)], [(5, 3), (6, 4)]]
    assert runs(series(None, None).weeks) == []


def test_the_heaviest_is_on_top_and_weeks_go_to_the_right() -> None:
    chart = line_chart([series(1, 5, 3)])
    assert chart is not None
    narrow = chart.drawings[0]
    points = [tuple(map(float, p.split())) for p in narrow.strokes[0].path[1:].split("L")]
    assert [y for _, y in points] == [narrow.levels[4], narrow.levels[0], narrow.levels[2]]
    assert all(left[0] < right[0] for left, right in pairwise(points))
    assert narrow.left < points[0][0]
    assert points[-1][0] < narrow.right
    assert narrow.strokes[0].marks.count("M") == 3


def test_a_lone_week_is_a_mark_without_a_line() -> None:
    chart = line_chart([series(None, None, 4, None, None)])
    assert chart is not None
    assert chart.drawings[0].strokes[0].path == ""
    assert chart.drawings[0].strokes[0].marks.count("M") == 1


def test_in_a_full_year_marks_are_spaced_but_ends_are_kept() -> None:
    chart = line_chart([series(*[3.0] * 52)])
    assert chart is not None
    assert 10 < chart.drawings[0].strokes[0].marks.count("M") < 30
    assert chart.drawings[1].strokes[0].marks.count("M") > 40


@pytest.mark.parametrize("weeks", [12, 26, 52])
def test_names_of_months_do_not_touch(weeks: int) -> None:
    chart = line_chart([series(*[3.0] * weeks)])
    assert chart is not None
    for canvas, drawing in zip((NARROW, WIDE), chart.drawings, strict=True):
        gaps = [right.x - left.x for left, right in pairwise(drawing.ticks)]
        assert len(gaps) >= 2
        assert min(gaps) >= canvas.tick_gap


def test_the_words_of_the_axis_fit_beside_it() -> None:
    longest = max(len(word) for scale in SCALES for word in scale.words)
    assert longest * 12 * LETTER_WIDTH < NARROW.gutter - 6
    assert longest * 14 * LETTER_WIDTH < WIDE.gutter - 6


def test_the_table_says_the_same_newest_first() -> None:
    chart = line_chart([series(2.25, None, 3.95), series(None, 1, 4.5, dimension="emotional_load")])
    assert chart is not None
    assert [row.cells for row in chart.rows] == [
        (Cell("lourde", 4, 0, 2), Cell("submergeante", 4, 5, 2)),
        (None, Cell("paisible", 1, 0, 2)),
        (Cell("soutenable", 2, 3, 2), None),
    ]
    assert (chart.rows[0].monday, chart.first) == (date(2026, 9, 14), date(2026, 8, 31))
    legend = chart.legends[0]
    assert (legend.low, legend.high, legend.latest) == ("soutenable", "lourde", "lourde")


def test_series_that_say_nothing_are_left_out() -> None:
    assert line_chart([series(None, None)]) is None
    assert line_chart([]) is None
    chart = line_chart([series(None), series(2, dimension="support")])
    assert chart is not None
    assert [legend.style for legend in chart.legends] == ["support"]


def test_three_scales_are_too_many_for_one_axis() -> None:
    with pytest.raises(ValueError, match="two scales"):
        line_chart([series(1), series(1, dimension="support"), series(1, dimension="recovery")])


def corners(path: str) -> set[tuple[float, float]]:
    return {(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h", path)}


@pytest.mark.parametrize(
    ("first", "last"),
    [last_twelve_months(TODAY), *(calendar_year(year) for year in (2023, 2024, 2028, 2035))],
)
def test_each_day_has_one_place_inside_the_grid(first: date, last: date) -> None:
    count = (last - first).days + 1
    steps = {first + timedelta(days=n): 1 + n % 5 for n in range(0, count, 2)}
    for drawing in year_grid(YearDays("workload", first, last, steps)).drawings:
        places = [corners(drawing.silent), *(corners(step.path) for step in drawing.steps)]
        together = set().union(*places)
        assert sum(map(len, places)) == len(together) == count
        assert max(x for x, _ in together) + 14 <= drawing.width
        assert max(y for _, y in together) + 14 <= drawing.height
        assert min(x for x, _ in together) == drawing.gutter


def test_a_week_is_a_column_and_a_weekday_a_row() -> None:
    grid = year_grid(
        YearDays("workload", date(2026, 1, 1), TODAY, {date(2026, 1, 5): 2, date(2026, 1, 6): 2})
    )
    (monday, tuesday) = sorted(corners(grid.drawings[0].steps[1].path))
    assert monday[0] == tuesday[0] == grid.drawings[0].gutter + 15
    assert tuesday[1] - monday[1] == 15
    assert grid.drawings[0].steps[1].letters == "bb"
    assert [side.label for side in grid.drawings[0].sides[:7]] == "lu ma me je ve sa di".split()


def test_each_month_is_named_once_where_there_is_room() -> None:
    for drawing in year_grid(YearDays("workload", *calendar_year(2026), {})).drawings:
        labels = [top.label for top in drawing.tops]
        assert len(labels) == len(set(labels)) >= 11
        for left in drawing.tops:
            others = [top for top in drawing.tops if top.y == left.y and top.x > left.x]
            assert all(top.x - left.x >= 34 for top in others)
            assert left.x + 30 <= drawing.width


def test_the_table_gives_the_days_of_each_step_by_month() -> None:
    days = {date(2026, 9, 30): 5, date(2026, 11, 2): 1, date(2026, 11, 20): 1, TODAY: 4}
    grid = year_grid(YearDays("emotional_load", *last_twelve_months(TODAY), days))
    assert [(month.first, month.steps) for month in grid.months] == [
        (date(2026, 11, 1), ((2, 20), (), (), (24,), ())),
        (date(2026, 9, 1), ((), (), (), (), (30,))),
    ]
    assert [(key.letter, key.word) for key in grid.keys][::4] == [
        ("a", "paisible"),
        ("e", "submergeante"),
    ]


def drawn(macro: str, thing: Any) -> ET.Element:
    """A macro's output, which must be well-formed."""
    source = f'{{% from "components/{macro}.html" import {macro} %}}{{{{ {macro}(thing, "x") }}}}'
    return ET.fromstring(environment("fr").from_string(source).render(thing=thing))


def a_year() -> YearGrid:
    entries = [entry(n, emotional_load=1 + n % 5) for n in range(0, 300, 3)]
    return year_grid(year_days(entries, "emotional_load", *last_twelve_months(TODAY)))


def figures() -> list[ET.Element]:
    entries = [entry(n, workload=1 + n % 5, emotional_load=1 + n % 3) for n in range(80)]
    chart = line_chart([weekly(entries, d, TODAY) for d in ("workload", "emotional_load")])
    return [drawn("line_chart", chart), drawn("year_grid", a_year())]


def test_drawings_obey_the_pages_policy_and_are_named() -> None:
    for figure in figures():
        ids = [node.get("id") for node in figure.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        for node in figure.iter():
            assert not {"style", "onclick", "onload"} & node.attrib.keys()
            assert not node.tag.endswith(("script", "style"))
        images = [node for node in figure.iter("svg") if node.get("role") == "img"]
        assert [image.get("class") for image in images] == ["chart-narrow", "chart-wide"]
        for image in images:
            assert {image[0].tag, image[1].tag} == {"title", "desc"}
            assert image.get("aria-labelledby") == f"{image[0].get('id')} {image[1].get('id')}"


def test_drawings_have_their_table_twin() -> None:
    line, grid = figures()
    assert line.findtext(".//summary") == grid.findtext(".//summary") == "Lire en tableau"
    assert len(line.findall(".//tbody/tr")) == 12
    days = [cell.text.strip("–") for cell in grid.findall(".//tbody/tr/td") if cell.text]
    assert sum(len(cell.split(", ")) for cell in days if cell) == 100
    assert [th.text for th in line.findall(".//thead/tr/th")] == [
        "Semaine du",
        "Charge de travail",
        "Charge émotionnelle",
    ]


def test_each_step_has_its_pattern_and_its_letter() -> None:
    _, grid = figures()
    patterns = {f"url(#{node.get('id')})" for node in grid.iter("pattern")}
    painted = {node.get("fill") for node in grid.iter("path")} - {None}
    assert painted == patterns
    assert len(patterns) == 5
    letters = {node.text for node in grid.findall("./ul/li/svg/text")}
    assert letters == set("abcde")


def test_weeks_begin_on_monday() -> None:
    assert monday_of(TODAY) == date(2026, 11, 23)
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)
