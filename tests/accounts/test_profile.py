"""The account page: what a person sets for herself, and her devices."""

from datetime import timedelta

import pytest
from tests.visitors import Visitor

from recul import clock
from recul.accounts import cookie
from recul.accounts.tables import Account, SignIn
from recul.vault.sign_in_key import hash_token

FIELDS = {
    "display_name": "Ana Lucía",
    "language": "en",
    "time_zone": "Indian/Reunion",
    "idle_minutes": "5",
}


async def test_what_is_set_is_kept(ana: Visitor):
    assert (await ana.post("/compte", FIELDS)).headers["location"] == "/compte"
    row = await Account.select(
        Account.display_name, Account.language, Account.time_zone, Account.idle_minutes
    ).first()
    assert row == FIELDS | {"idle_minutes": 5}
    assert '<html lang="en">' in (await ana.get("/compte")).text


async def test_fewer_minutes_count_at_once(ana: Visitor):
    await ana.post("/compte", FIELDS | {"idle_minutes": "60"})
    await ana.get("/compte")
    await ana.post("/compte", FIELDS)
    await ana.get("/compte")
    with clock.set_to(clock.now() + timedelta(minutes=6)):
        assert (await ana.get("/carnet")).status_code == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", " "),
        ("display_name", "x" * 81),
        ("language", "tlh"),
        ("time_zone", "Europe/Lutece"),
        ("time_zone", "../../etc/passwd"),
        ("idle_minutes", "4"),
        ("idle_minutes", "61"),
        ("idle_minutes", "quinze"),
        ("idle_minutes", "9" * 400),
    ],
)
async def test_what_cannot_be_is_told_beside_its_field(ana: Visitor, field: str, value: str):
    answer = await ana.post("/compte", FIELDS | {field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert await Account.exists().where(Account.display_name == "Ana")


async def test_a_device_can_be_signed_out_from_another(ana: Visitor, app):
    phone = Visitor(app)
    await phone.sign_in(ana.email)
    page = await phone.get("/compte/appareils")
    assert page.text.count("/fin") == 2
    [phones] = await SignIn.select(SignIn.id).where(
        SignIn.token_hash == hash_token(cookie.read(phone.client.cookies["recul"]) or b"")
    )
    assert (await ana.post(f"/compte/appareils/{phones['id']}/fin")).status_code == 303
    assert (await phone.get("/compte")).status_code == 303
    assert (await ana.get("/compte")).status_code == 200


async def test_the_device_of_somebody_else_is_out_of_reach(ana: Visitor, boris: Visitor):
    for row in await SignIn.select(SignIn.id):
        await boris.post(f"/compte/appareils/{row['id']}/fin")
    assert (await ana.get("/compte")).status_code == 200


async def test_a_language_is_chosen_without_an_account(nobody: Visitor):
    answer = await nobody.post("/langue", {"language": "en", "following": "/connexion"})
    assert answer.headers["location"] == "/connexion"
    assert '<html lang="en">' in (await nobody.get("/connexion")).text


async def test_the_browser_s_language_counts_until_one_is_chosen(nobody: Visitor):
    asked = "de;q=0.9, en-GB;q=0.8, fr;q=0.5"
    page = await nobody.get("/connexion", accept_language=asked)
    assert '<html lang="en">' in page.text
    strange = await nobody.get("/connexion", accept_language="tlh, ;q=x, *" * 50)
    assert '<html lang="fr">' in strange.text
