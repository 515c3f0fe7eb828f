"""The attacks, each on many teams, each against several ways of publishing."""

from collections.abc import Callable, Sequence
from random import Random

from tests.trends.attack.attackers import Guess, Memory, Success, guess, remembered
from tests.trends.attack.mechanisms import Out, Recul, live, nothing, nothing_told
from tests.trends.attack.population import Month, Team, sharers

from recul.trends import figures
from recul.trends.contribution import clamped

TEAM = 8
CYCLES_BEFORE = 2
"""Publications before the one that is attacked: the centre has moved by then."""
Likelihood = Callable[[Sequence[int]], float]
Successes = dict[str, Success]


def remembers(trials: int) -> int:
    """How many teams an attacker has seen before: a tenth of them is looked at in each trial."""
    return max(3000, 5 * trials // 2)


def colleagues(trials: int, chance: Random, *, everybody: bool, size: int = TEAM) -> Successes:
    """A colleague who knows her own answers, or those of all others but one."""
    memory = remembered(size, everybody, remembers(trials), chance)
    found: dict[str, list[Guess]] = {"nothing": [], "live": [], "recul": []}
    while len(found["live"]) < trials:
        team, recul = Team.drawn(size, chance), Recul(chance, size)
        for _ in range(CYCLES_BEFORE):
            recul.close(team.month(chance))
        months = team.month(chance)
        if len(sharers(months)) < figures.COUNT_MINIMUM:
            continue  # nothing is shown by anybody
        target, *others = chance.sample(sharers(months), len(sharers(months)))
        known = [month.mean for month in (others if everybody else others[:1])]
        outs = {"nothing": nothing(months), "live": live(months), "recul": recul.close(months)}
        for name, out in outs.items():
            unknown = len(others) - len(known)
            found[name].append(guess(memory, target, known, unknown, out.likelihood, chance))
    return {name: Success.of(guesses) for name, guesses in found.items()}


def site_minus_teams(trials: int, chance: Random) -> Successes:
    """Two teams of eight and one person of a small team: the site's figure without the teams'."""
    memory = remembered(4, False, remembers(trials), chance, alone=True)
    found: dict[str, list[Guess]] = {"nothing": [], "live": [], "recul": []}
    while len(found["live"]) < trials:
        teams = [Team.drawn(TEAM, chance).month(chance) for _ in range(2)]
        [alone] = Team.drawn(1, chance).month(chance)
        if not alone.shares or min(len(sharers(team)) for team in teams) < figures.COUNT_MINIMUM:
            continue
        for name, likelihood in (
            ("nothing", nothing_told),
            ("live", _live_remainder(teams, alone)),
            ("recul", _recul_remainder(teams, alone, chance)),
        ):
            found[name].append(guess(memory, alone, [], 0, likelihood, chance))
    return {name: Success.of(guesses) for name, guesses in found.items()}


def _live_remainder(teams: list[list[Month]], alone: Month) -> Likelihood:
    sizes = [len(sharers(team)) for team in teams]
    shown = [live(team).shown or 0 for team in teams]
    everybody = [month for team in teams for month in sharers(team)] + [alone]
    site = (live(everybody).shown or 0) * 10
    rest = site * len(everybody) - sum(s * 10 * n for s, n in zip(shown, sizes, strict=True))
    width = 0.29 * sum(n**2 for n in (*sizes, len(everybody))) ** 0.5
    return lambda candidate: 2.0 ** -(((candidate[0] - rest) / width) ** 2)


def _recul_remainder(teams: list[list[Month]], alone: Month, chance: Random) -> Likelihood:
    """The unit's sum is that of the noisy cells: what is left is the pool, if it counts at all."""
    cells = [Recul(chance, TEAM).close(team).found for team in teams]
    pool = Recul(chance, 1).close([alone]).found
    parts = [(figures.may_be_published(s, many=True), figures.part(s)) for s in cells if s]
    published = [part for shown, part in parts if shown]
    assert pool is not None
    pooled = [part for shown, part in parts if not shown] + [figures.part(pool)]
    point, without = figures.joined(published, pooled), figures.joined(published, [])
    if point == without or len(pooled) > 1:
        return nothing_told
    return _of_one(pool.noisy_sum, pool.centre)


def _of_one(noisy: int, centre: int) -> Likelihood:
    return lambda c: 2.718281828 ** (-abs(noisy - clamped(c[0], centre) + centre) / 30)


def leaver(trials: int, chance: Random) -> Successes:
    """Somebody leaves: the cycle with her, and the one without, read by a colleague."""
    memory = remembered(TEAM, True, remembers(trials), chance)
    found: dict[str, list[Guess]] = {"nothing": [], "live": [], "recul": []}
    while len(found["live"]) < trials:
        team, recul = Team.drawn(TEAM, chance), Recul(chance, TEAM)
        for _ in range(CYCLES_BEFORE):
            recul.close(team.month(chance))
        before = team.month(chance)
        stay = sharers(before)
        if len(stay) <= figures.COUNT_MINIMUM:
            continue
        target, after = stay[0], _without(before, stay[0])
        pairs = {
            "nothing": (nothing(before), nothing(after)),
            "live": (live(before), live(after)),
            "recul": (recul.close(before), recul.close(after)),
        }
        for name, (first, second) in pairs.items():
            found[name].append(_difference(memory, target, stay[1:], first, second, chance))
    return {name: Success.of(guesses) for name, guesses in found.items()}


def _without(months: list[Month], gone: Month) -> list[Month]:
    """The worst case: all others answer the same again."""
    return [month for month in months if month is not gone]


def _difference(
    memory: Memory, target: Month, stay: list[Month], first: Out, second: Out, chance: Random
) -> Guess:
    """The attacker need not know the others: the second publication tells of them."""
    typical = [round((second.shown or 5.0) * 10)] * len(stay)
    return guess(memory, target, typical, 0, first.likelihood, chance)


def second_look(trials: int, chance: Random) -> dict[str, float]:
    """How often a single save is read to half a point by looking before and after it.

    Recul shows nothing while a cycle is open, and the same for ever once it closed."""
    right, tried = 0, 0
    while tried < trials:
        months = sharers(Team.drawn(TEAM, chance).month(chance))
        if len(months) <= figures.COUNT_MINIMUM:
            continue
        tried += 1
        saved, *before = months
        look = [(live(some).shown or 0) * len(some) for some in (before, months)]
        right += abs(look[1] - look[0] - saved.mean / 10) <= 0.05 * (2 * len(months) - 1) + 1e-9
    return {"live": right / trials, "recul": 0.0}
