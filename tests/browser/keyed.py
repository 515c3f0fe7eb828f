"""Somebody with passkeys, made over HTTP by an authenticator in software."""

import json
import re
from html import unescape

import httpx
from tests.accounts.authenticator import Authenticator
from tests.browser.house import COOKIE, House, Person, send

PAGE = "/compte/cles-d-acces"
LISTED = re.compile(PAGE + r'/([0-9a-f-]{36})">.*?</svg>([^<]+)</a>')
DOOR = "/connexion/cle-d-acces"


async def keyed(house: House) -> tuple[dict[str, Person], dict[str, str]]:
    """Her in three states, and her two passkeys: one of them opens no journal yet."""
    person = await house.newcomer()
    phone = Authenticator(origin=house.url, domain="localhost")
    desk = Authenticator(origin=house.url, domain="localhost", prf_at_creation=False)
    async with house.as_person(person) as client:
        await send(client, "/carnet/codes", {})
        await _add(client, phone, "Mon téléphone")
        await _add(client, desk, "Mon ordinateur")
        ids = {name: id_ for id_, name in LISTED.findall((await client.get(PAGE)).text)}
    states = {
        "keyed": person,
        "keyed_half": await house.sign_in(person.email, person.password),
        "keyed_locked": await _locked(house, person, phone),
    }
    return states, {"passkey": ids["Mon téléphone"], "shut_passkey": ids["Mon ordinateur"]}


async def _add(client: httpx.AsyncClient, token: Authenticator, name: str) -> None:
    page = (await client.get(f"{PAGE}/nouvelle")).text
    [options] = re.findall(r'data-options="([^"]+)"', page)
    made = json.dumps(token.create(json.loads(unescape(options))))
    await send(client, f"{PAGE}/nouvelle", {"name": name, "passkey": made})


async def _locked(house: House, person: Person, token: Authenticator) -> Person:
    """On another device, where she came in with the passkey alone."""
    async with house.visitor() as client:
        await client.get("/connexion")
        options = (await client.get(DOOR, headers={"Accept": "application/json"})).json()
        answer = json.dumps(token.get(options))
        await send(client, DOOR, {"passkey": answer})
        await send(client, "/carnet/verrou", {})
        return Person(person.email, person.password, client.cookies[COOKIE])
