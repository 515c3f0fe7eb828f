"""What is refused is refused kindly: a page or a fragment in French, and no text is lost."""

from html import unescape

import httpx
import pytest
from litestar import Litestar
from tests import visitors
from tests.raw import PART, send
from tests.visitors import Visitor

from recul.accounts.tables import SignIn
from recul.app import create_app
from recul.journal.tables import Entry

TEXT = "La porte est restée fermée, j’ai attendu sur le palier."
FORM = {"text-line": TEXT, "nonce": "n"}


def assert_refused(answer: httpx.Response, *, shown: bool) -> None:
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    assert "Ce formulaire ne peut plus être envoyé" in answer.text
    assert (TEXT in unescape(answer.text)) == shown


async def test_a_form_without_a_token_is_shown_again(ana: Visitor):
    assert_refused(await ana.client.post("/carnet/vite", data=FORM), shown=True)
    assert await Entry.count() == 0


async def test_one_word_is_shown_again_too_and_a_password_never(ana: Visitor):
    fields = {"text-line": "Épuisée", "own_feeling": "lessivée", "password": "une phrase secrète"}
    page = unescape((await ana.client.post("/carnet/vite", data=fields)).text)
    assert ("Épuisée" in page, "lessivée" in page, "secrète" in page) == (True, True, False)


@pytest.mark.parametrize("token", ["", "x", "0" * 128, "é" * 128, "\0" * 80])
async def test_a_token_that_was_never_given_out(ana: Visitor, token: str):
    answer = await ana.client.post("/carnet/vite", data=FORM | {"_csrf_token": token})
    assert_refused(answer, shown=True)


async def test_the_token_of_somebody_else(ana: Visitor, boris: Visitor):
    token = await boris.token()
    answer = await ana.client.post("/carnet/vite", data=FORM | {"_csrf_token": token})
    assert_refused(answer, shown=True)


async def test_the_token_of_another_installation(ana: Visitor, db: object):
    elsewhere = Visitor(create_app(visitors.settings(RECUL_SECRET="t" * 40)))
    token = await elsewhere.token()
    ana.client.cookies.set("recul-formulaire", token, domain="recul.test")
    answer = await ana.client.post("/carnet/vite", data=FORM | {"_csrf_token": token})
    assert_refused(answer, shown=True)


async def test_a_cookie_from_before_the_secret_changed_is_replaced(ana: Visitor, db: object):
    elsewhere = Visitor(create_app(visitors.settings(RECUL_SECRET="t" * 40)))
    ana.client.cookies.set("recul-formulaire", await elsewhere.token(), domain="recul.test")
    page = await ana.get("/carnet/vite")
    token = {"_csrf_token": page.cookies["recul-formulaire"]}
    ana.client.cookies.set("recul-formulaire", token["_csrf_token"], domain="recul.test")
    assert (await ana.client.post("/carnet/vite", data=FORM | token)).status_code == 303


async def test_a_token_whose_cookie_has_gone(ana: Visitor):
    token = await ana.token()
    ana.client.cookies.delete("recul-formulaire")
    answer = await ana.client.post("/carnet/vite", data=FORM | {"_csrf_token": token})
    assert_refused(answer, shown=True)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "autre"])
async def test_another_site_is_refused_and_shown_nothing(ana: Visitor, site: str):
    assert_refused(await ana.post("/carnet/vite", FORM, Sec_Fetch_Site=site), shown=False)
    without = await ana.client.post("/carnet/vite", data=FORM, headers={"Sec-Fetch-Site": site})
    assert_refused(without, shown=False)
    assert await Entry.count() == 0


@pytest.mark.parametrize(
    "origin", ["https://ailleurs.example", "http://recul.test.ailleurs.example", "http://"]
)
async def test_another_origin_is_refused(ana: Visitor, origin: str):
    assert (await ana.post("/carnet/vite", FORM, Origin=origin)).status_code == 403
    assert (await ana.post("/quitter", Origin=origin)).status_code == 403
    assert (await SignIn.count(), await Entry.count()) == (1, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://recul.test"},
        {"Origin": "null"},  # Safari before 16.4, under our referrer policy
        {"Origin": "null", "Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
    ],
)
async def test_our_own_forms_pass(ana: Visitor, headers: dict[str, str]):
    assert (await ana.post("/carnet/vite", FORM, **headers)).status_code == 303


async def test_reading_from_another_site_is_no_form(ana: Visitor):
    assert (await ana.get("/carnet", Sec_Fetch_Site="cross-site")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/healthz", "GET"),
        ("DELETE", "/carnet", "GET"),
        ("PUT", "/carnet/vite", "GET, POST"),
        ("GET", "/deconnexion", "POST"),
        ("GET", "/quitter", "POST"),
        ("GET", "/carnet/verrou", "POST"),
    ],
)
async def test_a_wrong_method_is_told(
    app: Litestar, ana: Visitor, method: str, path: str, allowed: str
):
    token = {"x-csrftoken": await ana.token()}
    answer = await ana.client.request(method, path, headers=token)
    assert answer.status_code == 405
    assert answer.headers["content-type"].startswith("text/html")
    assert set(allowed.split(", ")) <= set(answer.headers["allow"].split(", "))
    assert await SignIn.count() == 1


@pytest.mark.parametrize("path", ["/inconnu", "/carnet/x/y", "/static/x/app.css", "/.env", "/%00"])
async def test_an_unknown_address_is_a_page(ana: Visitor, nobody: Visitor, path: str):
    for visitor in (ana, nobody):
        answer = await visitor.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert "<!doctype html>" in answer.text.lower()
        assert answer.headers["cache-control"] == "no-store"


async def test_htmx_gets_a_fragment_of_each_error(ana: Visitor):
    forged = "11111111-2222-4333-8444-555555555555"
    answers = [
        await ana.get("/inconnu", **PART),
        await ana.post(f"/carnet/moments/{forged}/effacer", None, **PART),
        await ana.client.post("/carnet/vite", data=FORM, headers=PART),
        await ana.post("/healthz", None, **PART),
        await send(ana, "/carnet/vite", b"x" * 600_000, **PART),
        await send(ana, "/carnet/vite", b"a=1&" * 5000, **PART),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 403, 405, 413, 400]
    for answer in answers:
        assert answer.text.startswith('<div class="alert" role="alert">')
        assert "<html" not in answer.text


async def test_htmx_is_sent_elsewhere_by_a_header(ana: Visitor, nobody: Visitor):
    saved = await ana.post("/carnet/vite", FORM, HX_Request="true")
    assert (saved.status_code, saved.headers["hx-redirect"]) == (200, "/")
    asked = await nobody.get("/carnet", HX_Request="true")
    assert (asked.status_code, asked.headers["hx-redirect"]) == (200, "/connexion?suite=/carnet")


async def test_htmx_keeps_the_page_when_the_sign_in_has_ended(nobody: Visitor):
    answer = await nobody.post("/carnet/vite", FORM, **PART)
    assert (answer.status_code, "<html" in answer.text) == (401, False)
    assert "Votre texte reste sur cette page" in answer.text
