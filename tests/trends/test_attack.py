"""The short form of `make attack`: bounds that no fluke passes, on the application's own steps."""

from random import Random

import pytest
from tests.trends.attack import attacks
from tests.trends.attack.usefulness import useful

TRIALS = 250
SEED = 38


@pytest.mark.slow
def test_who_knows_all_but_one_learns_little():
    found = attacks.colleagues(TRIALS, Random(SEED), everybody=True)
    assert found["live"].accuracy > 0.9
    assert found["live"].error < 0.35
    assert found["recul"].accuracy < 0.82
    assert found["recul"].error > 1.05


@pytest.mark.slow
def test_who_knows_herself_learns_little():
    found = attacks.colleagues(TRIALS, Random(SEED), everybody=False)
    assert found["recul"].accuracy < 0.77
    assert found["recul"].error > 1.15


@pytest.mark.slow
def test_the_site_without_its_teams_tells_nothing():
    found = attacks.site_minus_teams(TRIALS, Random(SEED))
    assert found["live"].accuracy > 0.85
    assert found["recul"].accuracy < 0.58
    assert found["recul"].error > 1.3


@pytest.mark.slow
def test_who_leaves_is_not_given_away():
    found = attacks.leaver(TRIALS, Random(SEED))
    assert found["live"].accuracy > 0.85
    assert found["recul"].accuracy < 0.82
    assert found["recul"].error > 1.05


def test_a_second_look_gives_a_live_mean_away():
    assert attacks.second_look(TRIALS, Random(SEED)) == {"live": 1.0, "recul": 0.0}


@pytest.mark.slow
@pytest.mark.parametrize(("size", "error", "noticed"), [(8, 0.8, 0.25), (20, 0.45, 0.45)])
def test_a_team_sees_something(size: int, error: float, noticed: float):
    found = useful(size, TRIALS, Random(SEED))
    assert found.error < error
    assert found.covered > 0.68
    assert found.noticed > noticed
    assert found.alarms < 0.2
