"""Paper: the sheet of codes and a month, without what only a screen needs."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House, Person
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

A4 = {"width": 794, "height": 1123}
# What surrounds a page, and what is there to be touched.
SCREEN_ONLY = "nav a, .head, .foot, .doors, .skip, .btn, button, input, textarea"


async def on_paper(page: Page) -> None:
    await page.emulate_media(media="print", color_scheme="dark")
    visible = page.locator(SCREEN_ONLY).locator("visible=true")
    assert await visible.count() == 0, await visible.all_inner_texts()
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


async def test_the_sheet_of_codes(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer, viewport=A4)
    await page.goto("/carnet/codes")
    await page.get_by_role("button", name="Créer mes huit clés").click()
    await expect(page.locator(".codes .code")).to_have_count(8)
    await on_paper(page)
    await expect(page.locator(".codes .code").last).to_be_visible()
    await expect(page.get_by_text("/mot-de-passe-oublie")).to_be_visible()
    await expect(page.get_by_text("Rayez la clé")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollHeight") <= A4["height"]


async def test_a_month(open_window: Windows, house: House):
    page = await open_window(await house.demo_person("educatrice"), viewport=A4)
    await page.goto("/carnet/mois/2026-10")
    await on_paper(page)
    await expect(page.get_by_role("heading", name="Octobre 2026")).to_be_visible()
    await expect(page.locator(".moment").last).to_be_visible()
