"""Search over everything, and the way from what was found to the moment itself."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture
async def searching(open_window: Windows, house: House, script: bool) -> Page:
    page = await open_window(await house.demo_person("educatrice"), script=script)
    await page.goto("/carnet/recherche")
    return page


async def test_a_word_is_found_with_the_button(searching: Page):
    await searching.get_by_label("Des mots").fill("ecole")
    await searching.get_by_role("button", name="Chercher").click()
    await expect(searching.get_by_role("status").filter(has_text="trouvés")).to_be_visible()
    await expect(searching.locator(".result mark").first).to_have_text("école")
    await searching.locator(".result a").first.click()
    await expect(searching.locator(".moment")).to_contain_text("école")


async def test_a_filter_narrows_what_is_found(searching: Page):
    await searching.get_by_label("Un ressenti").select_option(label="soulagement")
    await searching.get_by_role("button", name="Chercher").click()
    await expect(searching.locator(".result").first).to_contain_text("soulagement")
    found = searching.locator(".result")
    assert await found.count() == await found.filter(has_text="soulagement").count()


async def test_results_come_while_typing(open_window: Windows, house: House):
    page = await open_window(await house.demo_person("educatrice"))
    await page.goto("/carnet/recherche")
    field = page.get_by_label("Des mots")
    await field.press_sequentially("equipe")
    await expect(page.locator(".result mark").first).to_have_text("équipe")
    await expect(field).to_be_focused()
    await expect(page).to_have_url(re.compile(r"/carnet/recherche\?q=[\w-]+$"))
    assert "equipe" not in page.url
    await field.fill("zzzz")
    await expect(page.get_by_role("status").filter(has_text="Rien ne correspond")).to_be_visible()
    await expect(page.locator(".result")).to_have_count(0)
