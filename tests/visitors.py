"""Visitors for tests: an HTTP client that behaves as a browser does with forms and cookies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any
from uuid import uuid4

import httpx
from litestar import Litestar

from recul.accounts.actions import invitations
from recul.database import write_transaction
from recul.settings import Settings, load

PASSWORD = "un mot de passe pour les essais"
# One cheap derivation: what is tested here is not Argon2.
TEST_ENVIRONMENT = {"RECUL_SECRET": "s" * 40, "RECUL_ARGON2_MIB": "1", "RECUL_ARGON2_PASSES": "1"}


def settings(**more: str) -> Settings:
    return load(TEST_ENVIRONMENT | more)


class Visitor:
    """A browser window: keeps cookies, sends the token of the form along."""

    def __init__(self, app: Litestar) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)  # type: ignore[arg-type]
        self.client = httpx.AsyncClient(transport=transport, base_url="http://recul.test")
        self.email = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=_named(headers))

    async def post(
        self, path: str, data: dict[str, Any] | None = None, **headers: str
    ) -> httpx.Response:
        token = await self.token()
        return await self.client.post(
            path, data={"_csrf_token": token} | (data or {}), headers=_named(headers)
        )

    async def upload(
        self, path: str, files: dict[str, Any], data: dict[str, Any] | None = None
    ) -> httpx.Response:
        token = await self.token()
        return await self.client.post(path, data={"_csrf_token": token} | (data or {}), files=files)

    async def token(self) -> str:
        """Of its forms; over https the cookie has another name."""
        secure = self.client.base_url.scheme == "https"
        name = "__Host-recul-formulaire" if secure else "recul-formulaire"
        if name not in self.client.cookies:
            await self.client.get("/connexion")
        return str(self.client.cookies[name])

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        self.email = email
        return await self.post("/connexion", {"email": email, "password": password})


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def newcomer(app: Litestar, name: str = "ana", *, administrator: bool = False) -> Visitor:
    """Somebody who was invited, accepted and is signed in with her vault open."""
    visitor = Visitor(app)
    visitor.email = f"{name}-{uuid4().hex[:6]}@exemple.fr"
    code = await invitations.invite(visitor.email, administrator=administrator)
    answer = await visitor.post(
        f"/invitation/{code}", {"display_name": name.capitalize(), "new_password": PASSWORD}
    )
    assert answer.status_code == 303, unescape(answer.text)
    return visitor


class _Undo(Exception):
    """Ends a trial."""


@asynccontextmanager
async def undone(visitor: Visitor) -> AsyncIterator[None]:
    """A trial of which nothing stays, neither rows nor cookies."""
    kept = httpx.Cookies(visitor.client.cookies)
    try:
        async with write_transaction():
            yield
            raise _Undo
    except _Undo:
        visitor.client.cookies = kept
