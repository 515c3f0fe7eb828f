"""What one person sends for one question and one cycle (ANONYMITY.md 3).

Answers from 1 to 5 are counted on 0 to 10 points, in tenths of a point: whole numbers from 0 to
100. Means are exact fractions until the one rounding at the end, halves upwards.
"""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

DIMENSIONS = ("workload", "emotional_load", "recovery", "support")
"""The four questions, in the order in which they are stored."""

TENTHS_PER_STEP = 25
"""One step of a scale is 2.5 points."""
REACH = 30
"""Nobody moves a sum by more than 3 points from the centre, whatever the answers."""

Tally = tuple[int, int]
"""The sum of some answers from 1 to 5, and how many they are."""
Weeks = Mapping[date, Tally]
"""The answers to one question, by the Monday of their week."""
Answers = Mapping[str, Weeks]
Sent = dict[str, int]
"""Tenths by question; a question that is not in it was not sent."""


def week_mean(answers: Tally) -> Fraction:
    """In tenths of a point."""
    return (Fraction(*answers) - 1) * TENTHS_PER_STEP


def cycle_mean(weeks: Weeks, left_out: Collection[date] = ()) -> int | None:
    """The mean of the weeks' means, in whole tenths; none when no week has an answer."""
    means = [week_mean(found) for monday, found in weeks.items() if monday not in left_out]
    return rounded(sum(means, Fraction(0)) / len(means)) if means else None


def rounded(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (value + Fraction(1, 2)).__floor__()


def clamped(tenths: int, centre: int) -> int:
    """Within reach of the centre."""
    return max(centre - REACH, min(centre + REACH, tenths))


def contribution(
    answers: Answers,
    centres: Mapping[str, int],
    *,
    weeks_out: Collection[date] = (),
    dimensions_out: Collection[str] = (),
) -> Sent:
    """What is sent: for each question that was answered and not left out, one number."""
    means = {
        dimension: cycle_mean(answers.get(dimension, {}), weeks_out)
        for dimension in DIMENSIONS
        if dimension not in dimensions_out
    }
    return {
        dimension: clamped(mean, centres[dimension])
        for dimension, mean in means.items()
        if mean is not None
    }
