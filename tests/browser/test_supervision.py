"""Individual supervision: whom to choose, when; another moment, none; and too late."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House
from tests.browser.keyboard import tab_to
from tests.browser.looking import remarks
from tests.browser.planning import colleagues
from tests.browser.steps import says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

TOO_LATE = "2026-12-01T12:00+01:00"
"""Less than two days before the first moment that is free."""


@pytest.fixture
async def page(open_window: Windows, house: House, script: bool) -> Page:
    """Of somebody new who chose Anne Keller."""
    [noa] = await colleagues(house, "Noa")
    page = await open_window(noa, script=script)
    await page.goto("/groupes")
    await page.get_by_role("link", name="Choisir une superviseure ou un superviseur").click()
    await page.get_by_role("link", name="Anne Keller").click()
    await page.get_by_role("button", name="Choisir Anne Keller").click()
    await says(page, "Votre suivi est ouvert.")
    return page


async def test_a_moment_then_another_then_none(page: Page):
    await book(page)
    await expect(page.locator("main")).to_contain_text("Deuxième cour, escalier B.")
    first = await day(page)
    await page.get_by_role("link", name="Choisir un autre moment").click()
    await page.get_by_role("radio").last.check()
    await page.get_by_role("button", name="Déplacer à ce moment").click()
    await says(page, "Le rendez-vous est déplacé.")
    assert await day(page) != first
    await cancel(page)
    await expect(page.locator("main")).to_contain_text("Il ne compte pas dans le suivi.")
    await page.get_by_role("link", name="Supervision individuelle").click()
    await expect(page.locator("main")).to_contain_text("Il reste 5 rendez-vous sur 5.")


async def test_too_late_it_counts(page: Page, script: bool):
    await book(page)
    await page.set_extra_http_headers({"X-Now": TOO_LATE})
    await page.reload()
    await expect(page.get_by_role("link", name="Choisir un autre moment")).to_have_count(0)
    if script:
        assert await remarks(page) == []
        await page.reload()
    await cancel(page)
    await expect(page.locator("main")).to_contain_text("il compte dans le suivi")
    await page.get_by_role("link", name="Supervision individuelle").click()
    await expect(page.locator("main")).to_contain_text("Il reste 4 rendez-vous sur 5.")


async def book(page: Page) -> None:
    """The first moment that is free."""
    await page.get_by_role("radio").first.check()
    await page.get_by_role("button", name="Réserver ce moment").click()
    await says(page, "C’est réservé.")


async def day(page: Page) -> str:
    return await page.get_by_role("heading", level=1).inner_text()


async def cancel(page: Page) -> None:
    await page.locator("summary").get_by_text("Annuler ce rendez-vous").click()
    await page.get_by_role("button", name="Annuler ce rendez-vous").click()
    await says(page, "Le rendez-vous est annulé.")


@pytest.mark.parametrize("script", [True])
async def test_a_moment_without_a_mouse(page: Page):
    await tab_to(page, name="slot")
    await page.keyboard.press("Space")
    await tab_to(page, text="Réserver ce moment")
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("/rendez-vous/"))
    await says(page, "C’est réservé.")
    await tab_to(page, text="Annuler ce rendez-vous")
    await page.keyboard.press("Enter")
    await tab_to(page, text="Annuler ce rendez-vous")
    await page.keyboard.press("Enter")
    await says(page, "Le rendez-vous est annulé.")
