"""A locked journal shows nothing, still takes moments in, and shows them once it is opened."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import Person
from tests.browser.steps import check_in, give_password, lock, moments, says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

PRIVATE = "Une phrase que moi seule relirai"


async def written(page: Page) -> None:
    await page.goto("/")
    await check_in(page, "lourde", "lourde", PRIVATE)
    await expect(moments(page)).to_contain_text(PRIVATE)
    await page.wait_for_load_state()


async def test_what_is_left_at_a_locked_journal_is_found_inside(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await written(page)
    await lock(page)
    await page.get_by_role("link", name="Déposer un moment sans ouvrir le carnet").click()
    await check_in(page, "légère", "paisible", "Déposé devant la porte")
    await says(page, "Déposé.")
    assert PRIVATE not in await page.content()
    await page.goto("/carnet")
    await give_password(page, newcomer.password)
    await expect(moments(page)).to_have_count(2)
    await expect(page.locator("main")).to_contain_text("Déposé devant la porte")
    await expect(page.locator("main")).to_contain_text(PRIVATE)


async def test_back_from_a_locked_journal_shows_nothing(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await written(page)
    await page.goto("/carnet")
    await lock(page)
    await page.go_back()
    assert PRIVATE not in await page.content()


async def test_a_wrong_password_opens_nothing(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    await written(page)
    await lock(page)
    await give_password(page, "pas le bon mot de passe")
    await expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas votre mot de passe")
    assert PRIVATE not in await page.content()


async def test_an_idle_page_goes_blank_and_is_locked(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.clock.install()
    await written(page)
    await page.clock.fast_forward("14:00")
    await expect(moments(page)).to_be_visible()
    await page.keyboard.press("Escape")
    await page.clock.fast_forward("14:00")
    await expect(moments(page)).to_be_visible()
    await page.clock.fast_forward("02:00")
    await expect(page.get_by_role("heading", name="Votre carnet est verrouillé")).to_be_visible()
    await page.go_back()
    assert PRIVATE not in await page.content()


async def test_an_idle_page_goes_blank_without_a_network_too(
    open_window: Windows, newcomer: Person
):
    page = await open_window(newcomer)
    await page.clock.install()
    await written(page)
    await page.context.set_offline(True)
    await page.clock.fast_forward("16:00")
    await expect(page.locator("main")).to_be_hidden()
    await expect(page.locator("html")).to_have_attribute("data-blank", "lock")
    await page.context.set_offline(False)
    await expect(page.get_by_role("heading", name="Votre carnet est verrouillé")).to_be_visible()


async def test_an_idle_lock_reaches_every_tab(open_window: Windows, newcomer: Person):
    first = await open_window(newcomer)
    await written(first)
    second = await first.context.new_page()
    await second.clock.install()
    await second.goto("/carnet")
    await second.clock.fast_forward("16:00")
    await expect(second.get_by_role("heading", name="Votre carnet est verrouillé")).to_be_visible()
    await expect(first.get_by_role("link", name="Ouvrir le carnet")).to_be_visible()
    assert PRIVATE not in await first.content()
