"""Requests that no form of ours sends, and what any answer must be all the same."""

from typing import Any
from urllib.parse import quote

import httpx
from litestar import Litestar
from tests.routes import Route, routes
from tests.visitors import Visitor

ENDS = ("/quitter", "/deconnexion", "/carnet/verrou")
PART = {"hx-request": "true", "hx-request-type": "partial"}


def encoded(fields: list[tuple[str, str]]) -> bytes:
    """As a form is sent, lone surrogates and all (%ED%A0%80)."""
    return "&".join("=".join(quote(p, errors="surrogatepass") for p in f) for f in fields).encode()


def posts(app: Litestar) -> list[Route]:
    return [r for r in routes(app) if r.method == "POST" and r.path not in ENDS]


def assert_kind(answer: httpx.Response, about: object = None) -> None:
    """A page or a way elsewhere, whatever was asked."""
    assert answer.status_code < 500, about
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/"), about
    elif not {"hx-redirect", "content-disposition"} & set(answer.headers):
        assert answer.headers["content-type"].startswith("text/html"), about


async def send(visitor: Visitor, path: str, body: Any, **headers: str) -> httpx.Response:
    """A raw body, with the visitor's own token in the header."""
    usual = {
        "content-type": "application/x-www-form-urlencoded",
        "x-csrftoken": await visitor.token(),
    }
    return await visitor.client.post(path, content=body, headers=usual | headers)


async def moment(visitor: Visitor) -> str:
    await visitor.post("/carnet/vite", {"text-line": "un moment", "nonce": "n"})
    return (await visitor.get("/carnet")).text.split("/carnet/moments/")[1][:36]
