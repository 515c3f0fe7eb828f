"""Kinds of groups and what is usual of each."""

import pytest

from recul.booking import kinds
from recul.booking.kinds import KINDS

USUAL = {  # capacity, minimum, most, minutes, dates
    "practice_analysis_group": (12, 6, 15, 120, 8),
    "team_supervision": (12, 3, 15, 90, 8),
    "group_supervision": (8, 4, 10, 120, 8),
    "codev_group": (8, 5, 8, 150, 8),
    "peer_supervision": (8, 3, 10, 120, 8),
    "peer_support_group": (8, 3, 12, 90, 8),
}


def test_what_is_usual_of_each():
    assert {
        key: (kind.capacity, kind.minimum, kind.most, kind.minutes, kind.dates)
        for key, kind in KINDS.items()
    } == USUAL


def test_who_runs_them():
    assert {kind.key for kind in kinds.SELF_MANAGED} == {"peer_supervision", "peer_support_group"}
    assert {kind.key for kind in kinds.FACILITATED} == set(USUAL) - {
        kind.key for kind in kinds.SELF_MANAGED
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_what_is_usual_can_be_had(kind: kinds.Kind):
    assert kinds.FEWEST <= kind.minimum <= kind.capacity <= kind.most <= kinds.MOST
    assert kinds.SHORTEST <= kind.minutes <= kinds.LONGEST
    assert 1 <= kind.dates <= kinds.DATES
    assert set(kind.roles) <= set(kinds.ROLES)
    assert kind.label
    assert kind.hint.endswith(".")
    assert len(kind.key) <= 32
    assert max(map(len, kinds.ROLES)) <= 16


def test_individual_supervision_has_a_name_but_is_no_group():
    assert kinds.label(kinds.INDIVIDUAL) == "Supervision individuelle"
    assert kinds.label("codev_group") == KINDS["codev_group"].label
    assert kinds.INDIVIDUAL not in KINDS
