"""The served instance, and the people who have a key to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from tests.visitors import PASSWORD

from recul.demo.people import PASSWORD as DEMO_PASSWORD

COOKIE = "recul"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `cookie` is a sign-in of hers, its vault open."""

    email: str
    password: str
    cookie: str


@dataclass
class House:
    url: str
    codes: dict[str, Any]
    _people: dict[str, Person] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 60_000)))

    def next_number(self) -> int:
        """One that was never given before."""
        return next(self._numbers)

    def next_address(self) -> str:
        """An address of the network that nobody else comes from."""
        high, low = divmod(self.next_number(), 250)
        return f"10.7.{high}.{low + 1}"

    def visitor(self) -> httpx.AsyncClient:
        """Somebody who is not a browser."""
        return httpx.AsyncClient(
            base_url=self.url,
            headers={"X-Forwarded-For": self.next_address()},
            timeout=30,
            trust_env=False,
        )

    async def work(self, job: str) -> None:
        """Have one of the jobs done, by its name."""
        async with self.visitor() as client:
            await client.get("/healthz", headers={"X-Work": job})

    def reset_link(self, email: str) -> str:
        """A link to choose a new password, given out once."""
        return str(self.codes["resets"].pop(email))

    async def newcomer(self) -> Person:
        """Invited by the administrator, she has just made her journal."""
        email = f"essai-{self.next_number()}@exemple.fr"
        async with self.as_person(await self.demo_person("admin")) as admin:
            made = await send(admin, "/invitations", {"email": email})
        [code] = re.findall(r'value="[^"]+/invitation/([0-9A-Z-]+)"', made.text)
        async with self.visitor() as client:
            fields = {"display_name": "Noa", "new_password": PASSWORD}
            await send(client, f"/invitation/{code}", fields)
            return Person(email, PASSWORD, client.cookies[COOKIE])

    async def demo_person(self, name: str) -> Person:
        """One of the demo world, signed in once for all tests."""
        if name not in self._people:
            self._people[name] = await self.sign_in(f"{name}@recul.example", DEMO_PASSWORD)
        return self._people[name]

    async def sign_in(self, email: str, password: str) -> Person:
        async with self.visitor() as client:
            await send(client, "/connexion", {"email": email, "password": password})
            return Person(email, password, client.cookies[COOKIE])

    def as_person(self, person: Person) -> httpx.AsyncClient:
        client = self.visitor()
        client.cookies.set(COOKIE, person.cookie)
        return client


async def send(
    client: httpx.AsyncClient, path: str, fields: Mapping[str, Any], status: int = 0, **more: Any
) -> httpx.Response:
    """Send a form as its page would; fails unless it is answered so, usually by success."""
    if "recul-formulaire" not in client.cookies:
        await client.get("/connexion")
    token = {"_csrf_token": client.cookies["recul-formulaire"]}
    answer = await client.post(path, data=token | dict(fields), **more)
    expected = answer.status_code == status if status else answer.status_code < 400
    assert expected, re.sub(r"\s+", " ", answer.text)
    return answer


def id_after(before: str, text: str) -> str:
    """The first id that a page or an address has behind some words."""
    found = re.search(before + "([0-9a-f-]{36})", text)
    assert found is not None, before
    return found[1]
