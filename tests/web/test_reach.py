"""Every route says who may use it, and holds to it."""

import pytest
from litestar import Litestar, get
from tests.routes import Route, routes
from tests.visitors import Visitor

from recul.web.reach import STANDINGS, Reach, require_declarations

SECRET = "Une phrase que personne d’autre ne doit lire."

PUBLIC = {
    "GET /",  # leads to the sign-in
    "GET /agenda/{address}",  # whoever knows the secret address
    "GET /accessibilite",
    "GET /ce-que-peut-voir",
    "GET /combien-de-temps",
    "GET /vos-donnees",
    "GET /vos-donnees/analyse-d-impact",
    "GET /vos-donnees/registre",
    "GET /connexion",
    "GET /connexion/cle-d-acces",
    "GET /connexion/verification",  # whoever has typed a right password
    "GET /connexion/verification/cle-d-acces",
    "GET /healthz",
    "GET /metrics",  # with a token, where one is set
    "GET /readyz",
    "GET /invitation",
    "GET /invitation/{code}",
    "GET /matrice",
    "GET /mot-de-passe-oublie",
    "GET /page-blanche",
    "GET /reinitialisation/{link}",
    "GET /static/{version}/{name}",
    "POST /connexion",
    "POST /connexion/cle-d-acces",
    "POST /connexion/verification",
    "POST /connexion/verification/cle",
    "POST /connexion/verification/cle-d-acces",
    "POST /invitation",
    "POST /invitation/{code}",
    "POST /langue",
    "POST /mot-de-passe-oublie",
    "POST /mot-de-passe-oublie/lien",
    "POST /quitter",
    "POST /reinitialisation/{link}",
}


def test_the_public_routes_are_these_and_no_others(app: Litestar):
    found = {f"{r.method} {r.path}" for r in routes(app) if r.reach is Reach.PUBLIC}
    assert found == PUBLIC


def test_a_route_without_a_reach_stops_the_start():
    @get("/oubliee", sync_to_thread=False)
    def forgotten() -> str:
        return ""

    with pytest.raises(RuntimeError, match="routes without a reach"):
        require_declarations(Litestar([forgotten], openapi_config=None))


async def send(visitor: Visitor, route: Route, **values: object):
    call = visitor.get if route.method == "GET" else visitor.post
    return await call(route.address(**values))


async def test_nobody_gets_past_the_sign_in(app: Litestar, ana: Visitor, nobody: Visitor):
    entry = await _written_by(ana)
    for route in routes(app):
        if route.reach is Reach.PUBLIC:
            continue
        answer = await send(nobody, route, entry=entry)
        expected = 303 if route.method == "GET" else 401
        assert (answer.status_code, route) == (expected, route)
        assert SECRET not in answer.text
        if route.method == "GET":
            assert answer.headers["location"].startswith("/connexion")


async def test_a_stranger_finds_nothing_of_anas(app: Litestar, ana: Visitor, boris: Visitor):
    entry = await _written_by(ana)
    for route in routes(app):
        if route.path in ("/quitter", "/deconnexion", "/carnet/verrou"):
            continue
        answer = await send(boris, route, entry=entry)
        assert answer.status_code < 500, route
        assert SECRET not in answer.text, route
        assert ana.email not in answer.text, route
        if "{entry}" in route.path or route.reach in STANDINGS:
            assert answer.status_code == 404, route
    assert SECRET in (await ana.get("/carnet")).text


async def test_forged_ids_are_not_found(app: Litestar, ana: Visitor):
    for route in routes(app):
        if "{" not in route.path or route.path.startswith("/static"):
            continue
        for forged in ("11111111-2222-4333-8444-555555555555", "0", "é", "a" * 500, "%00"):
            names = (part.strip("{}") for part in route.path.split("/") if part.startswith("{"))
            values = dict.fromkeys(names, forged)
            answer = await send(ana, route, **values)
            assert answer.status_code == 404, (route, forged)


async def test_a_locked_vault_renders_nothing_private(app: Litestar, ana: Visitor):
    entry = await _written_by(ana)
    await ana.post("/carnet/verrou")
    for route in routes(app):
        if route.path in ("/quitter", "/deconnexion"):
            continue
        answer = await send(ana, route, entry=entry)
        assert SECRET not in answer.text, route
        if route.reach is Reach.OPEN_VAULT:
            assert answer.status_code == (303 if route.method == "GET" else 401), route
            if route.method == "GET":
                assert answer.headers["location"].startswith("/carnet/ouvrir"), route


async def _written_by(ana: Visitor) -> str:
    """The address part of a moment of Ana's that holds SECRET."""
    answer = await ana.post("/carnet/vite", {"text-line": SECRET, "nonce": "n"})
    assert answer.status_code == 303
    page = (await ana.get("/carnet")).text
    return page.split("/carnet/moments/")[1].split("/")[0].split('"')[0]
