"""Coming in: only by a one-time link, for seven days."""

from datetime import timedelta

import pytest
from tests.visitors import PASSWORD, Visitor

from recul import clock
from recul.accounts.actions import invitations
from recul.accounts.tables import Account, Invitation

FIELDS = {"display_name": "Ana", "new_password": PASSWORD}


async def test_an_invited_person_is_let_in_with_her_vault_open(nobody: Visitor):
    code = await invitations.invite("ana@exemple.fr")
    answer = await nobody.post(f"/invitation/{code}", FIELDS)
    assert answer.headers["location"] == "/bienvenue"
    assert (await nobody.get("/carnet")).status_code == 200
    [account] = await Account.select(Account.email, Account.display_name, Account.administrator)
    expected = {"email": "ana@exemple.fr", "display_name": "Ana", "administrator": False}
    assert account == expected


async def test_the_code_can_be_typed_from_paper(nobody: Visitor):
    code = await invitations.invite("ana@exemple.fr")
    answer = await nobody.post("/invitation", {"code": code.lower().replace("-", "")})
    assert answer.headers["location"] == f"/invitation/{code}"
    assert (await nobody.post("/invitation", {"code": "trop court"})).status_code == 422


async def test_a_link_serves_once(nobody: Visitor, app):
    code = await invitations.invite("ana@exemple.fr")
    await nobody.post(f"/invitation/{code}", FIELDS)
    assert (await Visitor(app).get(f"/invitation/{code}")).status_code == 404
    assert (await Visitor(app).post(f"/invitation/{code}", FIELDS)).status_code == 404


async def test_a_link_ends_after_seven_days(nobody: Visitor):
    code = await invitations.invite("ana@exemple.fr")
    with clock.set_to(clock.now() + timedelta(days=6, hours=23)):
        assert (await nobody.get(f"/invitation/{code}")).status_code == 200
    with clock.set_to(clock.now() + timedelta(days=7, minutes=1)):
        assert (await nobody.get(f"/invitation/{code}")).status_code == 404


async def test_a_second_invitation_ends_the_first(nobody: Visitor):
    first = await invitations.invite("ana@exemple.fr")
    await invitations.invite("ana@exemple.fr")
    assert (await nobody.get(f"/invitation/{first}")).status_code == 404


async def test_what_was_typed_survives_a_refusal(nobody: Visitor):
    code = await invitations.invite("ana@exemple.fr")
    fields = {"display_name": "Ana Lucía", "new_password": "court"}
    answer = await nobody.post(f"/invitation/{code}", fields)
    assert answer.status_code == 422
    assert "Ana Lucía" in answer.text
    assert (await nobody.get(f"/invitation/{code}")).status_code == 200


async def test_the_first_link_makes_an_administrator_under_her_own_address(nobody: Visitor):
    code = await invitations.invite_first()
    answer = await nobody.post(f"/invitation/{code}", FIELDS | {"email": "Tech@Exemple.fr"})
    assert answer.headers["location"] == "/bienvenue"
    [account] = await Account.select(Account.email, Account.administrator)
    assert account == {"email": "tech@exemple.fr", "administrator": True}


async def test_the_first_link_ends_with_the_first_account(nobody: Visitor, app):
    first = await invitations.invite_first()
    code = await invitations.invite("ana@exemple.fr", administrator=True)
    await nobody.post(f"/invitation/{code}", FIELDS)
    assert (await Visitor(app).get(f"/invitation/{first}")).status_code == 404


async def test_an_administrator_invites_and_withdraws(admin: Visitor, app):
    page = await admin.post("/invitations", {"email": "Neuve@exemple.fr"})
    assert page.status_code == 200
    assert "neuve@exemple.fr" in page.text
    [row] = await Invitation.select(Invitation.id, Invitation.email)
    assert row["email"] == "neuve@exemple.fr"
    answer = await admin.post(f"/invitations/{row['id']}/retrait")
    assert answer.headers["location"] == "/invitations"
    assert await Invitation.count() == 0


async def test_an_address_with_an_account_is_not_invited_again(admin: Visitor):
    answer = await admin.post("/invitations", {"email": admin.email})
    assert answer.status_code == 422
    assert "Un compte existe déjà à cette adresse." in answer.text


@pytest.mark.parametrize(
    "email", ["", "sans arobase", "a@b", "a b@exemple.fr", "x" * 300 + "@y.fr"]
)
async def test_an_address_that_is_none_is_refused(admin: Visitor, email: str):
    answer = await admin.post("/invitations", {"email": email})
    assert answer.status_code == 422
    assert await Invitation.count() == 0


async def test_the_page_of_invitations_does_not_exist_for_others(ana: Visitor):
    assert (await ana.get("/invitations")).status_code == 404
    assert (await ana.post("/invitations", {"email": "x@exemple.fr"})).status_code == 404


async def test_a_reset_link_is_no_invitation(ana: Visitor, nobody: Visitor):
    code = await invitations.offer_reset(ana.email)
    assert (await nobody.get(f"/invitation/{code}")).status_code == 404
    with pytest.raises(LookupError):
        await invitations.offer_reset("personne@exemple.fr")
