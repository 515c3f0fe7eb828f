"""A longer note: questions to lean on, and a text that nothing makes disappear."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import Person
from tests.browser.steps import EMOTION, moments, save, says, step
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

TEXT = "La petite a dessiné une maison sans porte."


@pytest.fixture
async def writing(open_window: Windows, newcomer: Person, script: bool) -> Page:
    page = await open_window(newcomer, script=script)
    await page.goto("/carnet/ecrire")
    return page


@pytest.fixture
async def typing(open_window: Windows, newcomer: Person) -> Page:
    """A page with scripts, in the hands of the test's own clock."""
    page = await open_window(newcomer)
    await page.clock.install()
    await page.goto("/carnet/ecrire")
    return page


async def test_a_note_with_its_questions(writing: Page):
    await writing.get_by_text("S’appuyer sur quelques questions").click()
    await writing.get_by_role("button", name="Après une visite").click()
    await writing.get_by_label("Ce que j’ai vu et entendu").fill(TEXT)
    await writing.get_by_label("Ce que je laisse ici").fill("La colère du père.")
    await step(writing, EMOTION, "prenante").click()
    await save(writing)
    await says(writing, "Enregistré.")
    await expect(moments(writing)).to_contain_text("Après une visite")
    await expect(moments(writing)).to_contain_text("Ce que je laisse ici")
    await expect(moments(writing)).to_contain_text(TEXT)


async def test_other_questions_keep_what_is_written(writing: Page):
    await writing.get_by_label("Votre texte").fill(TEXT)
    await step(writing, EMOTION, "lourde").click()
    await writing.get_by_text("S’appuyer sur quelques questions").click()
    await writing.get_by_role("button", name="Faits, ressenti, suite").click()
    await expect(writing.get_by_label("Les faits")).to_have_value(TEXT)
    await expect(step(writing, EMOTION, "lourde")).to_be_checked()


async def test_enter_in_a_field_saves(writing: Page):
    """It must not press the first button it finds, which changes the questions."""
    await writing.get_by_label("Votre texte").fill(TEXT)
    await writing.get_by_text("Un autre moment ?").click()
    await writing.get_by_label("Jour", exact=True).fill("2026-11-18")
    await writing.get_by_label("Jour", exact=True).press("Enter")
    await says(writing, "Enregistré.")
    await expect(moments(writing)).to_contain_text(TEXT)


async def test_a_draft_says_what_the_server_has_and_outlives_the_page(typing: Page):
    await typing.get_by_label("Votre texte").fill(TEXT)
    await expect(typing.locator("[data-draft-status]")).to_have_text("")
    await typing.clock.run_for(3000)
    await says(typing, "Brouillon enregistré à 17 h 40.")
    again = await typing.context.new_page()
    await typing.close()
    await again.goto("/carnet/ecrire")
    await expect(again.get_by_text("Un brouillon vous attendait")).to_be_visible()
    await expect(again.get_by_label("Votre texte")).to_have_value(TEXT)


async def test_leaving_the_page_keeps_the_last_words(typing: Page):
    """Two seconds after the last key have not passed when the tab is put away."""
    await typing.get_by_label("Votre texte").fill(TEXT)
    await typing.goto("/compte")
    for _ in range(20):  # What a page sends while it goes away may arrive a little later.
        await typing.goto("/carnet/ecrire")
        if await typing.get_by_text("Un brouillon vous attendait").is_visible():
            break
    await expect(typing.get_by_label("Votre texte")).to_have_value(TEXT)


async def test_a_sent_note_leaves_no_draft(typing: Page):
    await typing.get_by_label("Votre texte").fill(TEXT)
    await typing.clock.run_for(3000)
    await says(typing, "Brouillon enregistré")
    await save(typing)
    await says(typing, "Enregistré.")
    await typing.goto("/carnet/ecrire")
    await expect(typing.get_by_label("Votre texte")).to_have_value("")


async def test_without_a_network_the_text_stays_and_follows_later(typing: Page):
    await typing.context.set_offline(True)
    await typing.get_by_label("Votre texte").fill(TEXT)
    await typing.clock.run_for(3000)
    await says(typing, "Le réseau ne répond pas : le brouillon n’est pas encore gardé.")
    await expect(typing.get_by_label("Votre texte")).to_have_value(TEXT)
    await typing.context.set_offline(False)
    await says(typing, "Brouillon enregistré")


async def test_a_name_is_pointed_out_and_may_be_replaced(typing: Page):
    field = typing.get_by_label("Votre texte")
    await field.press_sequentially("Vu Mme Martin au collège.")
    await typing.clock.run_for(1500)
    await expect(typing.get_by_text("Cela pourrait permettre de reconnaître")).to_be_visible()
    await typing.get_by_role("button", name="Remplacer").click()
    await expect(field).to_have_value("Vu Mme M. au collège.")
    await expect(field).to_be_focused()
