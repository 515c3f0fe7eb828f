"""The check-in on a phone: two taps, *Enregistrer*, and it is among the last moments."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import Person
from tests.browser.steps import EMOTION, WORK, check_in, moments, save, says, sign_in, step
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture
async def home(open_window: Windows, newcomer: Person, script: bool) -> Page:
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    return page


async def test_two_taps_and_it_is_there(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(script=script)
    await sign_in(page, newcomer)
    await check_in(page, "lourde", "présente")
    await says(page, "Enregistré.")
    await expect(moments(page)).to_have_count(1)
    await expect(moments(page)).to_contain_text("charge de travail lourde")
    await expect(moments(page)).to_contain_text("charge émotionnelle présente")
    await expect(moments(page)).to_contain_text("Aujourd’hui, 17 h 40")


async def test_the_way_to_save_stays_in_reach(home: Page):
    """Without scrolling, whatever is on the page."""
    button = home.get_by_role("button", name="Enregistrer", exact=True)
    await expect(button).to_be_in_viewport(ratio=1)


async def test_an_answer_is_taken_back_by_tapping_it_again(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer, has_touch=True)
    await page.goto("/")
    await step(page, WORK, "lourde").tap()
    await step(page, EMOTION, "lourde").tap()
    await step(page, WORK, "lourde").tap()
    await expect(step(page, WORK, "sans réponse")).to_be_checked()
    await save(page)
    await expect(moments(page)).to_contain_text("charge émotionnelle lourde")
    await expect(moments(page)).not_to_contain_text("charge de travail")


async def test_no_answer_is_an_answer(home: Page):
    await step(home, WORK, "lourde").click()
    await step(home, EMOTION, "prenante").click()
    await step(home, WORK, "sans réponse").click()
    await save(home)
    await expect(moments(home)).to_contain_text("charge émotionnelle prenante")
    await expect(moments(home)).not_to_contain_text("charge de travail")


async def test_yesterday_is_two_taps_away(home: Page):
    await home.get_by_text("Un autre moment ?").click()
    await home.get_by_role("radio", name="Hier", exact=True).check()
    await check_in(home, "légère", "paisible")
    await expect(moments(home)).to_contain_text("Hier, 12 h")


async def test_a_word_of_ones_own_is_kept_and_offered_again(home: Page):
    await home.get_by_text("plus de mots…").click()
    await home.get_by_label("Un mot à vous").fill("cotonneuse")
    await save(home)
    await expect(moments(home)).to_contain_text("cotonneuse")
    await home.get_by_text("plus de mots…").click()
    own = home.get_by_role("group", name="Vos mots").get_by_label("cotonneuse")
    await own.check()
    await save(home)
    await expect(moments(home).filter(has_text="cotonneuse")).to_have_count(2)


async def test_a_feeling_has_its_definition_beside_it(home: Page):
    await home.get_by_text("plus de mots…").click()
    await home.get_by_text("Désagréable et vif").click()
    await home.get_by_role("checkbox", name="peur").check()
    await expect(home.get_by_text("Le corps signale un danger")).to_be_visible()
    await save(home)
    await expect(moments(home)).to_contain_text("peur")


async def test_nothing_at_all_is_told_kindly(home: Page, script: bool):
    await save(home)
    alert = home.get_by_role("alert")
    await expect(alert).to_contain_text("Rien n’est perdu")
    if script:
        await expect(alert).to_be_focused()
        await alert.get_by_role("link").click()
        await expect(home.get_by_label("Un mot, si vous voulez")).to_be_focused()


async def test_two_quick_taps_on_save_are_one_moment(home: Page):
    await step(home, WORK, "soutenue").click()
    await home.get_by_role("button", name="Enregistrer", exact=True).dblclick()
    await says(home, "Enregistré.")
    await home.goto("/carnet")
    await expect(moments(home)).to_have_count(1)
