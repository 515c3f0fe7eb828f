from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.journal.made import entry

from recul.journal.moments import Moment
from recul.journal.timeline import Span, days, first_day, months_back, shifted, typical
from recul.journal.when import WhenError, WhenOption, moment_time, wall_time, when_options

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 16, 42, 30, tzinfo=PARIS)


def test_a_month_is_read_day_by_day() -> None:
    late, early = entry(1, workload=5, recovery=2), entry(1, workload=2)
    today = entry(0, feelings=("joy",))
    found = days([today, late, early])
    assert [(day.date, day.entries) for day in found] == [
        (date(2026, 11, 24), (today,)),
        (date(2026, 11, 23), (late, early)),
    ]
    assert found[0].spans == ()
    assert found[1].spans == (Span("workload", 2, 3, 5, 2), Span("recovery", 2, 2, 2, 1))
    assert found[1].span("recovery") == Span("recovery", 2, 2, 2, 1)
    assert found[1].span("support") is None
    assert [span.is_flat for span in found[1].spans] == [False, True]


@pytest.mark.parametrize(("values", "step"), [([3], 3), ([3, 4], 3), ([2, 4], 3), ([1, 5, 5], 5)])
def test_the_typical_step_is_the_median_never_overstated(values: list[int], step: int) -> None:
    assert typical(values) == step


def test_months_are_counted_across_years() -> None:
    assert shifted("2026-11", 3) == "2027-02"
    assert shifted("2026-01", -1) == "2025-12"
    assert first_day("2024-02") == date(2024, 2, 1)
    months = list(months_back("2026-02", "2025-11"))
    assert months == ["2026-02", "2026-01", "2025-12", "2025-11"]


@pytest.mark.parametrize(
    "typed",
    ["", "2026", "2026-13", "2026-1", "0001-01", "1949-12", "2026-W1", "２026-01", "abcd-ef"],
)
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        first_day(typed)


def test_the_chips_name_the_last_days() -> None:
    assert when_options(NOW) == [
        WhenOption("now", "À l’instant"),
        WhenOption("2026-11-24T09:00", "Ce matin"),
        WhenOption("2026-11-23T19:00", "Hier soir"),
        WhenOption("2026-11-23T12:00", "Hier"),
        WhenOption("2026-11-22T12:00", "Avant-hier"),
        WhenOption("2026-11-21T12:00", "Samedi"),
        WhenOption("2026-11-20T12:00", "Vendredi"),
        WhenOption("2026-11-19T12:00", "Jeudi"),
        WhenOption("2026-11-18T12:00", "Mercredi"),
        WhenOption("date", "Une autre date"),
    ]


def test_early_in_the_day_this_morning_is_now() -> None:
    labels = [option.label for option in when_options(NOW.replace(hour=9))]
    assert "Ce matin" not in labels


def test_every_chip_can_be_chosen() -> None:
    for option in when_options(NOW)[:-1]:
        at = moment_time(option.key, None, None, NOW)
        wall = NOW.replace(second=0).isoformat()[:16] if option.key == "now" else option.key
        assert at.isoformat(timespec="minutes") == f"{wall}+01:00"


def test_a_chip_keeps_its_day_when_it_is_sent_after_midnight() -> None:
    shown = datetime(2026, 11, 24, 23, 58, tzinfo=PARIS)
    yesterday = when_options(shown)[3]
    at = moment_time(yesterday.key, None, None, shown + timedelta(minutes=5))
    assert (yesterday.label, at.date()) == ("Hier", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("choice", "day", "clock", "expected"),
    [
        ("", None, None, "2026-11-24T16:42+01:00"),
        ("now", None, time(8, 5), "2026-11-24T08:05+01:00"),
        ("now", date(2026, 11, 24), None, "2026-11-24T16:42+01:00"),
        ("now", date(2026, 7, 1), None, "2026-07-01T12:00+02:00"),
        ("", date(2026, 7, 1), time(7), "2026-07-01T07:00+02:00"),
        ("date", date(2026, 11, 24), None, "2026-11-24T16:42+01:00"),
        ("2026-11-20T12:00", None, time(18, 30), "2026-11-20T18:30+01:00"),
        ("2026-11-20T12:00", date(2020, 1, 1), None, "2026-11-20T12:00+01:00"),
    ],
)
def test_a_date_and_an_hour_complete_the_chip(
    choice: str, day: date | None, clock: time | None, expected: str
) -> None:
    assert moment_time(choice, day, clock, NOW).isoformat(timespec="minutes") == expected


@pytest.mark.parametrize(
    ("choice", "day", "clock", "sentence", "field"),
    [
        ("date", None, None, "Choisissez un jour.", "date"),
        ("hier", None, None, "Choisissez un jour.", "date"),
        ("2026-11-24", None, None, "Choisissez un jour.", "date"),
        ("2026-02-30T12:00", None, None, "Choisissez un jour.", "date"),
        ("0001-01-01T00:00", None, None, "Choisissez un jour à partir de 1950.", "date"),
        ("date", date(1949, 12, 31), None, "Choisissez un jour à partir de 1950.", "date"),
        ("date", date(1, 1, 1), None, "Choisissez un jour à partir de 1950.", "date"),
        ("date", date(9999, 12, 31), None, "Ce moment n’est pas encore arrivé.", "date"),
        ("date", date(2026, 11, 25), None, "Ce moment n’est pas encore arrivé.", "date"),
        ("now", None, time(16, 43), "Ce moment n’est pas encore arrivé.", "time"),
    ],
)
def test_what_cannot_have_been_is_refused_kindly(
    choice: str, day: date | None, clock: time | None, sentence: str, field: str
) -> None:
    with pytest.raises(WhenError) as refused:
        moment_time(choice, day, clock, NOW)
    assert (refused.value.message, refused.value.field) == (sentence, field)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        # Spring in Paris: 2 o’clock never came. Autumn: half past two came twice.
        ("Europe/Paris", date(2026, 3, 29), time(2, 30), "2026-03-29T03:30+02:00"),
        ("Europe/Paris", date(2026, 3, 29), time(1, 59), "2026-03-29T01:59+01:00"),
        ("Europe/Paris", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30+02:00"),
        ("Europe/Paris", date(2026, 10, 25), time(3, 0), "2026-10-25T03:00+01:00"),
        ("Pacific/Noumea", date(2026, 3, 29), time(2, 30), "2026-03-29T02:30+11:00"),
        ("Pacific/Noumea", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30+11:00"),
        ("America/Martinique", date(2026, 3, 29), time(2, 30), "2026-03-29T02:30-04:00"),
        ("America/Martinique", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30-04:00"),
    ],
)
def test_the_nights_when_clocks_change(zone: str, day: date, clock: time, expected: str) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo(zone))
    assert moment_time("date", day, clock, now).isoformat(timespec="minutes") == expected


def test_now_in_the_hour_that_comes_twice_keeps_its_offset() -> None:
    second = datetime(2026, 10, 25, 2, 10, tzinfo=PARIS, fold=1)
    assert moment_time("now", None, None, second).isoformat(timespec="minutes") == (
        "2026-10-25T02:10+01:00"
    )
    # On the clock 2:50 is later than 2:10, yet the first 2:50 was twenty minutes ago.
    earlier = moment_time("now", None, time(2, 50), second)
    assert earlier == datetime(2026, 10, 25, 0, 50, tzinfo=UTC)


def test_yesterday_is_the_persons_own_day() -> None:
    instant = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    noumea = instant.astimezone(ZoneInfo("Pacific/Noumea"))
    martinique = instant.astimezone(ZoneInfo("America/Martinique"))
    assert (when_options(noumea)[1].key, noumea.hour) == ("2026-11-23T19:00", 1)
    assert when_options(martinique)[1].key == "2026-11-23T09:00"


@given(
    st.dates(),
    st.times(),
    st.sampled_from(["Europe/Paris", "Pacific/Noumea", "America/Martinique"]),
)
def test_any_wall_time_is_a_moment_or_refused(day: date, clock: time, zone: str) -> None:
    try:
        at = wall_time(day, clock, ZoneInfo(zone))
    except WhenError:
        assert day.year < 1950 or day.year == 9999
    else:
        assert isinstance(at.tzinfo, timezone)
        assert Moment(at=at).at == at
        assert at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == at.replace(tzinfo=None)
