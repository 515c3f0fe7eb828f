"""Attack: a page of another site sends one of our forms in the browser of somebody signed in.

Without a refusal it would erase moments, enrol her, share her team's figures, or sign her into
the attacker's account to have her write there. Every route that changes something is tried, with
the tokens and origins that an attacker can come by. `tests/test_refusals.py` has what a person
sees of a refusal, and that her text is not lost.
"""

from typing import Any

import pytest
from litestar import Litestar
from tests.fuzz import rows
from tests.organisation.world import House
from tests.raw import send
from tests.routes import Route, routes
from tests.visitors import Visitor

from recul.web.reach import SAFE_METHODS, handlers
from recul.web.roles import Role

FIELDS = {"text-line": "x", "nonce": "n", "name": "x", "email": "x@exemple.fr", "password": "x"}
FREE = {"/quitter"}
"""Signs out and leads to a blank page, also where the token has gone: its origin is asked."""
KIND = {"content-type": "application/x-www-form-urlencoded"}


def changing(app: Litestar) -> list[Route]:
    return [route for route in routes(app) if route.method not in SAFE_METHODS]


async def test_no_form_is_taken_without_the_token_of_this_browser(app: Litestar, house: House):
    ana = house.self
    foreign = await house.people[Role.STRANGER].token()
    before = await rows.everything()
    for route in changing(app):
        if route.path in FREE:
            continue
        for token in ({}, {"_csrf_token": foreign}, {"_csrf_token": "0" * 128}):
            answer = await ana.client.post(route.address(), data=FIELDS | token)
            assert (answer.status_code, route) == (403, route)
    assert await rows.everything() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://recul.test"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "http://ailleurs.example"},
        {"Origin": "http://recul.test.ailleurs.example"},
        {"Origin": "http://ailleurs.recul.test"},
        {"Origin": "http://recul.test:8443"},
        {"Origin": "http://recul.test@ailleurs.example"},
        {"Origin": "http://["},
        {"Origin": "http://[::1"},
        {"Origin": "http://recul.test, http://recul.test"},
        {"Origin": ""},
    ],
)
async def test_another_origin_changes_nothing_even_with_the_token(
    app: Litestar, house: House, headers: dict[str, str]
):
    ana = house.self
    token = {"_csrf_token": await ana.token()}
    before = await rows.everything()
    for route in changing(app):
        answer = await ana.client.post(route.address(), data=FIELDS | token, headers=headers)
        assert (answer.status_code, route) == (403, route)
    assert await rows.everything() == before


async def test_reading_changes_nothing(app: Litestar, house: House):
    """An image, a link or a scanner of mails only ever reads. A copy of the journal that is taken
    this way is noted for its person all the same."""
    for visitor in house.people.values():
        await visitor.get("/carnet")  # its deposits are filed, its visit is noted
    before = await rows.everything()
    for route in routes(app):
        if route.method == "GET":
            for visitor in (house.self, house.organiser):
                await visitor.get(route.address(), Sec_Fetch_Site="cross-site")
    after = await rows.everything()
    assert len(after["access_event"]) > len(before["access_event"])
    assert after | {"access_event": before["access_event"]} == before


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"X-HTTP-Method-Override": "POST"}, ""),
        ({"X-Method-Override": "POST"}, ""),
        ({"X-HTTP-Method": "POST"}, ""),
        ({}, "?_method=POST&method=post"),
    ],
)
async def test_no_header_or_field_makes_a_form_of_a_link(
    app: Litestar, ana: Visitor, headers: dict[str, str], query: str
):
    before = await rows.everything()
    for path in ("/carnet/verrou", "/deconnexion", "/carnet/vite"):
        await ana.client.get(path + query, headers=headers)
        await ana.client.head(path + query, headers=headers)
    assert await rows.everything() == before


BODIES: list[tuple[str, Any]] = [
    ("text/plain", b"text-line=x&_csrf_token={token}"),
    ("text/plain; application/x-www-form-urlencoded", b"text-line=x&_csrf_token={token}"),
    ("application/json", b'{"text-line": "x", "_csrf_token": "{token}"}'),
    ("", b"text-line=x&_csrf_token={token}"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES)
async def test_a_token_in_a_body_that_is_no_form_is_none(ana: Visitor, kind: str, body: bytes):
    """What another site may send without asking first is read as a form, or not at all."""
    content = body.replace(b"{token}", (await ana.token()).encode())
    headers = {"content-type": kind} if kind else {}
    answer = await ana.client.post("/carnet/vite", content=content, headers=headers)
    assert answer.status_code == 403


async def test_a_token_in_the_address_is_none(ana: Visitor):
    token = await ana.token()
    answer = await ana.client.post(f"/carnet/vite?_csrf_token={token}", data=FIELDS)
    assert answer.status_code == 403


async def test_a_header_counts_and_of_two_tokens_it_is_the_one(ana: Visitor):
    """A form of another site cannot set a header, so what stands there comes from our pages."""
    assert (await send(ana, "/carnet/vite", b"text-line=x&nonce=n")).status_code == 303
    wrong = {"x-csrftoken": "0" * 128}
    answer = await ana.post("/carnet/vite", {"text-line": "x", "nonce": "m"}, **wrong)
    assert answer.status_code == 403


def test_the_routes_that_are_free_are_these(app: Litestar):
    free = {path for one in handlers(app) if one.opt.get("exclude_from_csrf") for path in one.paths}
    assert free == FREE | {"/static/{version:str}/{name:path}", "/agenda/{address:str}"}
