"""Sharing with one's team: read before it is decided, looked at, cut down, paused, ended."""

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House
from tests.browser.keyboard import tab_to
from tests.browser.steps import check_in, says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

WEEK = "Semaine du 16 nov. 2026"
"""That of the day on which the clock stands still."""


@pytest.fixture
def house(young_house: House) -> House:
    return young_house


@pytest.fixture
async def page(open_window: Windows, house: House, script: bool) -> Page:
    """Of somebody on the roster of the open cycle, who has never been asked."""
    person = await house.demo_person("domicile-1" if script else "domicile-2")
    return await open_window(person, script=script)


def state(page: Page) -> Locator:
    return page.locator("main .notice").last


def number(page: Page, question: str) -> Locator:
    """What would be sent for a question."""
    return page.locator(".facts > div").filter(has=page.get_by_text(question, exact=True))


async def test_from_the_promise_to_the_end(page: Page):
    await page.goto("/")
    await check_in(page, "lourde", "prenante")
    await page.get_by_role("link", name="Mon équipe").click()
    await page.get_by_role("link", name="Partager avec mon équipe, ou non").click()
    await expect(state(page)).to_contain_text("Vous ne partagez rien.")
    for told in ("Ce qui est envoyé", "Ce que cela garantit", "Ce qui reste possible"):
        await expect(page.get_by_role("heading", name=told)).to_be_visible()
    await page.get_by_role("button", name="Partager avec mon équipe").click()
    await says(page, "Votre choix est enregistré.")
    await expect(state(page)).to_contain_text("Vos réponses du 2 nov. 2026 au 29 nov. 2026")
    await page.get_by_role("link", name="Voir ce qui serait envoyé").click()
    await leave_things_out(page)
    await page.get_by_role("link", name="Partager, mettre en pause, arrêter").click()
    await page.get_by_role("button", name="Mettre en pause").click()
    await expect(state(page)).to_contain_text("Rien de vous n’est dans le cycle en cours.")
    await page.get_by_role("button", name="Reprendre le partage").click()
    await expect(state(page)).to_contain_text("Vous partagez.")
    await page.get_by_role("button", name="Arrêter").click()
    await expect(state(page)).to_contain_text("Vous ne partagez rien.")
    await nothing_is_left_of_the_choices(page)


async def leave_things_out(page: Page) -> None:
    await expect(number(page, "Charge de travail")).to_contain_text("7,5")
    await expect(number(page, "Charge émotionnelle")).to_contain_text("5,0")
    await expect(number(page, "Soutien")).to_contain_text("rien de noté")
    await page.get_by_label("Laisser « Charge émotionnelle » de côté").check()
    await page.get_by_role("button", name="Enregistrer ces choix").click()
    await says(page, "Votre choix est enregistré.")
    await expect(number(page, "Charge émotionnelle")).to_contain_text("laissé de côté")
    await expect(number(page, "Charge de travail")).to_contain_text("7,5")
    await page.get_by_role("region", name=WEEK).get_by_label("Laisser cette semaine").check()
    await page.get_by_role("button", name="Enregistrer ces choix").click()
    await expect(number(page, "Charge de travail")).to_contain_text("rien de noté")


async def nothing_is_left_of_the_choices(page: Page) -> None:
    await page.goto("/equipe/ma-contribution")
    await expect(number(page, "Charge émotionnelle")).to_contain_text("5,0")
    await expect(page.locator("main input:checked")).to_have_count(0)


async def test_a_decision_without_a_mouse(open_window: Windows, house: House):
    page = await open_window(await house.demo_person("domicile-3"))
    await page.goto("/equipe/partage")
    await tab_to(page, text="Partager avec mon équipe")
    await page.keyboard.press("Enter")
    await says(page, "Votre choix est enregistré.")
    await tab_to(page, text="Voir ce qui serait envoyé, et en laisser de côté")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ma contribution")
    await tab_to(page, name="week")
    await page.keyboard.press("Space")
    await tab_to(page, text="Enregistrer ces choix")
    await page.keyboard.press("Enter")
    await says(page, "Votre choix est enregistré.")
    await expect(page.locator("[name=week]").first).to_be_checked()
