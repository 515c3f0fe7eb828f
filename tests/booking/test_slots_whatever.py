"""Free slots of whatever hours, beside whatever is taken."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from recul.booking.slots import Hours, Stretches, Taken, Terms, free, merged
from recul.booking.wall import Slot

PARIS = "Europe/Paris"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday


def terms(zone: str = PARIS, **more: int) -> Terms:
    usual = {
        "minutes": 60,
        "buffer_minutes": 15,
        "notice_hours": 24,
        "daily_most": 9,
        "horizon_days": 13,
    }
    return Terms(zone=zone, **usual | more)


minutes = st.integers(0, 24 * 4).map(lambda quarter: quarter * 15)
stretch = st.tuples(minutes, minutes).map(lambda pair: (min(pair), max(pair)))
weeks = st.dictionaries(st.integers(1, 7), st.lists(stretch, max_size=3), max_size=7)
begun = st.integers(0, 60 * 24 * 20).map(lambda after: NOON + timedelta(minutes=after))
busy = st.lists(
    st.tuples(begun, st.integers(1, 300), st.integers(0, 60)).map(
        lambda one: Taken(one[0], one[0] + timedelta(minutes=one[1]), one[2])
    ),
    max_size=12,
)


def inside(slot: Slot, stretches: Stretches) -> bool:
    return any(
        begins <= slot.starts and slot.starts + slot.minutes <= ends for begins, ends in stretches
    )


@given(weeks, busy, st.integers(15, 180), st.integers(0, 60))
def test_whatever_the_hours(week, given_away: list[Taken], length: int, buffer: int):
    rules = terms(minutes=length, buffer_minutes=buffer, daily_most=3, notice_hours=5)
    hours = Hours(week=week)
    found = list(free(rules, hours, given_away, NOON))
    assert found == sorted(set(found), key=lambda slot: slot.starts_at)
    margin = timedelta(minutes=buffer)
    for slot in found:
        assert slot.starts % 15 == 0
        assert slot.starts_at >= NOON + timedelta(hours=5)
        assert inside(slot, merged(week.get(slot.day.isoweekday(), [])))
        for one in given_away:
            around = max(margin, timedelta(minutes=one.buffer_minutes))
            assert slot.ends_at + around <= one.starts_at or one.ends_at + around <= slot.starts_at
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))


@given(weeks, busy)
def test_nothing_that_is_free_is_left_out(week, given_away: list[Taken]):
    """The same by brute force: every quarter of an hour, asked one by one."""
    rules = terms(daily_most=99, horizon_days=8)
    found = set(free(rules, Hours(week=week), given_away, NOON))
    for slot in free(rules, Hours(week=week), [], NOON):
        margins = [timedelta(minutes=max(15, one.buffer_minutes)) for one in given_away]
        clear = all(
            slot.ends_at + around <= one.starts_at or one.ends_at + around <= slot.starts_at
            for one, around in zip(given_away, margins, strict=True)
        )
        assert clear == (slot in found)
