"""*Quitter vite*: the page is gone at once, and the way back leads nowhere."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import COOKIE, Person
from tests.browser.steps import check_in
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

PRIVATE = "Ce que personne ne doit voir"


@pytest.fixture
async def reading(open_window: Windows, newcomer: Person, script: bool) -> Page:
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", PRIVATE)
    await page.goto("/carnet")
    await expect(page.locator("main")).to_contain_text(PRIVATE)
    return page


async def test_the_button_leads_to_a_neutral_page(reading: Page):
    await reading.get_by_role("button", name="Quitter vite").click()
    await gone(reading)


async def test_three_times_shift_does_the_same(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet")
    for _ in range(3):
        await page.keyboard.press("Shift")
    await gone(page)


async def test_writing_capitals_is_no_wish_to_leave(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet/ecrire")
    await page.get_by_label("Votre texte").focus()
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift", "d", "Shift"):
        await page.keyboard.press(key)
    await expect(page.get_by_label("Votre texte")).to_have_value("ABCd")


async def test_the_page_is_gone_without_a_network_too(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Quitter vite").click()
    await page.wait_for_url("about:blank")


async def gone(page: Page) -> None:
    await page.wait_for_url("/page-blanche")
    assert await page.title() == "Nouvel onglet"
    assert (await page.inner_text("body")).strip() == ""
    assert COOKIE not in [cookie["name"] for cookie in await page.context.cookies()]
    await page.go_back()
    assert PRIVATE not in await page.content()
    await page.goto("/carnet")
    await expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
