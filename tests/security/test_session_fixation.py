"""Attack: somebody plants a cookie in the victim's browser (from a neighbouring sub-domain, on a
shared computer, over http) and waits until the victim signs in with it.

If the sign-in took over the planted token, the attacker would read the journal beside her. If
the old sign-in lived on, or the token of an open form did, whoever used the computer before would
write in her name.
"""

import re
from base64 import urlsafe_b64encode

import httpx
import pytest
from litestar import Litestar
from tests.visitors import PASSWORD, Visitor, newcomer, settings

from recul.accounts import cookie
from recul.accounts.tables import SignIn
from recul.app import create_app
from recul.trends import noise
from recul.web import tokens

TEXT = {"text-line": "Une phrase d’Ana, dans la page restée ouverte.", "nonce": "n"}


def plant(visitor: Visitor, token: str) -> None:
    visitor.client.cookies.set("recul", token, domain="recul.test", path="/")


def of(visitor: Visitor) -> str:
    return str(visitor.client.cookies["recul"])


async def test_a_token_that_was_chosen_beforehand_is_never_taken(app: Litestar, ana: Visitor):
    chosen = urlsafe_b64encode(b"\1" * 32).decode().rstrip("=")
    victim, attacker = Visitor(app), Visitor(app)
    plant(victim, chosen)
    await victim.sign_in(ana.email)
    plant(attacker, chosen)
    assert of(victim) != chosen
    assert (await victim.get("/carnet")).status_code == 200
    assert (await attacker.get("/carnet")).headers["location"].startswith("/connexion")


async def test_the_attackers_own_sign_in_does_not_become_the_victims(
    app: Litestar, ana: Visitor, boris: Visitor
):
    victim, planted = Visitor(app), of(boris)
    plant(victim, planted)
    await victim.sign_in(ana.email)
    assert of(victim) != planted
    assert "Ana" in (await victim.get("/compte")).text
    # The sign-in that this browser had before has ended, whosever it was.
    assert (await boris.get("/compte")).headers["location"].startswith("/connexion")


async def test_every_way_in_gives_a_new_token(app: Litestar, ana: Visitor):
    sheet = (await ana.post("/carnet/codes")).text
    first = of(ana)
    await ana.sign_in(ana.email)
    second = of(ana)
    [code, *_] = re.findall(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b", sheet)
    fields = {"email": ana.email, "code": code, "new_password": "une autre phrase de passe"}
    assert (await ana.post("/mot-de-passe-oublie", fields)).status_code == 303
    assert len({first, second, of(ana)}) == 3
    assert await SignIn.count() == 1


async def test_a_token_ends_with_its_sign_in(app: Litestar, ana: Visitor):
    for ends in ("/deconnexion", "/quitter"):
        await ana.sign_in(ana.email)
        kept, thief = of(ana), Visitor(app)
        assert (await ana.post(ends)).status_code == 303
        plant(thief, kept)
        assert (await thief.get("/compte")).headers["location"].startswith("/connexion")


async def test_a_changed_password_ends_what_was_signed_in_elsewhere(app: Litestar, ana: Visitor):
    thief = Visitor(app)
    await thief.sign_in(ana.email)
    new = {"password": PASSWORD, "new_password": "une autre phrase de passe"}
    assert (await ana.post("/compte/mot-de-passe", new)).status_code == 303
    assert (await ana.get("/compte")).status_code == 200
    assert (await thief.get("/compte")).headers["location"].startswith("/connexion")


async def test_a_page_from_before_is_not_sent_in_the_name_of_whoever_signs_in_now(
    app: Litestar, ana: Visitor, boris: Visitor
):
    """Two colleagues at one computer: the first leaves a form open."""
    computer = Visitor(app)
    await computer.sign_in(ana.email)
    before = await computer.token()
    await computer.post("/deconnexion")
    await computer.sign_in(boris.email)
    answer = await computer.client.post("/carnet/vite", data=TEXT | {"_csrf_token": before})
    assert answer.status_code == 403
    assert await computer.token() != before
    assert "page restée ouverte" not in (await computer.get("/carnet")).text


async def test_signing_in_over_somebody_changes_the_token_of_forms_too(
    app: Litestar, ana: Visitor, boris: Visitor
):
    before = await ana.token()
    await ana.sign_in(boris.email)
    answer = await ana.client.post("/carnet/vite", data=TEXT | {"_csrf_token": before})
    assert (answer.status_code, await ana.token() != before) == (403, True)


def flags(answer: httpx.Response, name: str) -> set[str]:
    [found] = [line for line in answer.headers.get_list("set-cookie") if line.startswith(name)]
    return {part.strip().casefold() for part in found.split(";")[1:]}


async def test_the_cookies_are_for_this_site_only(
    db: object, ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    # A process in production refuses seeded noise for good; other tests need it.
    monkeypatch.setattr(noise, "refuse_seeds", lambda: None)
    production = create_app(
        settings(RECUL_MODE="production", RECUL_URL="https://recul.test", RECUL_ARGON2_MIB="19")
    )
    window = Visitor(production)
    window.client.base_url = httpx.URL("https://recul.test")
    page = await window.get("/connexion")
    secret = {"secure", "httponly", "samesite=lax", "path=/"}
    assert flags(page, "__Host-recul-formulaire") == secret
    token = page.cookies["__Host-recul-formulaire"]
    fields = {"email": ana.email, "password": PASSWORD, "_csrf_token": token}
    signed_in = await window.client.post("/connexion", data=fields)
    assert signed_in.status_code == 303
    assert flags(signed_in, "__Host-recul=") == secret | {f"max-age={cookie.LONGEST}"}
    assert flags(signed_in, "__Host-recul-formulaire=") == secret
    # `__Host-` keeps a neighbour of a sub-domain from planting either of them.
    assert tokens.name(settings()) == "recul-formulaire"


async def test_no_page_and_no_address_holds_the_token(app: Litestar, db: object):
    ana = await newcomer(app)
    token = of(ana)
    for path in ("/", "/compte", "/compte/appareils", "/ce-que-voit-l-administrateur", "/carnet"):
        assert token not in (await ana.get(path)).text
