"""The results as a page of Markdown."""

from random import Random

from tests.trends.attack import attacks
from tests.trends.attack.attackers import Success
from tests.trends.attack.usefulness import SIZES, Usefulness, useful

NAMES = {"nothing": "nothing", "live": "live exact mean, n ≥ 5", "recul": "Recul"}


def attacked(trials: int, chance: Random) -> list[str]:
    found = [
        attacks.colleagues(trials, chance, everybody=False),
        attacks.colleagues(trials, chance, everybody=True),
        attacks.site_minus_teams(trials, chance),
        attacks.leaver(trials, chance),
    ]
    looks = attacks.second_look(trials, chance)
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


def used(trials: int, chance: Random) -> list[str]:
    lines = [
        "| People | out | RMSE | as shown | in band | +1.5 noticed | false | live RMSE | noticed |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return lines + [_row(useful(size, trials, chance)) for size in SIZES]


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
