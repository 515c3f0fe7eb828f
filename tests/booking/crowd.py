"""Many people at once, from several processes: accounts with a seat in a browser, made quickly.

They are signed in with their vaults locked: nothing here needs one open.
"""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from uuid import UUID, uuid4

import httpx
from tests.organisation.world import House

from recul import clock
from recul.accounts.tables import Account, SignIn, Vault
from recul.database import write_transaction
from recul.organisation.tables import Membership
from recul.vault.sign_in_key import hash_token, mark_public_key, new_token

KEY = b"k" * 32
BATCH = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in; `cookie` is what her browser holds."""

    id: UUID
    cookie: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, between which two moments."""

    person: Person
    status: int
    began: float
    ended: float


async def crowd(house: House, count: int) -> list[Person]:
    """Members of the house's team."""
    made: list[Person] = []
    while made_now := min(BATCH, count - len(made)):
        made += await _made(house, made_now)
    return made


async def _made(house: House, count: int) -> list[Person]:
    made = {uuid4(): new_token() for _ in range(count)}
    async with write_transaction():
        await Account.insert(*map(_account, made))
        await Vault.insert(*(Vault(owner=one, public_key=KEY, private_box=b"") for one in made))
        await SignIn.insert(*(_sign_in(one, token) for one, token in made.items()))
        await Membership.insert(*(_membership(one, house.team) for one in made))
    return [Person(one, urlsafe_b64encode(token).decode()[:-1]) for one, token in made.items()]


def _account(account: UUID) -> Account:
    return Account(
        id=account,
        email=f"{account.hex}@recul.example",
        display_name="Quelqu’un",
        time_zone="Europe/Paris",
        joined_on=clock.today(),
    )


def _sign_in(account: UUID, token: bytes) -> SignIn:
    return SignIn(
        account=account,
        token_hash=hash_token(token),
        public_mark=mark_public_key(token, KEY),
        device="",
        created_on=clock.today(),
        seen_on=clock.today(),
    )


def _membership(account: UUID, team: UUID) -> Membership:
    return Membership(account=account, team=team, home=True, started_on=clock.today())


@dataclass
class Doors:
    """The processes that answer, and one connection of its own for everybody."""

    clients: Sequence[httpx.AsyncClient]
    token: str

    async def post(
        self, person: Person, path: str, data: dict[str, str] | None = None, door: int = 0
    ) -> Answer:
        client = self.clients[door % len(self.clients)]
        headers = {"cookie": f"recul={person.cookie}; recul-formulaire={self.token}"}
        began = monotonic()
        answer = await client.post(
            path, data={"_csrf_token": self.token} | (data or {}), headers=headers
        )
        return Answer(person, answer.status_code, began, monotonic())

    async def get(self, person: Person, path: str, door: int = 0) -> str:
        client = self.clients[door % len(self.clients)]
        answer = await client.get(path, headers={"cookie": f"recul={person.cookie}"})
        assert answer.status_code == 200, path
        return answer.text


@asynccontextmanager
async def doors(*urls: str) -> AsyncIterator[Doors]:
    # The servers close what has been idle for five seconds.
    limits = httpx.Limits(max_connections=250, max_keepalive_connections=250, keepalive_expiry=3)
    clients = [
        httpx.AsyncClient(base_url=url, timeout=120, trust_env=False, limits=limits) for url in urls
    ]
    try:
        first = await clients[0].get("/connexion")
        yield Doors(clients, first.cookies["recul-formulaire"])
    finally:
        await asyncio.gather(*(client.aclose() for client in clients))
