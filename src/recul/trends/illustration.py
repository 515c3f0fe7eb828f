"""An invented team of nine under five draws of noise, with the rules of the real ones. Pure."""

from dataclasses import dataclass

from recul.trends import figures
from recul.trends.contribution import clamped
from recul.trends.sums import Sum

ANSWERS = (20, 35, 45, 50, 60, 65, 70, 75)
"""Of eight people, in tenths. Camille is the ninth."""
HER = {"light": 25, "heavy": 75}
CENTRE = 50
NOISE = ((-34, 0), (11, 1), (52, -1), (-8, 0), (23, 2))
"""Five draws, kept so that the page is always the same: of the sum, and of the head count."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What would be published with one draw, for either answer of Camille's; tenths."""

    number: int
    light: int
    heavy: int
    band: int


def draws() -> list[Draw]:
    return [_draw(n, *noise) for n, noise in enumerate(NOISE, start=1)]


def exact(hers: int) -> int:
    """The mean that nobody ever sees, in tenths."""
    return round((sum(ANSWERS) + hers) / (len(ANSWERS) + 1))


def _draw(number: int, on_sum: int, on_count: int) -> Draw:
    points = {name: _published(hers, on_sum, on_count) for name, hers in HER.items()}
    return Draw(
        number, points["light"].shown, points["heavy"].shown, round(10 * points["light"].band)
    )


def _published(hers: int, on_sum: int, on_count: int) -> figures.Point:
    everybody = [clamped(answer, CENTRE) for answer in (*ANSWERS, hers)]
    count = len(everybody)
    total = sum(answer - CENTRE for answer in everybody) + on_sum
    found = Sum(CENTRE, total, count + on_count, count)
    return figures.Point(figures.figure(found), found.noisy_count)
