"""A group that runs itself, from its opening to its third meeting."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House, Person, id_after, send
from tests.browser.looking import remarks
from tests.browser.planning import call_off, colleagues, take_seat_of
from tests.browser.steps import says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

NAMES = ("Noa", "Inès", "Aya")
MEETINGS = ("2026-11-24T12:00+01:00", "2026-12-01T12:00+01:00", "2026-12-08T12:00+01:00")
"""A little before each of them begins."""


@pytest.fixture
async def people(house: House) -> Mapping[str, Person]:
    return dict(zip(NAMES, await colleagues(house, *NAMES), strict=True))


async def test_from_its_opening_to_its_third_meeting(
    open_window: Windows, house: House, people: Mapping[str, Person], script: bool
):
    page = await open_window(people["Noa"], script=script)
    cycle = await opens_a_group(page, f"Midi entre pairs, {house.next_number()}")
    await take_seat_of(house, people["Inès"], cycle)
    await welcome(page, cycle, "Inès")
    await take_seat_of(house, people["Aya"], cycle)
    await says_yes(page, cycle, "Aya")
    await says(page, "Votre voix est comptée.")
    if script:
        assert await remarks(page) == []
    await welcome(await open_window(people["Inès"], script=script), cycle, "Aya")
    welcomed_by = [
        await everybody_takes_her_role(page, house, people, cycle, now) for now in MEETINGS
    ]
    assert sorted(welcomed_by) == sorted(NAMES)
    await call_off(house, people["Noa"], cycle)


async def opens_a_group(page: Page, name: str) -> str:
    await page.goto("/groupes")
    await page.get_by_role("link", name="Ouvrir un groupe entre pairs").click()
    await page.get_by_label("Son nom").fill(name)
    await page.get_by_label("Première rencontre").fill("2026-11-24")
    await page.get_by_label("Toutes les … semaines").fill("1")
    await page.get_by_label("Nombre de dates").fill("3")
    await page.get_by_label("Lieu").fill("Cuisine du deuxième étage")
    await page.get_by_role("button", name="Ouvrir ce groupe").click()
    await says(page, "Votre groupe est ouvert.")
    await expect(page.locator("main")).to_contain_text("Mardi 24 novembre, 12 h 30 – 14 h 00")
    return id_after("/groupes/cycles/", page.url)


async def says_yes(page: Page, cycle: str, name: str) -> None:
    await page.goto(f"/groupes/cycles/{cycle}")
    await page.get_by_role("link", name="Qui participe").click()
    asking = page.get_by_role("region", name="Demandes à rejoindre le groupe")
    await asking.get_by_role("button", name=f"Oui : {name}").click()


async def welcome(page: Page, cycle: str, name: str) -> None:
    """With her voice, they are more than half."""
    await says_yes(page, cycle, name)
    await says(page, "Cette personne est accueillie.")
    await expect(page.locator(".names").get_by_text(name)).to_be_visible()


async def everybody_takes_her_role(
    page: Page, house: House, people: Mapping[str, Person], cycle: str, now: str
) -> str:
    """Who welcomes the others this time. Each takes what is proposed to her."""
    await page.set_extra_http_headers({"X-Now": now})
    await page.goto(f"/groupes/cycles/{cycle}")
    await page.locator("a[href^='/groupes/seances/']").first.click()
    mine = page.locator(".thing").filter(has_text="proposé à Noa").first
    await mine.get_by_role("button", name="Je le prends").click()
    await says(page, "C’est noté : vous prenez ce rôle.")
    for name in NAMES[1:]:
        await takes_it_too(house, people[name], page.url, name)
    await page.reload()
    role = page.locator(".thing").filter(has_text="Accueil et ouverture")
    [found] = [name for name in NAMES if name in await role.inner_text()]
    return found


async def takes_it_too(house: House, person: Person, meeting: str, name: str) -> None:
    path = urlsplit(meeting).path
    async with house.as_person(person) as client:
        proposed = re.search(
            f'proposé à {name}.*?name="role" value="([a-z]+)"',
            (await client.get(path)).text,
            flags=re.DOTALL,
        )
        assert proposed is not None
        await send(client, f"{path}/roles", {"role": proposed[1]})
