"""The tree: founded by administrators, grown and pruned by organisers, out of others' reach."""

import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from litestar import Litestar
from tests.organisation.world import House, a_place, membership_of, resident
from tests.routes import routes
from tests.visitors import PASSWORD, Visitor

from recul.accounts.tables import Invitation
from recul.organisation.actions import structure
from recul.organisation.actions.structure import NameTaken
from recul.organisation.queries import structure as queries
from recul.organisation.queries import teams
from recul.organisation.tables import LineManager, Membership, Place, StewardBallot, Team, Unit
from recul.web.reach import Reach
from recul.web.roles import Role


async def names(visitor: UUID) -> list[tuple[str, list[str]]]:
    [tree] = await queries.trees(visitor)
    return [(unit.name, [team.name for team in unit.teams]) for unit in tree.units]


async def test_an_organiser_opens_units_and_teams(house: House):
    olga, viewer = house.organiser, house.ids[Role.ORGANISER]
    added = await olga.post(f"/structure/{house.organisation}/services", {"name": " Pôle  Est "})
    unit = added.headers["location"]
    assert (await olga.post(f"{unit}/equipes", {"team": "Veille"})).status_code == 303
    assert await names(viewer) == [
        ("Pôle Est", ["Veille"]),
        ("Territoire Nord", ["Polyvalence"]),
    ]
    page = unescape((await olga.get("/structure")).text)
    assert "Val-Clair" in page
    assert "3 personnes" in page


async def test_names_are_changed_and_stay_apart(house: House):
    olga, viewer = house.organiser, house.ids[Role.ORGANISER]
    unit, team = f"/structure/services/{house.unit}", f"/structure/equipes/{house.team}"
    assert (await olga.post(unit, {"name": "Nord"})).status_code == 303
    assert (await olga.post(team, {"name": "Accueil"})).status_code == 303
    assert (await olga.post(f"/structure/{house.organisation}/nom", {"name": "Clair"})).is_redirect
    assert await names(viewer) == [("Nord", ["Accueil"])]
    twin = await olga.post(f"{unit}/equipes", {"team": " ACCUEIL "})
    assert (twin.status_code, "Ce nom est déjà pris" in unescape(twin.text)) == (422, True)
    assert (await olga.post(team, {"name": "accueil"})).status_code == 303
    empty = await olga.post(f"/structure/{house.organisation}/services", {"name": "  "})
    assert empty.status_code == 422
    long = await olga.post(unit, {"name": "x" * 121})
    assert (long.status_code, "x" * 121 in long.text) == (422, True)


async def test_a_unit_closes_after_its_teams(house: House):
    olga = house.organiser
    address = f"/structure/services/{house.unit}/fermeture"
    refused = await olga.post(address)
    assert (refused.status_code, "a encore des équipes" in refused.text) == (422, True)
    await olga.post(f"/structure/equipes/{house.team}/fermeture")
    assert (await olga.post(address)).headers["location"] == "/structure"
    assert await names(house.ids[Role.ORGANISER]) == []
    assert [await Unit.count(), await Team.count()] == [2, 2]  # kept, with the stranger's
    assert (await olga.get(f"/structure/services/{house.unit}")).status_code == 404


async def test_a_closed_team_lets_everybody_go(house: House):
    await a_place(house)
    sheets = {"place": [str(row["id"]) for row in await Place.select(Place.id)]}
    await house.organiser.post(f"/structure/equipes/{house.team}/feuilles", sheets)
    assert await Invitation.count() == 1
    await house.organiser.post(f"/structure/equipes/{house.team}/fermeture")
    assert await teams.members(house.team) == []
    assert await teams.managers(house.team) == []
    assert [await Place.count(), await Invitation.count()] == [0, 0]
    assert await StewardBallot.count() == 0
    assert await Membership.count().where(Membership.team == house.team) == 3
    assert await LineManager.count().where(LineManager.team == house.team) == 1
    assert (await house.self.get(f"/equipes/{house.team}")).status_code == 404
    assert (await house.self.get("/carnet")).status_code == 200


async def test_an_administrator_founds_and_sees_names_only(app: Litestar, house: House):
    adrien = house.people[Role.ADMINISTRATOR]
    made = await adrien.post("/structures", {"name": "CCAS", "email": "Une@exemple.fr"})
    code = re.findall(r"[0-9A-Z-]{24}", made.text)[0]
    page = unescape((await adrien.get("/structures")).text)
    assert "organisée par Olga" in page
    for hidden in ("Anabelle", house.self.email, "Polyvalence", "Territoire Nord", "une@exemple"):
        assert hidden not in page
    une = Visitor(app)
    fields = {"display_name": "Une", "new_password": PASSWORD}
    assert (await une.post(f"/invitation/{code}", fields)).headers["location"] == "/bienvenue"
    assert "CCAS" in (await une.get("/structure")).text
    assert "CCAS" not in (await house.organiser.get("/structure")).text


async def test_an_administrator_names_nobody_where_somebody_organises(house: House):
    adrien = house.people[Role.ADMINISTRATOR]
    address = f"/structures/{house.organisation}/organisation"
    assert (await adrien.post(address, {"email": "a@exemple.fr"})).status_code == 404
    orphan = await structure.found("Orpheline")
    for email in ("a@exemple.fr", "b@exemple.fr"):
        answer = await adrien.post(f"/structures/{orphan}/organisation", {"email": email})
        assert answer.status_code == 200
    assert await Place.select(Place.email) == [{"email": "b@exemple.fr"}]
    assert await Invitation.count() == 1


async def test_an_administrator_does_not_organise_under_the_same_account(house: House):
    adrien = house.people[Role.ADMINISTRATOR]
    made = await adrien.post("/structures", {"name": "CCAS", "email": adrien.email})
    code = re.findall(r"[0-9A-Z-]{24}", made.text)[0]
    refused = await adrien.post(f"/invitation/{code}/compte")
    assert (refused.status_code, "un autre compte" in refused.text) == (422, True)
    assert (await adrien.get("/structure")).status_code == 404
    assert await Invitation.count() == 1


async def test_two_organisations_of_one_name(house: House):
    adrien = house.people[Role.ADMINISTRATOR]
    answer = await adrien.post("/structures", {"name": "val-clair", "email": "a@exemple.fr"})
    assert answer.status_code == 422
    with pytest.raises(NameTaken):
        await structure.found("VAL-CLAIR")


async def test_an_organiser_elsewhere_reaches_nothing(app: Litestar, house: House):
    """Every route of organisers, with ids of a house that is not the stranger's."""
    stanislas = house.people[Role.STRANGER]
    place = await a_place(house)
    ids = {
        "organisation": house.organisation,
        "unit": house.unit,
        "team": house.team,
        "person": house.ids[Role.SELF],
        "membership": await membership_of(house, Role.SELF),
        "place": place.id,
    }
    for route in routes(app):
        if route.reach is not Reach.ORGANISER:
            continue
        for visitor in (stanislas, house.organiser):
            values = ids if visitor is stanislas else dict.fromkeys(ids, uuid4())
            call = visitor.get if route.method == "GET" else visitor.post
            answer = await call(route.address(**values))
            assert answer.status_code == (404 if "{" in route.path else 200), route
            if visitor is stanislas:
                for hidden in ("Anabelle", "Polyvalence", "Val-Clair", house.self.email):
                    assert hidden not in answer.text, route


async def test_ids_of_others_in_fields_are_not_found(house: House):
    """A move into a team of another organisation, chosen by a forged form."""
    elsewhere = next(
        team for team in await teams.open_teams() if team.organisation != house.organisation
    )
    member = await membership_of(house, Role.SELF)
    before = await Membership.count()
    olga, person = house.organiser, house.ids[Role.SELF]
    for address, field in (
        (f"/structure/appartenances/{member}/depart", "team"),
        (f"/structure/personnes/{person}/equipes", "team"),
        (f"/structure/personnes/{person}/responsabilites", "managed"),
    ):
        assert (await olga.post(address, {field: str(elsewhere.id)})).status_code == 404
    assert await Membership.count() == before


async def test_the_last_organiser_stays(app: Litestar, house: House):
    olga = house.organiser
    page = (await olga.get(f"/structure/{house.organisation}")).text
    ends = re.findall(r"/structure/roles/[0-9a-f-]{36}/fin", page)
    answers = [await olga.post(address) for address in ends]
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert (await olga.get("/structure")).status_code == 200
    await resident(app, house, Role.ORGANISER, "odile")
    own = next(a for a, answer in zip(ends, answers, strict=True) if answer.status_code == 422)
    assert (await olga.post(own)).headers["location"] == "/"
    assert (await olga.get("/structure")).status_code == 404


async def test_doors_open_for_those_they_are_for(house: House, ana: Visitor):
    def doors(page: str) -> set[str]:
        nav = page.partition('<nav class="doors"')[2].partition("</nav>")[0]
        return set(re.findall(r'href="([^"]+)"', nav))

    mine = {"/carnet", "/compte"}
    assert doors((await ana.get("/")).text) == mine
    inside = mine | {"/groupes"}
    assert doors((await house.self.get("/")).text) == inside | {"/equipes"}
    assert doors((await house.organiser.get("/")).text) == inside | {"/structure"}
    assert doors((await house.people[Role.MANAGER].get("/")).text) == inside | {"/equipes"}
    everything = (await house.people[Role.STRANGER].get("/structure")).text
    assert doors(everything) == inside | {"/equipes", "/animation", "/structure"}
    assert 'href="/structure" aria-current="page"' in everything
