"""What somebody does with a passkey, over HTTP: as her browser's script would."""

import json
import re
from html import unescape
from typing import Any

import httpx
from litestar import Litestar
from tests.accounts.authenticator import Answer, Authenticator
from tests.visitors import PASSWORD, Visitor

from recul.accounts.webauthn import Site

NEW = "/compte/cles-d-acces/nouvelle"
SIGN_IN = "/connexion/cle-d-acces"
SECOND = "/connexion/verification/cle-d-acces"
OPEN = "/carnet/ouvrir/cle-d-acces"
CONFIRM = "/compte/confirmer/cle-d-acces"


def authenticator(app: Litestar, **more: Any) -> Authenticator:
    """One whose browser is at this instance."""
    site = Site.of(app.state.settings.url)
    return Authenticator(**({"origin": site.origin, "domain": site.domain} | more))


async def with_codes(visitor: Visitor) -> None:
    assert (await visitor.post("/carnet/codes")).status_code == 200


async def options_in(visitor: Visitor, path: str) -> dict[str, Any]:
    """Those that a page carries."""
    [found] = re.findall(r'data-options="([^"]+)"', (await visitor.get(path)).text)
    options: dict[str, Any] = json.loads(unescape(found))
    return options


async def asked(visitor: Visitor, door: str) -> dict[str, Any]:
    await visitor.token()  # of the page with the button
    answer = await visitor.get(door, accept="application/json")
    assert answer.status_code == 200, answer.text
    options: dict[str, Any] = answer.json()
    return options


async def add(visitor: Visitor, token: Authenticator, name: str = "Téléphone") -> httpx.Response:
    made = token.create(await options_in(visitor, NEW))
    return await send(visitor, NEW, made, name=name)


async def use(visitor: Visitor, token: Authenticator, door: str, **fields: str) -> httpx.Response:
    return await send(visitor, door, token.get(await asked(visitor, door)), **fields)


async def send(visitor: Visitor, path: str, answer: Answer, **fields: str) -> httpx.Response:
    return await visitor.post(path, {"passkey": json.dumps(answer)} | fields)


async def half_way(app: Litestar, visitor: Visitor) -> Visitor:
    """Another window of hers, its password given."""
    window = Visitor(app)
    answer = await window.sign_in(visitor.email, PASSWORD)
    assert answer.headers["location"] == "/connexion/verification"
    return window


def refused(answer: httpx.Response, sentence: str) -> None:
    assert answer.status_code == 422, answer.text
    assert sentence in unescape(answer.text)
