"""Where lines, bands and markers go, and what is said above them."""

import itertools
import re
from datetime import date

import pytest

from recul.journal.door import SCALES
from recul.trends import cycles, team_words
from recul.trends.figures import Change, Point
from recul.trends.illustration import HER, draws, exact
from recul.trends.queries import Published
from recul.trends.team_charts import NARROW, WIDE, Happening, drawings
from recul.trends.team_story import nearest, story

WORKLOAD, SUPPORT = SCALES[0], SCALES[3]


def point(figure: int, people: int = 9) -> Point:
    return Point(figure, people)


def numbers(path: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_the_heaviest_step_is_on_top_and_everything_is_inside():
    points = {n: point(figure) for n, figure in enumerate((0, 25, 50, 75, 100), start=30)}
    for drawing in drawings(WORKLOAD, range(30, 35), points):
        assert drawing.words[-1].text == "débordante"
        heights = numbers(drawing.line)[1::2]
        assert heights == sorted(heights, reverse=True)
        assert heights == list(drawing.levels[::-1])
        bands = numbers(drawing.bands)
        assert drawing.top <= min(bands[1::2])
        assert max(bands[1::2]) <= drawing.floor
        assert drawing.left <= min(bands[::2])
        assert max(bands[::2]) <= drawing.right
        assert [label.y for label in drawing.words] == sorted(
            (label.y for label in drawing.words), reverse=True
        )


def test_a_cycle_without_publication_breaks_the_line_and_the_band():
    points = {30: point(50), 31: point(60), 33: point(50)}
    for drawing in drawings(WORKLOAD, range(30, 34), points):
        assert drawing.line.count("M") == 1
        assert drawing.bands.count("M") == drawing.bands.count("z") == 2
        assert drawing.marks.count("M") == 3


def test_one_publication_is_a_point_with_a_bar():
    for drawing in drawings(SUPPORT, range(30, 31), {30: point(50)}):
        assert (drawing.line, drawing.bands.count("z")) == ("", 1)
        assert len(drawing.ticks) == 1


def test_thirteen_cycles_have_room_on_a_phone():
    shown = range(26, 39)
    narrow, wide = drawings(WORKLOAD, shown, {c: point(50) for c in shown})
    for drawing, canvas in ((narrow, NARROW), (wide, WIDE)):
        places = [tick.x for tick in drawing.ticks]
        gaps = [b - a for a, b in itertools.pairwise(places)]
        assert min(gaps) >= canvas.tick_gap - 0.1
    names = [tick.text for tick in wide.ticks]
    assert all(a != b for a, b in itertools.pairwise(names))


def test_the_own_line_is_another_path_and_moves_nothing():
    points = {30: point(50), 31: point(60)}
    for without, own in zip(
        drawings(WORKLOAD, range(30, 32), points),
        drawings(WORKLOAD, range(30, 32), points, own={30: 75.0, 31: 25.0}),
        strict=True,
    ):
        assert (without.own_line, without.own_marks) == ("", "")
        assert (own.line, own.bands, own.marks) == (without.line, without.bands, without.marks)
        assert numbers(own.own_line)[1::2] == [without.levels[1], without.levels[3]]


def test_markers_have_their_words_where_there_is_room_and_always_their_number():
    months = [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1), date(2020, 1, 1)]
    happenings = [Happening(month, "réorganisation", own=False) for month in months]
    first = cycles.number_on(date(2026, 3, 20))
    shown = range(first, first + 9)
    narrow, wide = drawings(WORKLOAD, shown, {c: point(50) for c in shown}, happenings)
    for drawing in (narrow, wide):
        assert [flag.number for flag in drawing.flags] == [1, 2, 3]
    assert (narrow.flags[0].text, wide.flags[-1].text) == ("", "réorganisation")


@pytest.mark.parametrize(
    ("tenths", "word"),
    [(0, "légère"), (10, "légère"), (15, "soutenable"), (50, "soutenue"), (90, "débordante")],
)
def test_the_nearest_word(tenths: int, word: str):
    assert nearest(WORKLOAD, tenths) == word


OUT = date(2026, 11, 2)


def published(*figures: int | None, dimension: str = "workload") -> list[Published]:
    return [
        Published(c, OUT, {} if f is None else {dimension: Point(f, 9)})
        for c, f in enumerate(figures, start=30)
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((50,), team_words.FIRST),
        ((50, 90), "plus haute qu’au cycle d’avant"),
        ((50, 50, 10), "plus basse qu’aux deux cycles d’avant"),
        ((50, 50, 50, 50, 90), "plus haute qu’aux trois cycles d’avant"),
        ((50, 50, 50, 52), team_words.NO_CHANGE),
        ((50, 50, 90, None), team_words.NOT_PUBLISHED),
        ((50, None, 50, 90), "plus haute qu’aux deux cycles d’avant"),
    ],
)
def test_the_sentence_comes_first(figures: tuple[int | None, ...], said: str):
    told = story(published(*figures))
    assert told
    [strand] = told.strands
    assert strand.moved == said
    assert (strand.value is None) == (figures[-1] is None)
    assert strand.gaps == (None in figures)


def test_support_has_its_own_gender():
    told = story(published(50, 90, dimension="support"))
    assert told
    assert told.strands[0].moved == "plus haut qu’au cycle d’avant"


def test_nothing_published_is_no_story():
    assert story([]) is story(published(None, None)) is None


def test_one_team_alone_is_never_shown_as_a_unit():
    alone = [Published(30, OUT, {"workload": Point(50, 9, cells=1)})]
    assert story(alone, together=True) is None
    both = [*alone, Published(31, OUT, {"workload": Point(60, 18, cells=2)})]
    told = story(both, together=True)
    assert told
    assert [row.cycle for row in told.rows] == [31]


def test_the_last_thirteen_cycles_and_no_more():
    told = story(published(*([50] * 20)))
    assert told
    assert [told.rows[0].cycle, told.rows[-1].cycle, told.count] == [49, 37, 13]


def test_questions_are_about_what_moved_and_never_empty():
    for change in Change:
        asked = team_words.questions(dict.fromkeys(("workload", "emotional_load"), change))
        assert asked
    assert len(team_words.questions({"recovery": Change.NONE})) == 0


def test_the_illustration_shows_noise_as_large_as_a_change_of_answer():
    found = draws()
    assert len(found) == 5
    assert abs(exact(HER["heavy"]) - exact(HER["light"])) <= 6
    light, heavy = ({getattr(d, name) for d in found} for name in ("light", "heavy"))
    assert len(light) > 2
    assert light & heavy


def test_a_calmed_line_goes_half_the_way_and_over_a_gap():
    points = {30: point(40), 31: point(80), 33: point(80)}
    usual = drawings(WORKLOAD, range(30, 34), points)
    for canvas, drawing, without in zip(
        (NARROW, WIDE), drawings(WORKLOAD, range(30, 34), points, calm=True), usual, strict=True
    ):
        heights = [round(canvas.height(tenths), 1) for tenths in (40, 60, 70)]
        assert (numbers(drawing.calm)[1::2], without.calm) == (heights, "")
