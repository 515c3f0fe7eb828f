"""Inviting people into a team: by sheet or by mail, with or without an account, in one commit."""

import asyncio
import re
from collections.abc import Iterable
from datetime import timedelta
from html import unescape

import pytest
from litestar import Litestar
from tests.organisation.world import House, a_place, account_of, founded, inhabited
from tests.visitors import PASSWORD, Visitor, newcomer, settings

from recul import clock
from recul.accounts.queries import account_by_email
from recul.accounts.tables import Account, Invitation
from recul.app import create_app
from recul.database import Database
from recul.notifications.tables import OutboxMail
from recul.organisation import rules
from recul.organisation.actions import places, structure
from recul.organisation.queries import places as waiting
from recul.organisation.queries import teams
from recul.organisation.rules import Newcomer
from recul.organisation.tables import LineManager, Membership, Place
from recul.organisation.tables import Role as RoleTable
from recul.web.roles import Role

FIELDS = {"display_name": "Zoé", "new_password": PASSWORD}


async def ask(house: House, people: str, kind: str = "member"):
    address = f"/structure/equipes/{house.team}/invitations"
    return await house.organiser.post(address, {"people": people, "kind": kind})


async def sheets(house: House) -> dict[str, str]:
    """Print the sheets of everybody who is waited for: codes by name."""
    ids = [str(place.id) for place in await waiting.of_team(house.team)]
    page = await house.organiser.post(f"/structure/equipes/{house.team}/feuilles", {"place": ids})
    assert page.status_code == 200
    names = re.findall(r'<h2 id="sheet-[^"]+">([^<]+)</h2>', page.text)
    codes = re.findall(r'<span class="code">([0-9A-Z-]{24})</span>', page.text)
    return dict(zip(map(unescape, names), codes, strict=True))


def names(people: Iterable[object]) -> set[str]:
    return {str(person.display_name) for person in people}  # type: ignore[attr-defined]


async def test_sheets_are_printed_and_accepted(app: Litestar, house: House):
    assert (await ask(house, "Zoé Blanc ; Zoe@Exemple.fr\n\nYvon\n")).status_code == 303
    codes = await sheets(house)
    assert set(codes) == {"Zoé Blanc", "Yvon"}
    zoe, yvon = Visitor(app), Visitor(app)
    page = unescape((await zoe.get(f"/invitation/{codes['Zoé Blanc']}")).text)
    assert "zoe@exemple.fr" in page
    assert "Polyvalence" in page
    assert 'value="Zoé Blanc"' in page
    assert (await zoe.post(f"/invitation/{codes['Zoé Blanc']}", FIELDS)).is_redirect
    typed = FIELDS | {"email": "yvon@perso.example", "display_name": "Yvon"}
    assert (await yvon.post(f"/invitation/{codes['Yvon']}", typed)).is_redirect
    assert names(await teams.members(house.team)) >= {"Zoé", "Yvon"}
    assert (await zoe.get("/equipes")).headers["location"] == f"/equipes/{house.team}"
    assert [await Place.count(), await Invitation.count()] == [0, 0]
    assert {m.home for m in await teams.members(house.team)} == {True}


async def test_a_sheet_without_an_address_asks_for_one(app: Litestar, house: House):
    await ask(house, "Yvon")
    code = (await sheets(house))["Yvon"]
    answer = await Visitor(app).post(f"/invitation/{code}", FIELDS)
    assert (answer.status_code, 'id="email-error"' in answer.text) == (422, True)
    taken = await Visitor(app).post(f"/invitation/{code}", FIELDS | {"email": house.self.email})
    assert (taken.status_code, "connectez-vous" in taken.text) == (422, True)
    assert await Membership.count().where(Membership.team == house.team) == 3


async def test_a_new_sheet_ends_the_old_one(app: Litestar, house: House):
    await ask(house, "Yvon")
    first, second = (await sheets(house))["Yvon"], (await sheets(house))["Yvon"]
    assert (await Visitor(app).get(f"/invitation/{first}")).status_code == 404
    assert (await Visitor(app).get(f"/invitation/{second}")).status_code == 200
    assert await Invitation.count() == 1


async def test_who_has_an_account_joins_with_it(app: Litestar, house: House, boris: Visitor):
    """Whether somebody has one is told to nobody who invites."""
    await ask(house, f"Boris ; {boris.email}")
    page = unescape((await house.organiser.get(f"/structure/equipes/{house.team}")).text)
    assert page.count("pas encore d’invitation en cours") == 1
    code = (await sheets(house))["Boris"]
    asked = await Visitor(app).get(f"/invitation/{code}")
    assert f"/connexion?suite=/invitation/{code}" in asked.text
    assert "Rejoindre Polyvalence" in (await boris.get(f"/invitation/{code}")).text
    assert (await boris.post(f"/invitation/{code}/compte")).headers["location"] == "/"
    assert "Boris" in names(await teams.members(house.team))
    assert (await boris.post(f"/invitation/{code}/compte")).status_code == 404
    assert await Account.count().where(Account.email == boris.email) == 1


async def test_a_plain_invitation_leads_into_no_team(house: House, boris: Visitor):
    made = await house.people[Role.ADMINISTRATOR].post("/invitations", {"email": "x@exemple.fr"})
    code = re.findall(r"[0-9A-Z-]{24}", made.text)[0]
    assert (await boris.post(f"/invitation/{code}/compte")).status_code == 404
    assert await Invitation.count() == 1


async def test_administrators_do_not_see_who_is_invited_into_teams(house: House):
    await ask(house, "Zoé ; zoe@exemple.fr")
    await sheets(house)
    adrien = house.people[Role.ADMINISTRATOR]
    assert "zoe@exemple.fr" not in (await adrien.get("/invitations")).text
    [row] = await Invitation.select(Invitation.id)
    await adrien.post(f"/invitations/{row['id']}/retrait")
    assert await Invitation.count() == 1


async def test_an_invitation_of_a_team_and_a_plain_one_live_beside_each_other(house: House):
    await ask(house, "Zoé ; zoe@exemple.fr")
    code = (await sheets(house))["Zoé"]
    adrien = house.people[Role.ADMINISTRATOR]
    await adrien.post("/invitations", {"email": "zoe@exemple.fr"})
    assert (await house.self.get(f"/invitation/{code}")).status_code == 200
    assert await Invitation.count() == 2


async def test_all_places_of_one_person_are_taken_together(app: Litestar, house: House):
    other = await structure.add_team(house.unit, "Veille")
    newcomers = [
        Newcomer("Zoé", "zoe@exemple.fr", house.team),
        Newcomer("Zoé", "zoe@exemple.fr", other, rules.MANAGER),
        Newcomer("Zoé", "zoe@exemple.fr", None, rules.FACILITATOR),
    ]
    await places.ask(house.organisation, newcomers)
    elsewhere = await founded("Là-bas", "Sud", "Sud 1")
    await places.ask(elsewhere.organisation, [Newcomer("Zoé", "zoe@exemple.fr", elsewhere.team)])
    await Visitor(app).post(f"/invitation/{(await sheets(house))['Zoé']}", FIELDS)
    zoe = await account_by_email("zoe@exemple.fr")
    assert zoe
    assert [m.team.name for m in await teams.my_teams(zoe.id)] == ["Polyvalence"]
    assert [t.name for t in await teams.managed_teams(zoe.id)] == ["Veille"]
    assert await RoleTable.count().where(RoleTable.account == zoe.id) == 1
    assert await Place.select(Place.organisation) == [{"organisation": elsewhere.organisation}]


async def test_a_place_is_withdrawn_with_its_code(app: Litestar, house: House):
    await ask(house, "Yvon")
    code = (await sheets(house))["Yvon"]
    [place] = await waiting.of_team(house.team)
    await house.organiser.post(f"/structure/attentes/{place.id}/retrait")
    assert (await Visitor(app).get(f"/invitation/{code}")).status_code == 404
    assert [await Place.count(), await Invitation.count()] == [0, 0]


async def test_a_code_ends_and_the_place_waits_on(app: Litestar, house: House):
    await ask(house, "Yvon")
    code = (await sheets(house))["Yvon"]
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert (await Visitor(app).get(f"/invitation/{code}")).status_code == 404
        assert set(await sheets(house)) == {"Yvon"}
    with clock.set_to(clock.now() + timedelta(days=91)):
        await places.sweep()
    assert await Place.count() == 0


@pytest.mark.parametrize(
    ("people", "kind"),
    [
        ("", "member"),
        ("  \n ", "member"),
        ("a@exemple.fr", "member"),
        ("Zoé ; zoe@", "member"),
        ("x" * 81, "member"),
        ("Zoé", "organiser"),
        ("Zoé", "roi"),
        ("\n".join(f"Zoé {n}" for n in range(61)), "member"),
    ],
)
async def test_what_cannot_be_asked_is_told(house: House, people: str, kind: str):
    answer = await ask(house, people, kind)
    assert (answer.status_code, await Place.count()) == (422, 0)
    if people.strip():
        assert people[:80] in unescape(answer.text)


async def test_nobody_ticked(house: House):
    await ask(house, "Yvon")
    for way in ("feuilles", "courriels"):
        address = f"/structure/equipes/{house.team}/{way}"
        for ticked in ({}, {"place": "x"}, {"place": str(house.team)}):
            answer = await house.organiser.post(address, ticked)
            assert (answer.status_code, "au moins une personne" in answer.text) == (422, True)
    assert await Invitation.count() == 0


async def test_mails_are_written_where_a_server_is_set(db: Database, app: Litestar):
    by_mail = create_app(
        settings(RECUL_SMTP_URL="smtp://127.0.0.1:2525?tls=none", RECUL_MAIL_FROM="r@exemple.fr")
    )
    house = await inhabited(by_mail, Role.ORGANISER)
    await ask(house, "Zoé ; zoe@exemple.fr\nYvon")
    assert (
        "Envoyer par courriel"
        in (await house.organiser.get(f"/structure/equipes/{house.team}")).text
    )
    ids = {place.display_name: str(place.id) for place in await waiting.of_team(house.team)}
    address = f"/structure/equipes/{house.team}/courriels"
    assert (await house.organiser.post(address, {"place": ids["Yvon"]})).status_code == 422
    assert (await house.organiser.post(address, {"place": list(ids.values())})).is_redirect
    assert [await OutboxMail.count(), await Invitation.count()] == [1, 1]
    [place] = [p for p in await waiting.of_team(house.team) if p.display_name == "Zoé"]
    await house.organiser.post(f"/structure/attentes/{place.id}/retrait")
    assert [await OutboxMail.count(), await Invitation.count()] == [0, 0]


async def test_without_a_server_nothing_is_promised(house: House):
    place = await a_place(house, email="zoe@exemple.fr")
    assert not await places.send(settings(), [place])
    assert await Invitation.count() == 0
    page = (await house.organiser.get(f"/structure/equipes/{house.team}")).text
    assert "Envoyer par courriel" not in page


async def test_organisers_invite_organisers_and_facilitators(app: Litestar, house: House):
    base = f"/structure/{house.organisation}"
    fields = {"people": "Zoé ; zoe@exemple.fr", "kind": "facilitator"}
    assert (await house.organiser.post(f"{base}/invitations", fields)).status_code == 303
    [place] = await waiting.of_organisation(house.organisation)
    page = await house.organiser.post(f"{base}/feuilles", {"place": str(place.id)})
    code = re.findall(r'<span class="code">([0-9A-Z-]{24})</span>', page.text)[0]
    zoe = Visitor(app)
    await zoe.post(f"/invitation/{code}", FIELDS)
    assert (await zoe.get("/journal-des-reglages")).status_code == 200
    assert (await zoe.get("/structure")).status_code == 404
    assert await LineManager.count().where(LineManager.team == house.team) == 1


async def test_one_code_twice_at_the_same_moment(live_db: Database, app: Litestar):
    house = await inhabited(app, Role.ORGANISER)
    await ask(house, "Yvon")
    code = (await sheets(house))["Yvon"]
    people = [await newcomer(app, f"p{n}") for n in range(3)]
    joins = [person.post(f"/invitation/{code}/compte") for person in people]
    fresh = [
        Visitor(app).post(f"/invitation/{code}", FIELDS | {"email": f"y{n}@exemple.fr"})
        for n in range(3)
    ]
    answers = await asyncio.gather(*joins, *fresh)
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404, 404, 404]
    assert len(await teams.members(house.team)) == 1
    assert await Place.count() == 0


async def test_a_failed_acceptance_leaves_everything(app: Litestar, house: House):
    await ask(house, "Yvon")
    code = (await sheets(house))["Yvon"]
    short = FIELDS | {"email": "y@exemple.fr", "new_password": "court"}
    assert (await Visitor(app).post(f"/invitation/{code}", short)).status_code == 422
    assert [await Place.count(), await Invitation.count()] == [1, 1]
    assert await account_of(house.self) in {m.account for m in await teams.members(house.team)}
