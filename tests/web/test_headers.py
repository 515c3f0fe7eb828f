"""What every answer says to the browser."""

from litestar import Litestar
from tests.routes import routes
from tests.visitors import Visitor, settings

from recul.web import headers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


async def test_every_page_is_private_unframed_and_tells_nobody(app: Litestar, ana: Visitor):
    for route in routes(app):
        if route.method != "GET" or route.path.startswith("/static"):
            continue
        answer = await ana.get(route.address())
        assert answer.headers["content-security-policy"] == POLICY, route
        assert answer.headers["cache-control"] == "no-store", route
        assert answer.headers["referrer-policy"] == "no-referrer", route
        assert answer.headers["x-frame-options"] == "DENY", route
        assert answer.headers["x-content-type-options"] == "nosniff", route


async def test_no_page_needs_what_the_policy_refuses(app: Litestar, ana: Visitor):
    for route in routes(app):
        if route.method != "GET" or "export/" in route.path:
            continue
        html = (await ana.get(route.address())).text
        assert " style=" not in html, route
        assert "<style" not in html, route
        assert "<script>" not in html, route
        assert "hx-on" not in html, route
        assert "javascript:" not in html, route


async def test_unknown_pages_have_the_headers_too(nobody: Visitor):
    answer = await nobody.get("/nulle-part")
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"] == POLICY


def test_the_way_out_may_be_another_site():
    elsewhere = settings(RECUL_QUICK_EXIT="https://meteo.example/ici")
    policy = headers.content_security_policy(elsewhere)
    assert "form-action 'self' https://meteo.example;" in policy


def test_production_asks_for_https_for_good():
    production = settings(
        RECUL_MODE="production", RECUL_URL="https://recul.example", RECUL_ARGON2_MIB="19"
    )
    assert b"strict-transport-security" in dict(headers.common(production))
    assert b"strict-transport-security" not in dict(headers.common(settings()))
