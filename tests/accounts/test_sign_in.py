"""Signing in, locking, leaving, being throttled; the same for known and unknown addresses."""

from datetime import timedelta
from html import unescape

import pytest
from tests.visitors import PASSWORD, Visitor

from recul import clock
from recul.accounts.actions import sign_ins
from recul.accounts.tables import SignIn

WRONG = "L’adresse ou le mot de passe ne correspond pas"


async def test_the_right_password_opens_the_journal(ana: Visitor, app):
    window = Visitor(app)
    answer = await window.sign_in(ana.email)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await window.get("/carnet")).status_code == 200


async def test_an_address_is_the_same_in_capitals(ana: Visitor, app):
    assert (await Visitor(app).sign_in(ana.email.upper() + " ")).status_code == 303


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ana: Visitor, app):
    known = await Visitor(app).sign_in(ana.email, "un autre mot de passe")
    unknown = await Visitor(app).sign_in("personne@exemple.fr", "un autre mot de passe")
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert WRONG in known.text
    assert WRONG in unknown.text


async def test_each_sign_in_has_a_token_of_its_own(ana: Visitor, app):
    window = Visitor(app)
    await window.sign_in(ana.email)
    first = window.client.cookies["recul"]
    await window.sign_in(ana.email)
    assert window.client.cookies["recul"] != first
    stolen = Visitor(app)
    stolen.client.cookies.set("recul", first)
    assert (await stolen.get("/carnet")).headers["location"].startswith("/connexion")


async def test_a_cookie_that_was_never_given_out_is_nobody(nobody: Visitor):
    for value in ("x", "A" * 43, "%00", "A" * 5000):
        answer = await nobody.get("/carnet", cookie=f"recul={value}")
        assert answer.headers["location"] == "/connexion?suite=/carnet"


async def test_signing_out_ends_the_sign_in_everywhere(ana: Visitor, app):
    copied = Visitor(app)
    copied.client.cookies.set("recul", ana.client.cookies["recul"])
    assert (await ana.post("/deconnexion")).headers["location"] == "/connexion"
    assert (await copied.get("/carnet")).headers["location"] == "/connexion?suite=/carnet"


async def test_locking_forgets_the_key_but_not_the_sign_in(ana: Visitor):
    await ana.post("/carnet/verrou")
    assert (await ana.get("/carnet")).headers["location"] == "/carnet/ouvrir?suite=/carnet"
    assert await SignIn.count().where(SignIn.key_box.is_not_null()) == 0
    answer = await ana.post("/carnet/ouvrir", {"password": PASSWORD, "following": "/carnet"})
    assert answer.headers["location"] == "/carnet"
    assert (await ana.get("/carnet")).status_code == 200


async def test_a_vault_locks_itself_after_fifteen_idle_minutes(ana: Visitor):
    start = clock.now()
    with clock.set_to(start + timedelta(minutes=14)):
        assert (await ana.get("/carnet")).status_code == 200
    with clock.set_to(start + timedelta(minutes=28)):
        assert (await ana.get("/carnet")).status_code == 200
    with clock.set_to(start + timedelta(minutes=44)):
        assert (await ana.get("/carnet")).status_code == 303
    with clock.set_to(start + timedelta(minutes=28)):
        # Turning the clock back does not help: the page above did not keep it open.
        assert (await ana.get("/carnet")).status_code == 200


async def test_a_sign_in_ends_after_thirty_days_without_a_visit(ana: Visitor):
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert (await ana.get("/compte")).headers["location"] == "/connexion?suite=/compte"


async def test_a_sign_in_ends_after_half_a_year_however_often_it_is_used(ana: Visitor):
    start = clock.now()
    for day in range(0, 181, 20):
        with clock.set_to(start + timedelta(days=day)):
            assert (await ana.get("/compte")).status_code == 200
    with clock.set_to(start + timedelta(days=181)):
        assert (await ana.get("/compte")).headers["location"] == "/connexion?suite=/compte"


async def test_whoever_keeps_the_server_ends_sign_ins_and_that_is_noted(
    ana: Visitor, boris: Visitor
):
    assert await sign_ins.end_all(ana.email) == 1
    assert (await ana.get("/compte")).status_code == 303
    assert (await boris.get("/compte")).status_code == 200
    assert await sign_ins.end_all(None) == 1
    assert (await boris.get("/compte")).status_code == 303
    with pytest.raises(LookupError):
        await sign_ins.end_all("personne@exemple.fr")
    await ana.sign_in(ana.email)
    assert "Appareil déconnecté à distance" in unescape((await ana.get("/compte/acces")).text)


async def test_leaving_in_a_hurry_signs_out_and_clears_the_cache(ana: Visitor):
    answer = await ana.post("/quitter")
    assert answer.headers["location"] == "/page-blanche"
    assert answer.headers["clear-site-data"] == '"cache"'
    assert await SignIn.count() == 0
    assert "Recul" not in (await ana.get("/page-blanche")).text


async def test_leaving_in_a_hurry_works_when_the_sign_in_has_ended(nobody: Visitor):
    assert (await nobody.post("/quitter")).headers["location"] == "/page-blanche"


async def test_the_eleventh_try_is_too_much(ana: Visitor, app):
    window = Visitor(app)
    for _ in range(10):
        assert (await window.sign_in(ana.email, "mauvais mot de passe")).status_code == 422
    answer = await window.sign_in(ana.email)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "Trop d’essais" in answer.text


async def test_the_throttle_opens_again_after_a_quarter_of_an_hour(ana: Visitor, app):
    window = Visitor(app)
    for _ in range(11):
        await window.sign_in(ana.email, "mauvais mot de passe")
    with clock.set_to(clock.now() + timedelta(minutes=16)):
        assert (await window.sign_in(ana.email)).status_code == 303


async def test_a_right_password_forgives_the_wrong_ones(ana: Visitor, app):
    window = Visitor(app)
    for _ in range(3):
        for _ in range(9):
            await window.sign_in(ana.email, "mauvais mot de passe")
        assert (await window.sign_in(ana.email)).status_code == 303


async def test_what_follows_a_sign_in_is_never_another_site(ana: Visitor, app):
    for target in ("https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", "\n/x"):
        window = Visitor(app)
        fields = {"email": ana.email, "password": PASSWORD, "following": target}
        answer = await window.post("/connexion", fields)
        assert answer.headers["location"] == "/"


async def test_a_text_sent_after_the_sign_in_ended_is_carried_through(ana: Visitor, app):
    window = Visitor(app)
    text = "Porte fermée, je suis restée sur le palier."
    asked = await window.post("/carnet/vite", {"text-line": text, "nonce": "abc"})
    assert asked.status_code == 401
    assert text in unescape(asked.text)
    fields = {
        "email": ana.email,
        "password": PASSWORD,
        "following": "/carnet/vite",
        "garde-text-line": text,
        "garde-nonce": "abc",
    }
    resumed = await window.post("/connexion", fields)
    assert resumed.status_code == 200
    assert text in unescape(resumed.text)
    assert 'action="/carnet/vite"' in resumed.text
    assert (await window.get("/compte")).status_code == 200
