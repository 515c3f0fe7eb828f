"""The days she works: neither week-ends, nor public holidays (France), nor her own holidays."""

from collections.abc import Iterator
from datetime import date, timedelta

# From (month, day) to (month, day), both included.
_LEAVE = (
    ((1, 1), (1, 2)),
    ((2, 16), (2, 22)),
    ((4, 20), (4, 28)),
    ((7, 25), (8, 17)),
    ((10, 26), (10, 31)),
    ((12, 23), (12, 31)),
)
_FEASTS = frozenset(
    [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)],
)
_AFTER_EASTER = (1, 39, 50)
# A demo looked at in August must not look deserted.
_NO_LEAVE_BEFORE_END = timedelta(days=21)


def working_days(start: date, until: date) -> Iterator[date]:
    """From `start` to `until`, both included."""
    for number in range((until - start).days + 1):
        day = start + timedelta(days=number)
        away = _on_leave(day) and until - day > _NO_LEAVE_BEFORE_END
        if day.weekday() < 5 and not away and not _is_feast(day):
            yield day


def _on_leave(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in _LEAVE)


def _is_feast(day: date) -> bool:
    since_easter = (day - easter(day.year)).days
    return (day.month, day.day) in _FEASTS or since_easter in _AFTER_EASTER


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (from 1583 on)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    epact = moon - (golden + 11 * moon) // 319
    sunday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - epact + 32) % 7
    month = (epact + sunday + 90) // 25
    return date(year, month, (epact + sunday + month + 19) % 32)
