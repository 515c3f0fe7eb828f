"""Those above a team read what it shares, not before it has had it, whatever else they are."""

from datetime import timedelta

from tests.organisation.world import House
from tests.trends.team_world import (
    LAST,
    PUBLISHED_ON,
    YES,
    a_year,
    agreed,
    all_at,
    at,
    on,
    publish,
    publish_place,
    text,
)

from recul.organisation.actions import ballots, memberships, structure
from recul.organisation.queries import elections, people
from recul.organisation.tables import StewardBallot
from recul.trends import queries_team
from recul.trends.actions import votes
from recul.web.roles import Role

LATE = timedelta(days=10)


async def test_seven_days_count_from_the_day_the_figures_came_out(house: House):
    """The server was off for ten days after the cycle; the team had nothing meanwhile."""
    out_on = PUBLISHED_ON + LATE
    await publish(house, LAST, all_at(50), out_on=out_on)
    manager, path = house.people[Role.MANAGER], at(house, "tendance")
    with on(out_on):
        await agreed(house)
        page = await text(house.self, path)
        assert "Publication du jeudi 12 novembre" in page
        assert "à partir du jeudi 19 novembre" in page
    for days, status in ((0, 404), (6, 404), (7, 200)):
        with on(out_on + timedelta(days=days)):
            assert (await manager.get(path)).status_code == status, days


async def test_who_joins_or_leaves_decides_nothing(house: House):
    """The page says what was decided, as long as nobody gives a voice anew."""
    await a_year(house)
    viewer = house.ids[Role.SELF]
    for role in (Role.SELF, Role.STEWARD):
        await votes.vote(house.ids[role], house.team, LAST, yes=True)
    manager, path = house.people[Role.MANAGER], at(house, "tendance")
    for role in (Role.ORGANISER, Role.FACILITATOR):
        await memberships.join(house.ids[role], house.team)
    vote = await queries_team.upward_vote(viewer, house.team, LAST)
    assert (vote.yes, vote.members, vote.agreed) == (2, 5, True)
    assert "Oui, l’équipe l’a décidé." in await text(house.self, path)
    assert (await manager.get(path)).status_code == 200
    await votes.vote(house.ids[Role.COLLEAGUE], house.team, LAST, yes=False)
    assert "Oui, l’équipe l’a décidé." not in await text(house.self, path)
    assert (await manager.get(path)).status_code == 404
    for mine in await people.belongings(
        house.ids[Role.ORGANISER], house.ids[Role.COLLEAGUE]
    ) + await people.belongings(house.ids[Role.ORGANISER], house.ids[Role.FACILITATOR]):
        await memberships.end(mine.id, mine.started_on)
    vote = await queries_team.upward_vote(viewer, house.team, LAST)
    assert (vote.yes, vote.members, vote.agreed) == (2, 3, False)
    assert (await manager.get(path)).status_code == 404


async def test_made_a_member_a_manager_reads_no_earlier(house: House):
    await a_year(house)
    manager, account = house.people[Role.MANAGER], house.ids[Role.MANAGER]
    await memberships.join(account, house.team)
    pages = ("tendance", "annee", "calcul", "feuille", "engagements")
    assert {(await manager.get(at(house, page))).status_code for page in pages} == {404}
    assert (await manager.post(at(house, "partage"), YES)).status_code == 404
    assert not await votes.vote(account, house.team, LAST, yes=True)
    await agreed(house)
    vote = await queries_team.upward_vote(house.ids[Role.SELF], house.team, LAST)
    assert (vote.yes, vote.members, vote.agreed) == (3, 3, True)
    with on(PUBLISHED_ON + timedelta(days=6)):
        assert (await manager.get(at(house, "tendance"))).status_code == 404
    with on(PUBLISHED_ON + timedelta(days=7)):
        assert (await manager.get(at(house, "tendance"))).status_code == 200
        assert (await manager.get(at(house, "feuille"))).status_code == 404


async def test_a_manager_elsewhere_in_the_house_cannot_subtract(house: House):
    """In a team of her own, she would read the unit; less a team that shares, that is another."""
    for place in (house.unit, house.organisation):
        await publish_place(place, LAST, all_at(75), cells=2)
    other = await structure.add_team(house.unit, "Encadrement")
    for role in (Role.MANAGER, Role.FACILITATOR):
        await memberships.join(house.ids[role], other)
    for path in (f"/equipes/service/{house.unit}", f"/equipes/structure/{house.organisation}"):
        assert (await house.people[Role.FACILITATOR].get(path)).status_code == 200
        assert (await house.people[Role.MANAGER].get(path)).status_code == 404


async def test_a_manager_neither_elects_nor_is_elected(house: House):
    """It is the team that chooses, not the hierarchy; also when a ballot was given before."""
    manager, colleague = house.ids[Role.MANAGER], house.ids[Role.COLLEAGUE]
    await memberships.join(manager, house.team)
    assert not await ballots.vote(manager, house.team, colleague)
    assert not await ballots.vote(colleague, house.team, manager)
    for voter, candidate in ((manager, colleague), (colleague, manager)):
        await StewardBallot.delete().where(StewardBallot.voter == voter)
        await StewardBallot.insert(StewardBallot(team=house.team, voter=voter, candidate=candidate))
    found = await elections.election(house.team)
    names = [(person.display_name, count) for person, count in found.votes]
    assert (found.members, names) == (3, [("Rosemonde", 1)])
    page = await text(house.people[Role.MANAGER], f"/equipes/{house.team}")
    assert "Donner ma voix" not in page
    own = (await house.self.get(f"/equipes/{house.team}")).text
    assert f'value="{manager}"' not in own
