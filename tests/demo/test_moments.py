"""The demo's journal: the same for the same day, believable, and free of names."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest

from recul.demo.days import easter, working_days
from recul.demo.moments import RESTORES, moments
from recul.demo.scenes import Scene, scenes
from recul.journal.contexts import context, normalise_own_tag
from recul.journal.identity_guard import findings
from recul.journal.lexicon import feeling, normalise_own_word
from recul.journal.moments import Moment, decode, encode
from recul.journal.search import plain
from recul.journal.templates import TEMPLATES, template

UNTIL = date(2026, 11, 24)
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture(scope="module")
def written() -> list[Moment]:
    return moments(UNTIL)


def test_the_same_day_gives_the_same_journal(written: list[Moment]) -> None:
    assert moments(UNTIL) == written
    assert moments(UNTIL + timedelta(days=1)) != written
    assert moments(UNTIL, months=2) != written[-len(moments(UNTIL, months=2)) :]


def test_fourteen_months_in_order(written: list[Moment]) -> None:
    assert written[0].day < date(2025, 10, 3)
    assert written[-1].day in (UNTIL, UNTIL - timedelta(days=1))
    assert all(earlier.at < later.at for earlier, later in pairwise(written))
    assert len({moment.month for moment in written}) == 15
    assert 350 <= len(written) <= 520


def test_days_are_those_she_works(written: list[Moment]) -> None:
    per_day = Counter(moment.day for moment in written)
    assert all(day.weekday() < 5 for day in per_day)
    assert set(per_day.values()) == {1, 2, 3}
    assert 1 <= len(written) / len(per_day) <= 2
    assert date(2026, 8, 5) not in per_day
    assert date(2026, 7, 14) not in per_day
    assert len({moment.at.hour for moment in written}) >= 9


def test_the_last_days_all_say_something(written: list[Moment]) -> None:
    last = [moment for moment in written if UNTIL - moment.day < timedelta(days=5)]
    assert {moment.day for moment in last} == {date(2026, 11, day) for day in (20, 23, 24)}
    assert all(moment.text for moment in last)


def test_the_zone_is_the_persons() -> None:
    one = moments(UNTIL, months=2, zone=BRUSSELS)[0]
    assert one.at.tzinfo is BRUSSELS
    assert one.at.second == one.at.microsecond == 0


@pytest.mark.parametrize(
    "until", [date(2026, 8, 10), date(2026, 1, 1), date(2028, 2, 29), date(2027, 3, 31)]
)
def test_other_days_are_as_good(until: date) -> None:
    written = moments(until)
    assert len(written) > 340
    assert until - written[-1].day < timedelta(days=6)


def test_no_text_comes_back_within_a_season(written: list[Moment]) -> None:
    seen: dict[str, date] = {}
    for moment in written:
        if moment.text:
            last = seen.get(moment.text, date.min)
            assert moment.day - last > timedelta(days=60), moment.text
            seen[moment.text] = moment.day
    assert len(seen) >= 120


def test_sequels_come_after_what_they_follow(written: list[Moment]) -> None:
    order = [moment.text for moment in written if moment.text]
    for before, after in pairwise(scenes()):
        if after.follows is not None and _text(after) in order:
            assert order.index(_text(before)) < order.index(_text(after))


def test_weeks_differ(written: list[Moment]) -> None:
    loads: dict[tuple[int, int], list[int]] = {}
    for moment in written:
        loads.setdefault(moment.at.isocalendar()[:2], []).append(moment.workload or 0)
    means = [sum(week) / len(week) for week in loads.values() if len(week) > 2]
    assert min(means) < 2.6
    assert max(means) > 3.9


def test_everything_a_journal_may_hold_is_there(written: list[Moment]) -> None:
    assert {moment.template for moment in written} == {one.key for one in TEMPLATES}
    assert sum(moment.small_win for moment in written) >= 12
    assert {moment.workload for moment in written} == {1, 2, 3, 4, 5}
    assert any(moment.recovery for moment in written)
    assert any(moment.support for moment in written)
    assert any(moment.emotional_load is None for moment in written)
    used = {word for moment in written for word in moment.feelings}
    assert {word for word in used if not feeling(word)} >= {"chiffonnée", "sur le fil"}
    assert sum(feeling(word) is not None for word in used) >= 30
    tags = {tag for moment in written for tag in moment.contexts}
    assert {tag for tag in tags if not context(tag)} >= {"binôme"}


def test_moments_survive_storing(written: list[Moment]) -> None:
    assert [decode(encode(moment)) for moment in written] == written


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: _text(scene)[:30])
def test_scenes_are_well_formed(scene: Scene) -> None:
    known = template(scene.template)
    assert known
    assert [key for key, _ in scene.sections if not known.section(key)] == []
    assert len(dict(scene.sections)) == len(scene.sections) > 0
    assert all(text == text.strip() and text for _, text in scene.sections)
    assert [word for word in scene.feelings if normalise_own_word(word) != word] == []
    assert [tag for tag in scene.contexts if normalise_own_tag(tag) != tag] == []
    assert scene.feelings
    assert findings(_text(scene)) == []
    assert "'" not in _text(scene)


def test_unknown_words_are_the_own_ones_only() -> None:
    own = {word for scene in scenes() for word in scene.feelings if not feeling(word)}
    assert own == {"chiffonnée", "sur le fil", "cotonneuse"}
    tags = {tag for scene in scenes() for tag in scene.contexts if not context(tag)}
    assert tags == {"binôme", "MDPH", "visite médiatisée"}


def test_texts_are_many_and_unlike() -> None:
    texts = [_text(scene) for scene in scenes()]
    assert len(set(texts)) == len(texts) >= 120
    lengths = sorted(map(len, texts))
    assert lengths[0] < 45
    assert lengths[-1] > 350
    for one, other in combinations([set(plain(text).split()) for text in texts], 2):
        assert len(one & other) < 0.5 * len(one | other)


def test_what_restores_her() -> None:
    assert len(set(RESTORES)) == len(RESTORES) >= 3
    assert [findings(line) for line in RESTORES if findings(line)] == []


def test_easter_and_the_holidays_after_it() -> None:
    assert [easter(year) for year in (2024, 2025, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]
    days = set(working_days(date(2026, 4, 1), date(2026, 6, 30)))
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)}.isdisjoint(days)
    assert date(2026, 4, 7) in days


def _text(scene: Scene) -> str:
    return "\n\n".join(text for _, text in scene.sections)
