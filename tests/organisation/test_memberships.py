"""Joining, moving, leaving: one home team, and a journal that is nobody else's affair."""

from datetime import timedelta

import pytest
from litestar import Litestar
from tests.organisation.world import House, account_of, founded, membership_of
from tests.visitors import newcomer

from recul import clock
from recul.accounts import queries as accounts
from recul.accounts.tables import Account
from recul.journal import queries as journal
from recul.organisation.actions import memberships, structure
from recul.organisation.actions.memberships import AlreadyThere, TeamClosed, WrongDay
from recul.organisation.queries import people, teams
from recul.organisation.tables import Membership, StewardBallot
from recul.web.roles import Role

SECRET = "Ce que personne n’emporte."


async def homes(account) -> list[tuple[str, bool]]:
    return [(mine.team.name, mine.home) for mine in await teams.my_teams(account)]


async def test_leaving_a_team_leaves_the_journal_with_the_person(house: House):
    ana, account = house.self, house.ids[Role.SELF]
    await ana.post("/carnet/vite", {"text-line": SECRET, "nonce": "n"})
    before = await accounts.stored_rows(account) | await journal.stored_rows(account)
    member = await membership_of(house, Role.SELF)
    answer = await house.organiser.post(f"/structure/appartenances/{member}/fin")
    assert answer.headers["location"] == f"/structure/equipes/{house.team}"
    after = await accounts.stored_rows(account) | await journal.stored_rows(account)
    assert after == before
    assert SECRET in (await ana.get("/carnet")).text
    assert (await ana.get(f"/equipes/{house.team}")).status_code == 404
    assert (await ana.get("/equipes")).status_code == 404
    assert "Anabelle" not in (await house.people[Role.COLLEAGUE].get(f"/equipes/{house.team}")).text
    assert (await house.organiser.get(f"/structure/personnes/{account}")).status_code == 404


async def test_an_account_that_is_erased_takes_its_memberships(house: House):
    await Account.delete().where(Account.id == house.ids[Role.SELF])
    assert [m.display_name for m in await teams.members(house.team)] == ["Clotilde", "Rosemonde"]


async def test_the_first_team_is_home_and_the_next_are_not(house: House):
    account = house.ids[Role.SELF]
    other = await structure.add_team(house.unit, "Veille")
    await memberships.join(account, other)
    assert await homes(account) == [("Polyvalence", True), ("Veille", False)]
    [_, veille] = await teams.my_teams(account)
    await house.organiser.post(f"/structure/appartenances/{veille.membership}/principale")
    assert await homes(account) == [("Veille", True), ("Polyvalence", False)]
    await house.self.post(f"/equipes/{house.team}/principale")
    assert await homes(account) == [("Polyvalence", True), ("Veille", False)]
    home = await teams.home_team(account)
    assert home is not None
    assert home.id == house.team
    assert (account, house.team, house.unit) in await teams.home_cells(clock.today())


async def test_leaving_the_home_team_makes_the_oldest_other_one_home(house: House):
    account = house.ids[Role.SELF]
    for name, days in (("Veille", 3), ("Nuit", 9)):
        team = await structure.add_team(house.unit, name)
        await memberships.join(account, team, clock.today() - timedelta(days=days))
    await memberships.end(await membership_of(house, Role.SELF), clock.today())
    assert await homes(account) == [("Nuit", True), ("Veille", False)]


async def test_a_move_keeps_home_and_history(house: House):
    account, team = house.ids[Role.SELF], await structure.add_team(house.unit, "Veille")
    member = await membership_of(house, Role.SELF)
    answer = await house.organiser.post(
        f"/structure/appartenances/{member}/depart",
        {"team": str(team), "moved_on": clock.today().isoformat()},
    )
    assert answer.headers["location"] == f"/structure/equipes/{team}"
    assert await homes(account) == [("Veille", True)]
    history = await people.belongings(house.ids[Role.ORGANISER], account)
    assert {(one.name, one.ended_on is None) for one in history} == {
        ("Polyvalence", False),
        ("Veille", True),
    }


async def test_a_move_to_where_one_is_changes_nothing(house: House):
    account = house.ids[Role.SELF]
    member, team = await membership_of(house, Role.SELF), house.team
    other = await structure.add_team(house.unit, "Veille")
    await memberships.join(account, other)
    with pytest.raises(AlreadyThere):
        await memberships.move(member, other, clock.today())
    assert await homes(account) == [("Polyvalence", True), ("Veille", False)]
    page = await house.organiser.post(
        f"/structure/personnes/{account}/equipes", {"team": str(team)}
    )
    assert (page.status_code, "y est déjà" in page.text) == (422, True)


@pytest.mark.parametrize("days", [-1, 2])
async def test_nobody_leaves_before_she_came_nor_in_days_to_come(house: House, days: int):
    member = await membership_of(house, Role.SELF)
    with pytest.raises(WrongDay):
        await memberships.end(member, clock.today() + timedelta(days=days))
    day = (clock.today() + timedelta(days=days)).isoformat()
    page = await house.organiser.post(f"/structure/appartenances/{member}/fin", {"day": day})
    assert (page.status_code, "entre l’arrivée et aujourd’hui" in page.text) == (422, True)
    assert len(await teams.members(house.team)) == 3


async def test_one_can_come_back(house: House):
    account, member = house.ids[Role.SELF], await membership_of(house, Role.SELF)
    await memberships.end(member, clock.today())
    await memberships.end(member, clock.today())  # again: nothing
    await memberships.join(account, house.team)
    assert await homes(account) == [("Polyvalence", True)]
    assert await Membership.count().where(Membership.account == account) == 2


async def test_a_ballot_leaves_with_its_voter_and_its_candidate(house: House):
    assert await StewardBallot.count() == 2
    await memberships.end(await membership_of(house, Role.COLLEAGUE), clock.today())
    assert await StewardBallot.count() == 1
    await memberships.end(await membership_of(house, Role.STEWARD), clock.today())
    assert await StewardBallot.count() == 0


async def test_a_home_elsewhere_is_not_for_this_organiser(app: Litestar, house: House):
    """Somebody of two organisations: neither takes the home team from the other."""
    account = house.ids[Role.SELF]
    elsewhere = await founded("Là-bas", "Sud", "Sud 1")
    await memberships.join(account, elsewhere.team)
    await house.self.post(f"/equipes/{elsewhere.team}/principale")
    member = await membership_of(house, Role.SELF)
    answer = await house.organiser.post(f"/structure/appartenances/{member}/principale")
    assert (answer.status_code, "choisir elle-même" in answer.text) == (422, True)
    assert "Sud" not in answer.text
    assert await homes(account) == [("Sud 1", True), ("Polyvalence", False)]


async def test_nobody_joins_a_closed_team(app: Litestar, house: House):
    team = await structure.add_team(house.unit, "Veille")
    await structure.close_team(team)
    with pytest.raises(TeamClosed):
        await memberships.join(house.ids[Role.SELF], team)
    nouvelle = await newcomer(app, "nouvelle")
    assert await teams.my_teams(await account_of(nouvelle)) == []


async def test_an_organiser_notes_who_answers_for_a_team(house: House):
    account, olga = house.ids[Role.SELF], house.organiser
    address = f"/structure/personnes/{account}/responsabilites"
    assert (await olga.post(address, {"managed": str(house.team)})).status_code == 303
    assert (await olga.post(address, {"managed": str(house.team)})).status_code == 422
    assert [m.display_name for m in await teams.managers(house.team)] == ["Anabelle", "Maximilien"]
    link = (await teams.managers(house.team))[0].link
    await olga.post(f"/structure/responsables/{link}/fin")
    assert [m.display_name for m in await teams.managers(house.team)] == ["Maximilien"]
    max_ = house.people[Role.MANAGER]
    assert "Polyvalence" in (await max_.get("/equipes")).text
    assert (await max_.get(f"/equipes/{house.team}")).status_code == 404


async def test_a_date_or_an_id_that_is_none(house: House):
    account, olga = house.ids[Role.SELF], house.organiser
    for fields in ({"team": "x"}, {"team": ""}, {"team": str(house.team), "day": "hier"}):
        answer = await olga.post(f"/structure/personnes/{account}/equipes", fields)
        assert answer.status_code == 422
    assert (await olga.get("/structure/personnes?page=99999&mots=%25")).status_code == 200
    assert "Anabelle" not in (await olga.get("/structure/personnes?mots=%25")).text
    assert "Anabelle" in (await olga.get("/structure/personnes?mots=anab")).text
