"""A team chooses who represents it: one voice each, changed and taken back, the result in sight."""

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House
from tests.browser.keyboard import tab_to
from tests.browser.organising import a_team, members
from tests.browser.steps import says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

NAMES = ("Ada", "Bea", "Cora")


@pytest.fixture
def house(young_house: House) -> House:
    return young_house


@pytest.fixture
async def team(house: House) -> str:
    return await a_team(house, f"Équipe {house.next_number()}")


def election(page: Page) -> Locator:
    return page.get_by_role("region", name="Référent·e d’équipe")


async def vote_for(page: Page, name: str) -> None:
    await page.goto("/equipes")
    if not await page.get_by_role("radio", name=name).is_visible():
        await page.get_by_text("Changer ma voix").click()
    await page.get_by_role("radio", name=name).check()
    await page.get_by_role("button", name="Donner ma voix").click()
    await says(page, "Votre voix est comptée.")


async def tells(page: Page, steward: str, *counts: str) -> None:
    """Whom the team has chosen, and the voices of each."""
    await page.goto("/equipes")
    await expect(election(page).locator(".title p").first).to_have_text(steward)
    await expect(election(page).locator(".thing")).to_have_text(counts)


async def test_more_than_half_choose(open_window: Windows, house: House, team: str, script: bool):
    people = await members(house, team, *NAMES)
    ada, bea, cora = [await open_window(person, script=script) for person in people]
    await vote_for(ada, "Bea")
    await tells(cora, "Personne encore.", "Bea1 voix")
    await vote_for(ada, "Cora")
    await tells(bea, "Personne encore.", "Cora1 voix")
    await vote_for(cora, "Cora")
    await tells(bea, "Cora", "Cora2 voix")
    await expect(bea.locator(".names li").filter(has_text="Cora")).to_contain_text("référent·e")
    await cora.get_by_text("Changer ma voix").click()
    await cora.get_by_role("button", name="Reprendre ma voix").click()
    await says(cora, "Votre voix est reprise.")
    await tells(bea, "Personne encore.", "Cora1 voix")


async def test_a_voice_without_a_mouse(open_window: Windows, house: House, team: str):
    ada, _ = await members(house, team, "Ada", "Bea")
    page = await open_window(ada)
    await page.goto("/equipes")
    await tab_to(page, name="candidate")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Bea")).to_be_checked()
    await tab_to(page, text="Donner ma voix")
    await page.keyboard.press("Enter")
    await says(page, "Votre voix est comptée.")
    await tells(page, "Personne encore.", "Bea1 voix")
