"""Cycles: blocks of four ISO weeks, one after the other, thirteen a year (ANONYMITY.md 1)."""

from datetime import date, timedelta

FIRST_MONDAY = date(2024, 1, 1)
"""The first day of cycle 1."""
WEEKS = 4
DAYS = 7 * WEEKS


def number_on(day: date) -> int:
    """The number of the cycle that a day is in."""
    return (day - FIRST_MONDAY).days // DAYS + 1


def first_day(number: int) -> date:
    """Its first Monday."""
    return FIRST_MONDAY + timedelta(days=DAYS * (number - 1))


def last_day(number: int) -> date:
    """Its last Sunday."""
    return first_day(number + 1) - timedelta(days=1)


def mondays(number: int) -> tuple[date, ...]:
    """The first days of its four weeks."""
    return tuple(first_day(number) + timedelta(weeks=week) for week in range(WEEKS))
