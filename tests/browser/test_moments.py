"""A moment that is there already: changed, erased, brought back."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import Person
from tests.browser.steps import WORK, check_in, moments, save, says, step
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

TEXT = "Le goûter avec les petits du premier étage."


@pytest.fixture
async def month(open_window: Windows, newcomer: Person, script: bool) -> Page:
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await check_in(page, "soutenue", "paisible", TEXT)
    await page.goto("/carnet")
    return page


async def test_an_erased_moment_can_come_back(month: Page, script: bool):
    await month.get_by_role("link", name="Effacer").click()
    if not script:
        await month.get_by_role("button", name="Effacer").click()
    await says(month, "Ce moment est effacé.")
    await expect(moments(month)).to_have_count(0)
    undo = month.get_by_role("button", name="Annuler")
    if script:
        await expect(undo).to_be_focused()
    await undo.click()
    await expect(moments(month)).to_contain_text(TEXT)
    await month.goto("/carnet")
    await expect(moments(month)).to_contain_text(TEXT)


async def test_a_moment_brought_back_can_be_erased_again(month: Page, script: bool):
    for _ in range(2):
        await month.get_by_role("link", name="Effacer").click()
        if not script:
            await month.get_by_role("button", name="Effacer").click()
        await month.get_by_role("button", name="Annuler").click()
        await expect(moments(month)).to_contain_text(TEXT)


async def test_an_erased_moment_stays_away(month: Page, script: bool):
    await month.get_by_role("link", name="Effacer").click()
    if not script:
        await month.get_by_role("button", name="Effacer").click()
    await says(month, "Ce moment est effacé.")
    await month.goto("/carnet")
    await expect(month.get_by_text("Une page encore blanche")).to_be_visible()


async def test_a_moment_is_changed(month: Page):
    await month.get_by_role("link", name="Modifier").click()
    await expect(month.get_by_label("Un mot, si vous voulez")).to_have_value(TEXT)
    await step(month, WORK, "légère").click()
    await month.get_by_label("Heure").fill("09:15")
    await save(month)
    await says(month, "Vos changements sont enregistrés.")
    await expect(moments(month)).to_contain_text("9 h 15")
    await expect(moments(month)).to_contain_text("charge de travail légère")
    await expect(moments(month)).to_contain_text(TEXT)


async def test_another_tab_is_not_overwritten_unseen(month: Page):
    await month.get_by_role("link", name="Modifier").click()
    other = await month.context.new_page()
    await other.goto(month.url)
    await other.get_by_label("Un mot, si vous voulez").fill("Écrit dans l’autre onglet.")
    await save(other)
    await says(other, "Vos changements sont enregistrés.")
    await month.get_by_label("Un mot, si vous voulez").fill("Écrit ici.")
    await save(month)
    await expect(month.get_by_role("alert")).to_contain_text("dans un autre onglet")
    await expect(month.get_by_label("Un mot, si vous voulez")).to_have_value("Écrit ici.")
    await save(month)
    await says(month, "Vos changements sont enregistrés.")
