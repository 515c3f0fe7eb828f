"""What an account is in the house. Slices above say how to see it, and one statement asks all.

An SQL condition speaks of the account `a`. `recul.app` gathers them before anybody signs in.
"""

from functools import cache

from recul.web.roles import Standing

_conditions: dict[Standing, str] = {Standing.ADMINISTRATOR: "a.administrator"}


def told_by(conditions: dict[Standing, str]) -> None:
    """Let a slice say by which rows of its own somebody is recognised."""
    _conditions.update(conditions)
    columns.cache_clear()


@cache
def columns() -> str:
    """The columns of a statement on `account a`, one a standing, named after it."""
    return ", ".join(f"({sql}) AS {standing.value}" for standing, sql in _conditions.items())


def standings(row: dict[str, object]) -> frozenset[Standing]:
    return frozenset(standing for standing in _conditions if row[standing.value])
