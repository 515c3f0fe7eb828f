"""The results as a page of Markdown."""

from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

from tests.trends.attack import attacks
from tests.trends.attack.attackers import Success
from tests.trends.attack.usefulness import SIZES, Usefulness, useful

T = TypeVar("T")
PARTS = 5 + len(SIZES)
"""How many steps both tables take."""
NAMES = {"nothing": "nothing", "live": "live exact mean, n ≥ 5", "recul": "Recul"}


def _nobody(_steps: int) -> None:
    """Nobody wants to know how far it is."""


def _each(made: Iterator[T], done: Callable[[int], None]) -> Iterator[T]:
    for each in made:
        done(1)
        yield each


def _attacks(trials: int, chance: Random) -> Iterator[dict[str, Success]]:
    yield attacks.colleagues(trials, chance, everybody=False)
    yield attacks.colleagues(trials, chance, everybody=True)
    yield attacks.site_minus_teams(trials, chance)
    yield attacks.leaver(trials, chance)


def attacked(trials: int, chance: Random, done: Callable[[int], None] = _nobody) -> list[str]:
    """Tells `done` of each step."""
    found = list(_each(_attacks(trials, chance), done))
    looks = attacks.second_look(trials, chance)
    done(1)
    lines = [
        "| Published | knows herself | all but one | site minus teams | leaver | second look |",
        "|---|---|---|---|---|---|",
    ]
    for name, said in NAMES.items():
        look = f"{looks[name]:.0%} exact" if name in looks else "–"
        cells = [_cell(each[name]) for each in found]
        lines.append(f"| {said} | {' | '.join(cells)} | {look} |")
    return lines


def _cell(success: Success) -> str:
    return f"{success.accuracy:.0%} / {success.error:.2f}"


def used(trials: int, chance: Random, done: Callable[[int], None] = _nobody) -> list[str]:
    """Tells `done` of each step."""
    lines = [
        "| People | out | RMSE | as shown | in band | +1.5 noticed | false | live RMSE | noticed |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    found = (useful(size, trials, chance) for size in SIZES)
    return lines + [_row(each) for each in _each(found, done)]


def _row(found: Usefulness) -> str:
    cells = (
        f"{found.size}",
        f"{found.published:.0%}",
        f"{found.error:.2f}",
        f"{found.shown_error:.2f}",
        f"{found.covered:.0%}",
        f"{found.noticed:.0%}",
        f"{found.alarms:.0%}",
        f"{found.live_error:.2f}",
        f"{found.live_noticed:.0%}",
    )
    return f"| {' | '.join(cells)} |"
