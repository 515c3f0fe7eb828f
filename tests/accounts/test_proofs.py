"""What counts asks the password once more, when it was last shown more than ten minutes ago."""

from datetime import timedelta
from html import unescape

import pytest
from litestar import Litestar
from tests.journal.pages import lock
from tests.routes import FORGED, routes
from tests.visitors import PASSWORD, Visitor, settings

from recul import clock, jobs
from recul.accounts.tables import KeySlot, SignIn
from recul.web.reach import Reach, handlers

CONFIRM = "/compte/confirmer"
LATER = timedelta(minutes=11)
# Every route that wants a fresh proof, by name: a new one is written down here.
PROVED = {
    "GET /carnet/export",
    "GET /carnet/export/carnet.csv",
    "GET /carnet/export/carnet.html",
    "GET /carnet/export/carnet.json",
    "GET /compte/securite/code",
    "POST /carnet/codes",
    "POST /compte/copie",
    "POST /compte/effacement",
    "POST /compte/securite/code",
    "POST /compte/securite/code/fin",
}


def wanting_proof(app: Litestar) -> set[str]:
    return {
        f"{method} {path}"
        for handler in handlers(app)
        if handler.opt.get("proof")
        for path in handler.paths
        for method in handler.http_methods - {"HEAD"}
    }


async def test_these_routes_and_no_others_want_a_proof(app: Litestar):
    assert {each for each in wanting_proof(app) if "cles-d-acces" not in each} == PROVED


async def test_a_sign_in_is_a_proof_for_ten_minutes(ana: Visitor):
    assert (await ana.get("/carnet/export")).status_code == 200
    with clock.set_to(clock.now() + timedelta(minutes=9)):
        assert (await ana.get("/carnet/export")).status_code == 200
    with clock.set_to(clock.now() + LATER):
        answer = await ana.get("/carnet/export")
        assert answer.headers["location"] == f"{CONFIRM}?suite=/carnet/export"


async def test_the_password_leads_on_to_where_one_was_going(ana: Visitor):
    with clock.set_to(clock.now() + LATER):
        page = await ana.get(f"{CONFIRM}?suite=/carnet/export")
        assert 'name="following" value="/carnet/export"' in page.text
        wrong = await ana.post(CONFIRM, {"password": "mauvais", "following": "/carnet/export"})
        assert wrong.status_code == 422
        assert 'name="following" value="/carnet/export"' in wrong.text
        fields = {"password": PASSWORD, "following": "/carnet/export"}
        assert (await ana.post(CONFIRM, fields)).headers["location"] == "/carnet/export"
        assert (await ana.get("/carnet/export")).status_code == 200
        assert (await ana.get(f"{CONFIRM}?suite=/carnet/export")).headers["location"] == (
            "/carnet/export"
        )


async def test_after_the_proof_a_file_leads_to_its_page(ana: Visitor):
    """A file that is sent leaves the browser on the page that asked the password."""
    with clock.set_to(clock.now() + LATER):
        answer = await ana.get("/carnet/export/carnet.json")
    assert answer.headers["location"] == f"{CONFIRM}?suite=/carnet/export"


async def test_a_form_that_was_sent_waits_and_is_sent_again(ana: Visitor):
    await ana.post("/carnet/codes")
    before = await KeySlot.select(KeySlot.id).where(KeySlot.kind == "recovery")
    with clock.set_to(clock.now() + LATER):
        asked = await ana.post("/carnet/codes", {"own_word": "gardé tel quel"})
        assert asked.status_code == 401
        assert 'name="following" value="/carnet/codes"' in asked.text
        assert await KeySlot.select(KeySlot.id).where(KeySlot.kind == "recovery") == before
        sent = {"password": PASSWORD, "following": "/carnet/codes", "garde-own_word": "gardé"}
        resumed = await ana.post(CONFIRM, sent)
        assert (resumed.status_code, "gardé" in unescape(resumed.text)) == (200, True)
        assert (await ana.post("/carnet/codes")).status_code == 200


async def test_an_empty_form_leads_back_to_its_page(ana: Visitor):
    with clock.set_to(clock.now() + LATER):
        for path, page in (
            ("/carnet/codes", "/carnet/codes"),
            ("/compte/securite/code/fin", "/compte/securite/code"),
        ):
            asked = await ana.post(path)
            assert (asked.status_code, f'value="{page}"' in asked.text) == (401, True)


@pytest.mark.parametrize("closed", ["proof", "vault", "sign-in"])
async def test_leaving_is_looked_at_again_and_never_sent_again_unseen(ana: Visitor, closed: str):
    """« Enregistrer maintenant » under a form that erases an account would be a trap."""
    if closed == "vault":
        await lock(ana)
    elif closed == "sign-in":
        await ana.post("/deconnexion")
    with clock.set_to(clock.now() + LATER):
        asked = await ana.post("/compte/effacement", {"understood": "1"})
    assert asked.status_code == 401
    assert 'name="following" value="/compte/effacement"' in asked.text
    assert "garde-" not in asked.text


async def test_a_locked_vault_is_opened_first_and_that_is_a_proof(ana: Visitor):
    await lock(ana)
    with clock.set_to(clock.now() + LATER):
        answer = await ana.get("/carnet/export")
        assert answer.headers["location"] == "/carnet/ouvrir?suite=/carnet/export"
        await ana.post("/carnet/ouvrir", {"password": PASSWORD})
        assert (await ana.get("/carnet/export")).status_code == 200


async def test_a_device_that_was_locked_has_proved_nothing(ana: Visitor):
    """The minutes after a sign-in are no gift to whoever picks the locked phone up."""
    await lock(ana)
    asked = await ana.post("/compte/securite/code/fin")
    assert (asked.status_code, "C’est bien vous" in unescape(asked.text)) == (401, True)


async def test_a_proof_opens_no_vault(ana: Visitor):
    await lock(ana)
    with clock.set_to(clock.now() + LATER):
        await ana.post(CONFIRM, {"password": PASSWORD})
        assert (await ana.get("/carnet")).headers["location"] == "/carnet/ouvrir?suite=/carnet"


async def test_a_proof_counts_on_its_device_only(ana: Visitor, app: Litestar):
    other = Visitor(app)
    await other.sign_in(ana.email)
    with clock.set_to(clock.now() + LATER):
        await ana.post(CONFIRM, {"password": PASSWORD})
        assert (await ana.get("/carnet/export")).status_code == 200
        assert (await other.get("/carnet/export")).status_code == 303


async def test_htmx_is_led_to_the_page_or_told_to_ask_elsewhere(ana: Visitor):
    with clock.set_to(clock.now() + LATER):
        whole = await ana.get("/carnet/export", HX_Request="true")
        assert whole.headers["hx-redirect"] == f"{CONFIRM}?suite=/carnet/export"
        part = await ana.post("/carnet/codes", HX_Request="true", HX_Request_Type="partial")
        assert (part.status_code, f'href="{CONFIRM}"' in part.text) == (401, True)


@pytest.mark.parametrize("target", ["https://ailleurs.example", "//ailleurs.example", "/\\x"])
async def test_what_follows_is_never_another_site(ana: Visitor, target: str):
    answer = await ana.post(CONFIRM, {"password": PASSWORD, "following": target})
    assert answer.headers["location"] == "/compte"


async def test_tries_are_counted_with_those_of_the_sign_in(ana: Visitor):
    answers = [(await ana.post(CONFIRM, {"password": "mauvais"})).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


async def test_a_proof_that_is_no_longer_fresh_is_forgotten(ana: Visitor):
    with clock.set_to(clock.now() + LATER):
        await jobs.sweep(settings())
    assert await SignIn.select(SignIn.proved_until) == [{"proved_until": None}]


async def test_each_of_them_refuses_an_old_sign_in(ana: Visitor, app: Litestar):
    """With her vault open, whatever the route does."""
    wanted = wanting_proof(app)
    with clock.set_to(clock.now() + LATER):
        for route in routes(app):
            if f"{route.method} {route.path}" not in wanted:
                continue
            assert route.reach in (Reach.OPEN_VAULT, Reach.SIGNED_IN)
            call = ana.get if route.method == "GET" else ana.post
            answer = await call(route.address(passkey=FORGED))
            led = CONFIRM in answer.headers.get("location", "")
            assert led or "C’est bien vous" in unescape(answer.text), route
