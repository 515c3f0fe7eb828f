"""What a line manager is told of a team that shares nothing with her: the same, vote or none."""

import re
from datetime import timedelta

import pytest
from tests.organisation.world import House
from tests.trends.team_world import PUBLISHED_ON, a_year, agreed, at, on
from tests.visitors import Visitor

from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("ring")

KIND = "Rien n’est partagé avec vous pour l’instant"


async def told(visitor: Visitor, path: str) -> str:
    """Nothing is found; the page without the token of its forms."""
    answer = await visitor.get(path)
    assert answer.status_code == 404
    return re.sub(r'value="[0-9a-f]{64,}"', "", answer.text)


async def test_a_vote_does_not_show_before_its_day(house: House):
    manager, path = house.people[Role.MANAGER], at(house, "tendance")
    without_figures = await told(manager, path)
    assert KIND in without_figures
    await a_year(house)
    with on(PUBLISHED_ON + timedelta(days=6)):
        before = await told(manager, path)
        await agreed(house)
        assert await told(manager, path) == before == without_figures


async def test_others_are_told_nothing_of_the_team(house: House):
    await a_year(house)
    await agreed(house)
    for role in (Role.ORGANISER, Role.FACILITATOR, Role.ADMINISTRATOR, Role.STRANGER):
        page = await told(house.people[role], at(house, "tendance"))
        assert "Cette page n’existe pas" in page
        assert KIND not in page
        assert "Polyvalence" not in page
