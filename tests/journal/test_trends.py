import time
from datetime import date, timedelta

import pytest
from tests.journal.made import TODAY, entry

from recul.journal.links import CAUTION, Link, Links, links
from recul.journal.moments import Entry
from recul.journal.trends import (
    WEEK_CHOICES,
    WeekMean,
    calendar_year,
    is_heavy,
    last_twelve_months,
    weekly,
    year_days,
)

MONDAY = date(2026, 11, 23)


def test_weeks_are_iso_weeks_oldest_first_with_their_silences() -> None:
    entries = [
        entry(0, workload=5),
        entry(1, workload=2),  # Monday
        entry(2, workload=4),  # Sunday of the week before
        entry(2, emotional_load=1),
        entry(15, workload=3),
        entry(400, workload=1),
    ]
    series = weekly(entries, "workload", TODAY, weeks=4)
    assert series.weeks == (
        WeekMean(MONDAY - timedelta(weeks=3), None, 0),
        WeekMean(MONDAY - timedelta(weeks=2), 3.0, 1),
        WeekMean(MONDAY - timedelta(weeks=1), 4.0, 1),
        WeekMean(MONDAY, 3.5, 2),
    )
    assert not series.is_empty
    assert weekly(entries, "support", TODAY).is_empty


@pytest.mark.parametrize("weeks", WEEK_CHOICES)
def test_the_choices_of_weeks_cross_years(weeks: int) -> None:
    series = weekly([], "workload", date(2027, 1, 2), weeks)
    assert len(series.weeks) == weeks
    assert series.weeks[-1].monday == date(2026, 12, 28)


def test_a_day_of_the_year_has_its_typical_step() -> None:
    entries = [
        entry(0, workload=2),
        entry(0, workload=5),
        entry(0, emotional_load=1),
        entry(1, workload=4),
        entry(365, workload=1),
    ]
    year = year_days(entries, "workload", *last_twelve_months(TODAY))
    assert (year.first, year.last) == (date(2025, 12, 1), TODAY)
    assert year.steps == {date(2026, 11, 23): 4, TODAY: 3}
    assert calendar_year(2025) == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_heavy_week_needs_three_moments_and_a_mean_of_four() -> None:
    heavy = [entry(0, workload=5, emotional_load=4), entry(3, workload=4), entry(6, workload=4)]
    assert is_heavy(heavy, TODAY)
    assert not is_heavy(heavy[:2], TODAY)
    assert not is_heavy([*heavy, entry(2, emotional_load=2)], TODAY)
    assert not is_heavy([*heavy[:2], entry(2, feelings=("anger",))], TODAY)


def test_a_heavy_week_forgets_what_is_older_than_seven_days_or_to_come() -> None:
    assert not is_heavy([entry(7 + n, workload=5) for n in range(5)], TODAY)
    assert not is_heavy([entry(-1 - n, workload=5) for n in range(5)], TODAY)
    assert not is_heavy([], TODAY)


def year_with(heavier: str, lighter: str) -> list[Entry]:
    """Hearings come with heavier days, walks with lighter ones."""
    return [
        *[entry(n, emotional_load=4 + n % 2, contexts=(heavier,)) for n in range(6)],
        *[entry(n, emotional_load=1 + n % 2, contexts=(lighter,)) for n in range(6)],
        *[entry(n, emotional_load=3) for n in range(6)],
    ]


def test_what_weighs_and_what_nourishes_is_said_with_its_count() -> None:
    found = links(year_with("hearing", "travel"))
    assert found == Links(
        weighs=(Link("context", "hearing", "emotional_load", 2.25, 6),),
        nourishes=(Link("context", "travel", "emotional_load", -2.25, 6),),
    )
    assert found.weighs[0].sentence % {"tag": "audience", "count": 6} == (
        "Quand il y a « audience », votre charge émotionnelle est souvent plus haute (6 moments)."
    )
    assert "plus basse" in found.nourishes[0].sentence
    assert CAUTION.startswith("Un lien n’est pas une cause")


def test_nothing_is_said_before_eight_entries() -> None:
    entries = [
        *[entry(n, emotional_load=5, contexts=("hearing",)) for n in range(4)],
        *[entry(n, emotional_load=1) for n in range(3)],
    ]
    assert not links(entries)
    assert links([*entries, entry(8, emotional_load=1)])


@pytest.mark.parametrize(("present", "absent"), [(3, 9), (9, 3)])
def test_four_moments_are_needed_on_each_side(present: int, absent: int) -> None:
    entries = [
        *[entry(n, emotional_load=5, contexts=("hearing",)) for n in range(present)],
        *[entry(n, emotional_load=1) for n in range(absent)],
        *[entry(n, contexts=("hearing",)) for n in range(5)],  # without an answer: not counted
    ]
    assert not links(entries)


def test_a_small_difference_is_not_said() -> None:
    # 3.5 against 3: half a step.
    entries = [
        *[entry(n, emotional_load=3 + n % 2, contexts=("hearing",)) for n in range(40)],
        *[entry(n, emotional_load=3) for n in range(40)],
    ]
    assert not links(entries)


def test_a_difference_that_chance_often_makes_is_not_said() -> None:
    scattered = [5, 5, 1, 5], [1, 5, 5, 1]
    entries = [
        *[entry(n, emotional_load=v, contexts=("hearing",)) for n, v in enumerate(scattered[0])],
        *[entry(n, emotional_load=v) for n, v in enumerate(scattered[1])],
    ]
    assert not links(entries)


def test_workload_is_looked_at_for_contexts_only() -> None:
    entries = [
        *[entry(n, workload=5, contexts=("writing",), feelings=("doubt",)) for n in range(5)],
        *[entry(n, workload=2) for n in range(5)],
    ]
    assert links(entries) == Links(weighs=(Link("context", "writing", "workload", 3.0, 5),))
    assert "charge de travail" in links(entries).weighs[0].sentence


def test_a_word_is_said_once_for_its_clearest_scale() -> None:
    entries = [
        *[entry(n, workload=5, emotional_load=4, contexts=("writing",)) for n in range(5)],
        *[entry(n, workload=2, emotional_load=2) for n in range(5)],
    ]
    assert links(entries).weighs == (Link("context", "writing", "workload", 3.0, 5),)


def test_three_at_most_on_each_side_the_clearest_first() -> None:
    entries = [entry(n, emotional_load=1) for n in range(30)]
    for step, word in enumerate(["doubt", "fear", "anger", "shame"], start=2):
        entries += [entry(n, emotional_load=step, feelings=(word, word)) for n in range(5)]
    found = links(entries)
    assert [(link.key, link.count) for link in found.weighs] == [
        ("shame", 5),
        ("anger", 5),
        ("fear", 5),
    ]
    assert found.nourishes == ()
    assert found.weighs[0].sentence.startswith("Quand vous notez « %(tag)s »")


def test_what_is_always_or_never_there_explains_nothing() -> None:
    assert not links([entry(n, emotional_load=1 + n % 5, contexts=("phone",)) for n in range(50)])
    assert not links([entry(n, emotional_load=3, feelings=("joy",)[n % 2 :]) for n in range(50)])


def test_ten_years_are_weighed_fast_enough() -> None:
    entries = [
        entry(n, workload=1 + n % 5, emotional_load=1 + n % 4, contexts=(f"c{n % 60}", "phone"))
        for n in range(3650)
    ]
    began = time.perf_counter()
    links(entries)
    assert time.perf_counter() - began < 0.25
