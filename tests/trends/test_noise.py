"""The exact sampler: its distribution beside OpenDP's, and what its scales cost in privacy."""

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Mapping
from math import exp, sqrt
from random import Random

import opendp.prelude as dp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.trends import noise
from recul.trends.contribution import DIMENSIONS, REACH, clamped
from recul.trends.noise import discrete_laplace, seeded
from recul.trends.sums import COUNT_SCALE, SUM_SCALE, Sum

dp.enable_features("contrib")

DRAWS = 100_000
# Six standard deviations: one run in a thousand million fails by chance.
FAR = 6.0
SCALES = (COUNT_SCALE, SUM_SCALE)


def drawn(scale: int, source: Random | None = None) -> Counter[int]:
    if source is None:
        return Counter(discrete_laplace(scale) for _ in range(DRAWS))
    with seeded(source):
        return Counter(discrete_laplace(scale) for _ in range(DRAWS))


def probability(scale: int, value: int) -> float:
    q = exp(-1 / scale)
    return (1 - q) / (1 + q) * q ** abs(value)


def binned(counts: Mapping[int, float], expected: Callable[[int], float]) -> list[int]:
    """Values with at least twenty draws expected; the rest goes into the two tails."""
    return [value for value in range(-2000, 2001) if expected(value) * DRAWS >= 20]


def tails(counts: Mapping[int, float], middle: list[int]) -> list[float]:
    low = sum(count for value, count in counts.items() if value < middle[0])
    high = sum(count for value, count in counts.items() if value > middle[-1])
    return [low, *(counts.get(value, 0) for value in middle), high]


def critical(freedom: int) -> float:
    """Chi-square so far out is FAR standard deviations (Wilson and Hilferty)."""
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + FAR * sqrt(spread)) ** 3)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("source", [None, Random(20261124)])
def test_each_value_comes_as_often_as_it_should(scale: int, source: Random | None):
    counts = drawn(scale, source)
    middle = binned(counts, lambda value: probability(scale, value))
    expected = [probability(scale, value) * DRAWS for value in middle]
    tail = (DRAWS - sum(expected)) / 2
    pairs = zip(tails(counts, middle), [tail, *expected, tail], strict=True)
    chi_square = sum((seen - due) ** 2 / due for seen, due in pairs)
    assert chi_square < critical(len(middle) + 1)


@pytest.mark.parametrize("scale", SCALES)
def test_nobody_can_tell_it_from_opendp(scale: int):
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    theirs = Counter(dp.m.make_laplace(*space, scale=float(scale))([0] * DRAWS))
    ours = drawn(scale)
    middle = binned(ours, lambda value: probability(scale, value))
    pairs = zip(tails(ours, middle), tails(theirs, middle), strict=True)
    chi_square = sum((one - other) ** 2 / (one + other) for one, other in pairs)
    assert chi_square < critical(len(middle) + 1)


def test_what_presence_and_a_changed_value_cost_by_opendps_account():
    space = dp.atom_domain(T=int), dp.absolute_distance(T=int)
    on_sum = dp.m.make_laplace(*space, scale=float(SUM_SCALE))
    on_count = dp.m.make_laplace(*space, scale=float(COUNT_SCALE))
    presence = on_sum.map(REACH) + on_count.map(1)
    changed_value = on_sum.map(2 * REACH) + on_count.map(0)
    three_points = on_sum.map(30)
    assert (presence, changed_value, three_points) == (2.0, 2.0, 1.0)


ANSWER = st.none() | st.integers(0, 100)


@given(ANSWER, ANSWER, st.integers(6, 14).map(lambda fifth: fifth * 5))
def test_nobody_moves_a_sum_by_more_than_was_accounted_for(
    one: int | None, other: int | None, centre: int
):
    before, after = (None if v is None else clamped(v, centre) for v in (one, other))
    moved = Sum(centre, 0, 0).moved(before, after)
    both = before is not None and after is not None
    assert abs(moved.noisy_sum) <= (2 * REACH if both else REACH)
    assert moved.noisy_count == moved.count
    assert abs(moved.count) == (0 if (before is None) == (after is None) else 1)


def test_there_is_no_floating_point_in_it():
    tree = ast.parse(inspect.getsource(noise))
    divisions = [node for node in ast.walk(tree) if isinstance(node, ast.Div)]
    floats = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is float]
    assert (divisions, floats) == ([], [])
    assert "import random" not in inspect.getsource(noise)


def test_a_seed_makes_it_repeatable_inside_only():
    with seeded(Random(1)):
        first = [discrete_laplace(30) for _ in range(50)]
    with seeded(Random(1)):
        assert [discrete_laplace(30) for _ in range(50)] == first
    assert [discrete_laplace(30) for _ in range(50)] != first


def test_production_refuses_seeds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(noise, "_refused", False)
    with seeded(Random(1)):
        noise.refuse_seeds()
        first = [discrete_laplace(30) for _ in range(50)]
    with pytest.raises(noise.SeedRefused), seeded(Random(1)):
        pass
    with monkeypatch.context() as patch:
        patch.setattr(noise, "_refused", False)
        with seeded(Random(1)):
            assert [discrete_laplace(30) for _ in range(50)] != first


def test_every_question_has_a_sum_of_its_own():
    from recul.journal.door import DIMENSIONS as ASKED

    assert DIMENSIONS == ASKED
