import json
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.journal import templates
from recul.journal.moments import DIMENSIONS, TEMPLATES, Moment, decode, encode
from recul.journal.scales import SCALES

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
SECTION_KEYS = st.sampled_from([s.key for t in templates.TEMPLATES for s in t.sections])
STEPS = st.none() | st.integers(1, 5)
MOMENTS = st.builds(
    Moment,
    at=st.datetimes(
        datetime(1950, 1, 2),  # noqa: DTZ001
        datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=OFFSETS,
    ),
    workload=STEPS,
    emotional_load=STEPS,
    recovery=STEPS,
    support=STEPS,
    feelings=st.lists(TEXTS, max_size=4).map(tuple),
    contexts=st.lists(TEXTS, max_size=4).map(tuple),
    template=st.sampled_from(TEMPLATES),
    sections=st.lists(st.tuples(SECTION_KEYS, TEXTS), max_size=4).map(tuple),
    small_win=st.booleans(),
)
AT = datetime(2026, 11, 24, 23, 42, tzinfo=timezone(timedelta(hours=1)))
FULL = Moment(
    at=AT,
    workload=3,
    emotional_load=4,
    feelings=("powerlessness", "ras-le-bol"),
    contexts=("home_visit",),
    template="visit",
    sections=(("seen", "Une porte."), ("felt", ""), ("keep", "L’équipe.")),
    small_win=True,
)


@given(MOMENTS)
def test_what_is_encoded_is_decoded(moment: Moment) -> None:
    again = decode(encode(moment))
    assert again == moment
    assert again.at.utcoffset() == moment.at.utcoffset()


def test_the_stored_form_is_compact_and_versioned() -> None:
    assert encode(Moment(at=AT, workload=2)) == b'{"v":1,"t":"2026-11-24T23:42+01:00","w":2}'


def test_seconds_are_not_kept() -> None:
    assert Moment(at=AT.replace(second=59, microsecond=7)).at == AT


def test_day_month_and_text_follow_the_persons_clock() -> None:
    assert str(FULL.day) == "2026-11-24"
    assert FULL.month == "2026-11"
    assert FULL.text == "Une porte.\n\nL’équipe."


@pytest.mark.parametrize(
    ("moment", "empty"),
    [
        (Moment(at=AT), True),
        (Moment(at=AT, sections=(("line", "  \n"),)), True),
        (Moment(at=AT, recovery=1), False),
        (Moment(at=AT, feelings=("joy",)), False),
        (Moment(at=AT, small_win=True), False),
        (FULL, False),
    ],
)
def test_a_moment_is_empty_when_nothing_was_said(moment: Moment, empty: bool) -> None:
    assert moment.is_empty is empty


@pytest.mark.parametrize("step", [0, 6, -1, True, 2.0, "3"])
def test_a_scale_goes_from_one_to_five(step: object) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        Moment(at=AT, workload=step)  # type: ignore[arg-type]


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment(at=datetime(2026, 11, 24))  # noqa: DTZ001


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": None},
        {"t": None},
        {"t": "hier"},
        {"t": "2026-11-24T12:00"},
        {"w": 9},
        {"f": "joy"},
        {"f": [1]},
        {"x": [["facts"]]},
        {"x": 4},
        {"k": []},
    ],
)
def test_what_was_not_written_by_encode_is_refused(change: dict[str, object]) -> None:
    fields = json.loads(encode(FULL)) | change
    with pytest.raises(ValueError, match=r".+"):
        decode(json.dumps(fields).encode())


@pytest.mark.parametrize("stored", [b"", b"\xff\xfe", b"[]", b"null", b'{"v":1', b"\0\0"])
def test_other_bytes_are_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(stored)


def test_a_lone_surrogate_does_not_break_writing() -> None:
    moment = Moment(at=AT, sections=(("line", "a\ud800b"),))
    assert decode(encode(moment)).text == "a?b"


def test_names_are_those_of_scales_and_templates() -> None:
    assert tuple(scale.key for scale in SCALES) == DIMENSIONS
    assert tuple(template.key for template in templates.TEMPLATES) == TEMPLATES


def test_ten_years_are_decoded_fast_enough() -> None:
    long = Moment(at=AT.astimezone(UTC), workload=3, sections=(("text", "é" * 600),))
    stored = encode(long)
    began = time.perf_counter()
    for _ in range(3650):
        decode(stored)
    # About 20 ms where it was written; the limit leaves room for a busy machine.
    assert time.perf_counter() - began < 0.25
