"""The pages of a team: who reads them, when, and at which cost."""

from datetime import timedelta

import pytest
from litestar import Litestar
from tests.organisation.world import House, account_of
from tests.trends.team_world import (
    LAST,
    MEMBERS,
    PUBLISHED_ON,
    YES,
    a_year,
    agreed,
    all_at,
    at,
    on,
    publish,
    publish_place,
    talked,
    text,
)
from tests.visitors import newcomer

from recul import clock
from recul.database import recorded_statements
from recul.organisation.actions import memberships, trust
from recul.organisation.queries.people import belongings
from recul.trends import queries_team
from recul.trends.actions import votes
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("ring")


# Who, and when


async def test_members_read_at_once_and_others_find_nothing(house: House):
    kept = await talked(house)
    others = (Role.ORGANISER, Role.FACILITATOR, Role.ADMINISTRATOR, Role.STRANGER)
    pages = ("tendance", "annee", "calcul", "feuille", "engagements")
    acts = (
        "partage",
        "reperes",
        f"reperes/{kept['marker']}/retrait",
        "engagements",
        f"engagements/{kept['commitment']}",
    )
    for role in MEMBERS:
        for page in pages:
            assert (await house.people[role].get(at(house, page))).status_code == 200
    for role in others:
        for page in pages:
            assert (await house.people[role].get(at(house, page))).status_code == 404, (role, page)
        for act in acts:
            answer = await house.people[role].post(at(house, act), {"voice": "yes"})
            assert answer.status_code == 404, (role, act)


async def test_the_manager_reads_only_after_the_vote_and_the_seventh_day(house: House):
    await a_year(house)
    manager, path = house.people[Role.MANAGER], at(house, "tendance")
    assert (await manager.get(path)).status_code == 404
    await agreed(house)
    with on(PUBLISHED_ON + timedelta(days=6)):
        assert (await manager.get(path)).status_code == 404
    with on(PUBLISHED_ON + timedelta(days=7)):
        page = await text(manager, path)
        assert "Charge de travail : plus haute qu’aux trois cycles d’avant" in page
        assert (await manager.get(at(house, "calcul"))).status_code == 200
        for hidden in ("La hiérarchie peut-elle lire", "Poser un repère", "Dit, fait", "ma propre"):
            assert hidden not in page
        for page_name in ("feuille", "engagements"):
            assert (await manager.get(at(house, page_name))).status_code == 404
        for act in ("partage", "reperes", "engagements"):
            assert (await manager.post(at(house, act))).status_code == 404


async def test_a_harder_delay_counts(house: House):
    await a_year(house)
    await agreed(house)
    await trust.harden(house.ids[Role.ORGANISER], house.organisation, "manager_delay_days", 30)
    path = at(house, "tendance")
    for days, status in ((29, 404), (30, 200)):
        with on(PUBLISHED_ON + timedelta(days=days)):
            # The next cycle is over by then, unpublished here.
            assert (await house.people[Role.MANAGER].get(path)).status_code == status


async def test_a_vote_is_about_one_publication_and_those_before(house: House):
    await a_year(house)
    await agreed(house)
    with on(PUBLISHED_ON + timedelta(days=28 + 20)):
        await publish(house, LAST + 1, all_at(10))
        page = await text(house.people[Role.MANAGER], at(house, "tendance"))
        assert "plus haute qu’aux trois cycles d’avant" in page
        assert "plus basse" not in page
        assert "plus basse" in await text(house.self, at(house, "tendance"))
        vote = await queries_team.upward_vote(house.ids[Role.SELF], house.team, LAST + 1)
        assert (vote.yes, vote.own, vote.agreed) == (0, None, False)


async def test_more_than_half_of_those_who_are_there(house: House, app: Litestar):
    await a_year(house)
    fourth = await newcomer(app, "quatrieme")
    await memberships.join(await account_of(fourth), house.team)
    path = at(house, "tendance")
    for role, said in ((Role.SELF, "1 voix pour, il en faut 3 sur 4"), (Role.STEWARD, "2 voix")):
        answer = await house.people[role].post(at(house, "partage"), YES)
        assert answer.status_code == 303
        assert said in await text(house.self, path)
    manager = house.people[Role.MANAGER]
    assert (await manager.get(path)).status_code == 404
    await house.people[Role.COLLEAGUE].post(at(house, "partage"), YES)
    assert "Oui, l’équipe l’a décidé." in await text(house.self, path)
    assert (await manager.get(path)).status_code == 200
    for change in ("no", "none"):
        await house.self.post(at(house, "partage"), {"voice": change, "cycle": LAST})
        assert (await manager.get(path)).status_code == 404


async def test_the_voice_of_who_left_is_not_counted(house: House):
    await a_year(house)
    await votes.vote(house.ids[Role.SELF], house.team, LAST, yes=True)
    mine = await belongings(house.ids[Role.ORGANISER], house.ids[Role.SELF])
    await memberships.end(mine[0].id, clock.today())
    await votes.vote(house.ids[Role.STEWARD], house.team, LAST, yes=True)
    vote = await queries_team.upward_vote(house.ids[Role.STEWARD], house.team, LAST)
    assert (vote.yes, vote.members, vote.agreed) == (1, 2, False)
    assert not await votes.vote(house.ids[Role.SELF], house.team, LAST, yes=True)


async def test_a_form_of_an_older_publication_counts_for_nothing(house: House):
    await a_year(house)
    for typed in ({"voice": "yes", "cycle": LAST - 1}, {"voice": "yes"}, {"voice": "x"}, {}):
        assert (await house.self.post(at(house, "partage"), typed)).status_code == 303
    assert (await queries_team.upward_vote(house.ids[Role.SELF], house.team, LAST)).own is None


# Units and organisations


async def test_sums_are_for_those_who_are_in_a_team_there(house: House):
    for place in (house.unit, house.organisation):
        await publish_place(place, LAST, all_at(75), cells=2)
    for path in (f"/equipes/service/{house.unit}", f"/equipes/structure/{house.organisation}"):
        assert "Charge de travail : première publication" in await text(house.self, path)
        for role in set(house.people) - set(MEMBERS):
            assert (await house.people[role].get(path)).status_code == 404, role


async def test_a_unit_of_one_team_shows_nothing(house: House):
    await publish_place(house.unit, LAST, all_at(75), cells=1)
    page = await text(house.self, f"/equipes/service/{house.unit}")
    assert "Pas de chiffres ici" in page
    assert "7,5" not in page


# Cost


async def test_a_year_costs_as_many_statements_as_a_cycle(house: House):
    await a_year(house, 1)
    counts = []
    for more in (12, 1):
        with recorded_statements() as ran:
            await text(house.self, at(house, "tendance"))
        counts.append(len(ran))
        await a_year(house, more, LAST - len(counts) * 12 + 11)
    assert counts[0] == counts[1] <= 14
