"""Turns are fair: whoever did least is proposed, and nobody for two roles while others rest."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from recul.booking.turns import proposed

ROLES = ("host", "time", "frame")
A, B, C, D = (UUID(int=number) for number in range(4))


def test_the_first_meeting_goes_by_the_order_in_which_people_joined():
    assert proposed(ROLES, [A, B, C, D], [], {}) == {"host": A, "time": B, "frame": C}


def test_whoever_had_a_role_least_and_longest_ago_is_next():
    past = [{"host": A, "time": B}, {"host": B, "time": A}]
    assert proposed(("host",), [A, B, C], past, {}) == {"host": C}
    assert proposed(("host",), [A, B], past, {}) == {"host": A}


def test_what_is_taken_stays_and_its_holder_rests():
    assert proposed(ROLES, [A, B, C], [], {"time": A}) == {"host": B, "frame": C}


def test_two_roles_for_one_person_only_when_everybody_has_one():
    assert proposed(ROLES, [A, B], [], {}) == {"host": A, "time": B, "frame": A}
    assert proposed(ROLES, [], [], {}) == {}


@given(st.integers(1, 9), st.integers(1, 30))
def test_over_time_everybody_has_each_role_as_often(size: int, meetings: int):
    people = [UUID(int=number) for number in range(size)]
    past: list[Mapping[str, UUID]] = []
    for _ in range(meetings):
        past.append(proposed(ROLES, people, past, {}))
    for meeting in past:
        assert set(meeting) == set(ROLES)
        held = Counter(meeting.values())
        assert max(held.values()) - min(held[one] for one in people) <= 1
    total = Counter(one for meeting in past for one in meeting.values())
    assert max(total[one] for one in people) - min(total[one] for one in people) <= len(ROLES)
