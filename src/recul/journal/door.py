"""The one door through which trends look into a journal: the viewer's own, while it is open."""

from collections.abc import Iterator, Mapping
from datetime import date

from recul.journal import queries, shapes
from recul.journal.charts import SHORT_MONTHS
from recul.journal.moments import DIMENSIONS, Moment
from recul.journal.scales import SCALES, Scale
from recul.journal.timeline import month_of, months_back
from recul.journal.trends import monday_of
from recul.vault.opened import OpenVault

__all__ = [
    "DIMENSIONS",
    "SCALES",
    "SHORT_MONTHS",
    "Moment",
    "Scale",
    "answers_of",
    "shapes",
    "weekly_answers",
]

Tally = tuple[int, int]
"""The sum of some answers from 1 to 5, and how many they are."""


async def weekly_answers(
    vault: OpenVault, first: date, last: date
) -> Mapping[str, Mapping[date, Tally]]:
    """What filed moments answer, by question and by the Monday of their week.

    `first` is a Monday and `last` a Sunday; the moments' own days count, wherever they were.
    """
    months = list(months_back(month_of(last), month_of(first)))
    rows, _ = await queries.rows_of_months(vault, months)
    answers: dict[str, dict[date, Tally]] = {dimension: {} for dimension in DIMENSIONS}
    for entry in queries.opened(vault, rows):
        for dimension, monday, value in answers_of(entry.moment, first, last):
            total, count = answers[dimension].get(monday, (0, 0))
            answers[dimension][monday] = (total + value, count + 1)
    return answers


def answers_of(moment: Moment, first: date, last: date) -> Iterator[tuple[str, date, int]]:
    """The answers of one moment, if its day is in between: (question, Monday, 1 to 5)."""
    if first <= moment.day <= last:
        for dimension in DIMENSIONS:
            value = getattr(moment, dimension)
            if value is not None:
                yield dimension, monday_of(moment.day), value
