"""Packages: what is left, when another one may be opened, and what comes too late."""

from datetime import UTC, datetime, timedelta

import pytest

from recul.booking.packages import Package, is_late

AT = datetime(2026, 11, 26, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("used", "coming", "remaining", "over"),
    [(0, 0, 3, False), (1, 1, 2, False), (3, 1, 0, False), (3, 0, 0, True), (4, 0, 0, True)],
)
def test_what_is_left(used: int, coming: int, remaining: int, over: bool):
    package = Package(meetings=3, used=used, coming=coming)
    assert (package.remaining, package.over) == (remaining, over)


@pytest.mark.parametrize(
    ("before", "hours", "late"),
    [
        (timedelta(hours=48), 48, False),
        (timedelta(hours=48) - timedelta(seconds=1), 48, True),
        (timedelta(minutes=1), 0, False),
        (timedelta(hours=1), 2, True),
    ],
)
def test_when_it_is_too_late(before: timedelta, hours: int, late: bool):
    assert is_late(AT, AT - before, hours) == late
