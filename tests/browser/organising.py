"""What an organiser does before a test begins, through the house's own forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.browser.house import COOKIE, House, Person, id_after, send
from tests.visitors import PASSWORD

CODE = re.compile(
    r'<h2 id="sheet-[^"]+">([^<]+)</h2>.*?class="code">([0-9A-Z-]{24})<', flags=re.DOTALL
)


@dataclass(frozen=True)
class Names:
    """Names that no other test gives."""

    unit: str
    team: str
    address: str


def new_names(house: House) -> Names:
    n = house.next_number()
    return Names(f"Pôle {n}", f"Équipe {n}", f"lea-{n}@exemple.fr")


async def organiser(house: House) -> Person:
    return await house.demo_person("organisatrice")


async def a_team(house: House, name: str) -> str:
    """The id of a new team in the first unit there is."""
    async with house.as_person(await organiser(house)) as client:
        tree = (await client.get("/structure")).text
        unit = id_after("/structure/services/", tree)
        made = await send(client, f"/structure/services/{unit}/equipes", {"team": name})
        return id_after("/structure/equipes/", made.headers["location"])


async def members(house: House, team: str, *names: str) -> list[Person]:
    """New people in a team: each was handed a printed code, and joined with it."""
    codes = await _codes(house, team, names)
    return [await _joined(house, name, codes[name]) for name in names]


async def _codes(house: House, team: str, names: tuple[str, ...]) -> Mapping[str, str]:
    base = f"/structure/equipes/{team}"
    async with house.as_person(await organiser(house)) as client:
        await send(client, f"{base}/invitations", {"people": "\n".join(names)})
        waiting = (await client.get(base)).text
        places = re.findall('name="place" value="([0-9a-f-]{36})"', waiting)
        return dict(CODE.findall((await send(client, f"{base}/feuilles", {"place": places})).text))


async def _joined(house: House, name: str, code: str) -> Person:
    email = f"{name.lower()}-{house.next_number()}@exemple.fr"
    async with house.visitor() as client:
        fields = {"email": email, "display_name": name, "new_password": PASSWORD}
        await send(client, f"/invitation/{code}", fields)
        return Person(email, PASSWORD, client.cookies[COOKIE])
