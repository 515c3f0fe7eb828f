"""The steward is whom more than half of the team chose; how many chose whom, never who."""

import asyncio
from html import unescape
from uuid import uuid4

import pytest
from litestar import Litestar
from tests.organisation.world import House, account_of, founded
from tests.visitors import Visitor, newcomer

from recul import clock
from recul.database import Database
from recul.organisation import rules
from recul.organisation.actions import ballots, memberships
from recul.organisation.queries import elections, teams
from recul.organisation.tables import StewardBallot
from recul.web.roles import Role


async def result(house: House) -> tuple[list[tuple[str, int]], str | None]:
    found = await elections.election(house.team)
    votes = [(person.display_name, count) for person, count in found.votes]
    return votes, found.steward.display_name if found.steward else None


@pytest.mark.parametrize(
    ("counts", "members", "elected"),
    [
        ([2], 4, False),
        ([3], 4, True),
        ([2], 3, True),
        ([1], 2, False),
        ([1], 1, True),
        ([], 0, False),
    ],
)
def test_more_than_half_of_all(counts: list[int], members: int, elected: bool):
    votes = {uuid4(): count for count in counts}
    assert (rules.steward(votes, members) is not None) == elected


async def test_a_voice_is_given_changed_and_taken_back(house: House):
    ana, address = house.self, f"/equipes/{house.team}/referent"
    assert await result(house) == ([("Rosemonde", 2)], "Rosemonde")
    await ana.post(address, {"candidate": str(house.ids[Role.COLLEAGUE])})
    assert await result(house) == ([("Clotilde", 1), ("Rosemonde", 1)], None)
    await ana.post(address, {"candidate": str(house.ids[Role.SELF])})
    assert await result(house) == ([("Anabelle", 1), ("Rosemonde", 1)], None)
    await ana.post(f"{address}/retrait")
    assert await result(house) == ([("Rosemonde", 1)], None)
    assert await StewardBallot.count() == 1


async def test_the_page_tells_how_many_and_the_own_ballot_only(house: House):
    page = unescape((await house.people[Role.STEWARD].get(f"/equipes/{house.team}")).text)
    assert "2 voix" in page
    assert 'value="" checked' not in page
    assert "checked" not in page
    own = (await house.self.get(f"/equipes/{house.team}")).text
    assert f'value="{house.ids[Role.STEWARD]}" checked' in own
    assert own.count(" checked") == 1


async def test_only_members_vote_and_are_voted_for(house: House):
    address = f"/equipes/{house.team}/referent"
    outside = (Role.MANAGER, Role.ORGANISER, Role.ADMINISTRATOR, Role.STRANGER)
    for role in outside:
        voted = await house.people[role].post(address, {"candidate": str(house.ids[Role.SELF])})
        assert voted.status_code == 404, role
        candidate = await house.self.post(address, {"candidate": str(house.ids[role])})
        assert candidate.status_code == 422, role
    assert (await house.self.post(address, {"candidate": "x"})).status_code == 422
    assert await result(house) == ([("Rosemonde", 2)], "Rosemonde")


async def test_a_majority_is_of_those_who_are_there(house: House):
    """A newcomer can undo it, a departure can make it."""
    for mine in await teams.members(house.team):
        if mine.account == house.ids[Role.COLLEAGUE]:
            await memberships.end(mine.membership, clock.today())
    assert await result(house) == ([("Rosemonde", 1)], None)
    for mine in await teams.members(house.team):
        if mine.account == house.ids[Role.SELF]:
            await memberships.end(mine.membership, clock.today())
    assert await result(house) == ([], None)


async def team_of(app: Litestar, size: int) -> tuple[House, list[Visitor]]:
    house = await founded()
    people = [await newcomer(app, f"membre{n}") for n in range(size)]
    for person in people:
        await memberships.join(await account_of(person), house.team)
    return house, people


async def test_ballots_at_the_same_moment(live_db: Database, app: Litestar):
    house, people = await team_of(app, 9)
    first, second = [str(await account_of(person)) for person in people[:2]]
    address = f"/equipes/{house.team}/referent"
    choices = [(person, chosen) for person in people for chosen in (first, second, first)]
    answers = await asyncio.gather(
        *(person.post(address, {"candidate": chosen}) for person, chosen in choices)
    )
    assert {answer.status_code for answer in answers} == {303}
    found = await elections.election(house.team)
    assert sum(count for _, count in found.votes) == await StewardBallot.count() == 9
    again = await asyncio.gather(*(p.post(address, {"candidate": second}) for p in people))
    assert {answer.status_code for answer in again} == {303}
    assert [count for _, count in (await elections.election(house.team)).votes] == [9]


async def test_voting_while_leaving(live_db: Database, app: Litestar):
    house, people = await team_of(app, 6)
    chosen = await account_of(people[0])
    members = await teams.members(house.team)
    leave = [m for m in members if m.account != chosen]
    await asyncio.gather(
        *(ballots.vote(member.account, house.team, chosen) for member in members),
        *(memberships.end(member.membership, clock.today()) for member in leave),
    )
    found = await elections.election(house.team)
    assert found.members == 1
    assert sum(count for _, count in found.votes) <= 1


async def test_joining_twice_at_the_same_moment(live_db: Database, app: Litestar):
    house = await founded()
    other = await founded("Là-bas", "Sud", "Sud 1")
    account = await account_of(await newcomer(app, "pressee"))
    places = [house.team, other.team] * 4
    results = await asyncio.gather(
        *(memberships.join(account, team) for team in places), return_exceptions=True
    )
    assert sum(isinstance(result, memberships.AlreadyThere) for result in results) == 6
    mine = await teams.my_teams(account)
    assert sorted(one.home for one in mine) == [False, True]
