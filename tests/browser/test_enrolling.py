"""A professional and a cycle: her seat, its dates, a seat that is offered, and leaving."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House, Person, send
from tests.browser.keyboard import tab_to
from tests.browser.looking import remarks
from tests.browser.planning import Cycle, a_cycle, colleagues, take_seat
from tests.browser.steps import says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

FIRST = "jeudi 3 décembre"
DAYS = ("2026-12-03", "2027-01-07", "2027-02-04")


@pytest.fixture
async def people(house: House) -> list[Person]:
    return await colleagues(house, "Noa", "Inès", "Aya")


@pytest.fixture
async def cycle(house: House) -> AsyncIterator[Cycle]:
    async with a_cycle(house, *DAYS, capacity=2) as made:
        yield made


async def test_a_seat_from_the_charter_to_the_goodbye(
    open_window: Windows, house: House, people: list[Person], cycle: Cycle, script: bool
):
    noa, ines, _ = people
    await take_seat(house, ines, cycle)
    page = await open_window(noa, script=script)
    await page.goto("/groupes")
    await page.get_by_role("link", name=cycle.name).click()
    await expect(page.locator("main")).not_to_contain_text("sonner deux fois")
    await page.get_by_label("J’ai lu la charte et je l’accepte.").check()
    await page.get_by_role("button", name="M’inscrire").click()
    await says(page, "Vous avez votre place.")
    await expect(page.locator("main")).to_contain_text("sonner deux fois")
    await page.get_by_role("link", name="Qui participe").click()
    await expect(page.locator(".names").get_by_text("Inès")).to_be_visible()
    await page.get_by_role("link", name=cycle.name).click()
    await excuses_herself_and_comes_back(page)
    await page.get_by_role("link", name="Quitter ce cycle").click()
    await page.get_by_role("button", name="Quitter ce cycle").click()
    await says(page, "vous n’êtes plus dans ce cycle")
    await page.goto(f"/groupes/cycles/{cycle.id}")
    await expect(page.get_by_role("button", name="M’inscrire")).to_be_visible()


async def excuses_herself_and_comes_back(page: Page) -> None:
    await date(page).get_by_role("button", name="M’excuser").click()
    await says(page, "vous ne serez pas là")
    await expect(date(page)).to_contain_text("Vous avez dit que vous n’y serez pas.")
    await date(page).get_by_role("button", name="Finalement, j’y serai").click()
    await says(page, "vous serez là")
    await expect(date(page)).not_to_contain_text("Vous avez dit")


def date(page: Page) -> Locator:
    return page.locator(".thing").filter(has_text=FIRST.capitalize())


async def test_a_seat_that_is_offered(
    open_window: Windows, house: House, people: list[Person], cycle: Cycle, script: bool
):
    """The first who waits passes her turn, the second takes the seat."""
    _, ines, aya = people
    [bo] = await colleagues(house, "Bo")
    for person in people:
        await take_seat(house, person, cycle)
    waiting = await open_window(bo, script=script)
    await waiting.goto(f"/groupes/cycles/{cycle.id}")
    await waiting.get_by_label("J’ai lu la charte et je l’accepte.").check()
    await waiting.get_by_role("button", name="Rejoindre la liste d’attente").click()
    await says(waiting, "Vous êtes sur la liste d’attente.")
    await expect(waiting.locator("#seat")).to_contain_text("Vous êtes 2e sur la liste d’attente.")
    await leave(house, ines, cycle)
    page = await open_window(aya, script=script)
    await page.goto("/groupes")
    await expect(sheet(page, cycle)).to_contain_text("place proposée")
    await sheet(page, cycle).get_by_role("button", name="Passer mon tour").click()
    await says(page, "Vous passez votre tour")
    await expect(page.locator("#seat")).to_contain_text("Vous êtes en tête de la liste d’attente.")
    await waiting.goto("/groupes")
    await sheet(waiting, cycle).get_by_role("button", name="Prendre la place").click()
    await says(waiting, "Vous avez votre place.")
    await waiting.get_by_role("link", name="Qui participe").click()
    await expect(waiting.locator(".names li")).to_have_count(2)


def sheet(page: Page, cycle: Cycle) -> Locator:
    return page.get_by_role("article", name=cycle.name)


async def leave(house: House, person: Person, cycle: Cycle) -> None:
    async with house.as_person(person) as client:
        await send(client, f"/groupes/cycles/{cycle.id}/depart", {})


async def test_names_wait_for_a_charter_that_changed(
    open_window: Windows, house: House, people: list[Person], cycle: Cycle
):
    await take_seat(house, people[0], cycle)
    async with house.as_person(await house.demo_person("superviseure")) as anne:
        renewed = {"version": "1", "charter": "On peut se taire, aussi."}
        await send(anne, f"/planification/groupes/{cycle.group}/charte", renewed)
    page = await open_window(people[0])
    await page.goto(f"/groupes/cycles/{cycle.id}/participants")
    await says(page, "La charte a changé.")
    assert await remarks(page) == []
    await page.get_by_label("J’ai lu la charte et je l’accepte.").check()
    await page.get_by_role("button", name="Accepter la charte").click()
    await says(page, "Merci. La charte est acceptée.")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Qui participe")


async def test_a_seat_without_a_mouse(open_window: Windows, people: list[Person], cycle: Cycle):
    page = await open_window(people[0])
    await page.goto("/groupes")
    await tab_to(page, text=cycle.name)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/groupes/cycles/*")
    await tab_to(page, name="accept")
    await page.keyboard.press("Space")
    await tab_to(page, text="M’inscrire")
    await page.keyboard.press("Enter")
    await says(page, "Vous avez votre place.")
    await tab_to(page, text=f"M’excuser : {FIRST}")
    await page.keyboard.press("Enter")
    await says(page, "vous ne serez pas là")
    await tab_to(page, text=f"Finalement, j’y serai : {FIRST}")
    await page.keyboard.press("Enter")
    await says(page, "vous serez là")
    await tab_to(page, text="Quitter ce cycle")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/depart")
    await tab_to(page, text="Quitter ce cycle")
    await page.keyboard.press("Enter")
    await says(page, "vous n’êtes plus dans ce cycle")
