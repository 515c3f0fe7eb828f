"""People in the states that pages are looked at in, made once through the house's own forms."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import httpx
from pyotp import TOTP
from tests.browser import circles
from tests.browser.house import COOKIE, House, Person, id_after, send
from tests.browser.keyed import keyed
from tests.browser.neighbours import first_of, neighbour
from tests.browser.samples import DAYLIO, PEOPLE
from tests.browser.served import NOW
from tests.visitors import PASSWORD

from recul.demo.people import PASSWORD as DEMO_PASSWORD


@dataclass(frozen=True, slots=True)
class Residents:
    people: dict[str, Person | None]
    """By the names that views use; nobody is None."""
    values: dict[str, str]
    """What stands for the placeholders of paths."""


async def gather(house: House) -> Residents:
    nadia = await house.demo_person("educatrice")
    coded, half = await _coded(house)
    with_passkeys, passkeys = await keyed(house)
    people = {
        "coded": coded,
        "half": half,
        "nobody": None,
        "nadia": nadia,
        "locked": await _locked(house, "educatrice"),
        "blank": await house.demo_person("referent"),
        "furnished": await _furnished(house),
        "checking": await _with_codes(house),
        "reset": await _reset(house),
        "stale": await _stale(house),
        "leaving": await _leaving(house),
        "admin": await house.demo_person("admin"),
        "organiser": await house.demo_person("organisatrice"),
        "manager": await house.demo_person("cheffe"),
        "small": await house.demo_person(neighbour(first_of("Mesures administratives"))),
        "anne": await house.demo_person("superviseure"),
        "locked_anne": await _locked(house, "superviseure"),
        **with_passkeys,
    }
    values = {
        "entry": await _an_entry(house, nadia),
        "code": str(house.codes["seen_only"]),
        "link": house.reset_link("cheffe@recul.example"),
        "month": "2026-10",
    }
    values |= passkeys
    values |= await _places(house, nadia, people["organiser"])
    values |= await circles.places(house, nadia, await house.demo_person("superviseure"))
    values["small"] = await _own_team(house, people["small"])
    await _staged(house, people["organiser"], values["organisation"])
    return Residents(people, values)


async def _places(house: House, member: Person, organiser: Person | None) -> dict[str, str]:
    """A team, its unit and structure, and somebody in it, as their pages name them."""
    assert organiser is not None
    team = await _own_team(house, member)
    async with house.as_person(organiser) as client:
        page = (await client.get("/structure", follow_redirects=True)).text
        organisation = id_after("/structure/", page)
        people = (await client.get(f"/structure/equipes/{team}")).text
        return {
            "team": team,
            "organisation": organisation,
            "unit": id_after("/structure/services/", page),
            "membership": id_after("/structure/appartenances/", people),
            "person": id_after("/structure/personnes/", people),
        }


async def _own_team(house: House, member: Person | None) -> str:
    assert member is not None
    async with house.as_person(member) as client:
        own = await client.get("/equipes", follow_redirects=True)
        return id_after("/equipes/", f"{own.url} {own.text}")


async def _staged(house: House, organiser: Person | None, organisation: str) -> None:
    """A file of people that waits to be looked at: some to add, some with something wrong."""
    assert organiser is not None
    async with house.as_person(organiser) as client:
        sent = {"file": ("equipe.csv", PEOPLE.encode())}
        await send(client, f"/structure/{organisation}/import", {}, files=sent)


async def _locked(house: House, name: str) -> Person:
    """The same person on another device, its vault locked."""
    person = await house.sign_in(f"{name}@recul.example", DEMO_PASSWORD)
    async with house.as_person(person) as client:
        await send(client, "/carnet/verrou", {})
    return person


async def _furnished(house: House) -> Person:
    """A heavy day, own words, a draft, a file looked at, codes of which one was typed back."""
    person = await house.newcomer()
    async with house.as_person(person) as client:
        words = {"own_feeling": "cotonneuse", "own_context": "PEAD"}
        heavy = {"template": "line", "workload": "5", "emotional_load": "5"}
        for more in (words, {"text-line": "Encore."}, {"small_win": "1"}):
            await send(client, "/carnet/vite", heavy | more)
        draft = {"template": "visit", "text-seen": "Deux frères, une table, peu de mots."}
        await send(client, "/carnet/brouillon", draft)
        await send(client, "/carnet/import", {}, files={"file": ("notes.csv", DAYLIO)})
        await send(client, "/carnet/ressources", {"line": "Nager le jeudi soir"})
        sheet = await send(client, "/carnet/codes", {})
        await send(client, "/carnet/codes/verification", {"code": codes_on(sheet)[0]})
    return person


async def _with_codes(house: House) -> Person:
    """Recovery codes were made, none of them typed back."""
    person = await house.newcomer()
    async with house.as_person(person) as client:
        await send(client, "/carnet/codes", {})
    return person


async def _stale(house: House) -> Person:
    """Her journal is open, and her password was typed some time ago."""
    person = await house.newcomer()
    async with house.visitor() as client:
        client.headers["X-Now"] = (NOW - timedelta(minutes=12)).isoformat()
        await send(client, "/connexion", {"email": person.email, "password": person.password})
        return Person(person.email, person.password, client.cookies[COOKIE])


async def _coded(house: House) -> tuple[Person, Person]:
    """A code of an application is asked after the password; and who has typed only the latter."""
    person = await house.newcomer()
    async with house.as_person(person) as client:
        await send(client, "/carnet/codes", {})
        page = (await client.get("/compte/securite/code")).text
        secret, box = re.findall(r'code--long">([A-Z2-7 ]+)<|name="box" value="([^"]+)"', page)
        code = TOTP(secret[0].replace(" ", "")).at(NOW)
        await send(client, "/compte/securite/code", {"box": unescape(box[1]), "code": code})
    return person, await house.sign_in(person.email, person.password)


def codes_on(sheet: httpx.Response) -> list[str]:
    return re.findall(r'class="code">([0-9A-Z-]{24})<', sheet.text)


async def _reset(house: House) -> Person:
    """A new journal after a reset without a code, the old one closed."""
    email = "collegue@recul.example"
    link = house.reset_link(email)
    async with house.visitor() as client:
        await send(client, f"/reinitialisation/{link}", {"new_password": PASSWORD})
        return Person(email, PASSWORD, client.cookies[COOKIE])


async def _leaving(house: House) -> Person:
    """She asked for her account to be erased, and signs in again."""
    person = await house.newcomer()
    async with house.as_person(person) as client:
        await send(client, "/compte/effacement", {"understood": "1"})
    return await house.sign_in(person.email, person.password)


async def _an_entry(house: House, person: Person) -> str:
    async with house.as_person(person) as client:
        found = re.search(r"/carnet/moments/([0-9a-f-]{36})", (await client.get("/carnet")).text)
    assert found is not None
    return found[1]
