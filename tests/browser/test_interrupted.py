"""Writing, and meanwhile the sign-in or the journal closed: not one word is lost."""

import pytest
from playwright.async_api import Dialog, Page, expect
from tests.browser.house import Person
from tests.browser.steps import (
    check_in,
    end_sign_in,
    give_password,
    moments,
    save,
    says,
)
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

TEXT = "Deux heures de route, et personne à la porte."


async def resume(page: Page, person: Person, email: str = "") -> None:
    await expect(page.get_by_text("Votre texte est là.")).to_be_visible()
    await give_password(page, person.password, email)
    await expect(page.get_by_role("heading", name="Vous revoilà")).to_be_visible()
    await page.get_by_role("button", name="Enregistrer maintenant").click()
    await says(page, "Enregistré.")
    await expect(moments(page)).to_have_count(1)
    await expect(moments(page)).to_contain_text(TEXT)


async def test_the_sign_in_ends_during_a_note(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    await page.goto("/carnet/ecrire")
    await page.get_by_label("Votre texte").fill(TEXT)
    await end_sign_in(page)
    await save(page)
    await resume(page, newcomer, newcomer.email)


async def test_the_sign_in_ends_during_a_check_in(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await end_sign_in(page)
    await check_in(page, "lourde", "lourde", TEXT)
    await resume(page, newcomer, newcomer.email)
    await expect(moments(page)).to_contain_text("charge émotionnelle lourde")


async def test_the_journal_is_locked_elsewhere_during_a_change(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await check_in(page, "lourde", "lourde")
    await page.goto("/carnet")
    await page.get_by_role("link", name="Modifier").click()
    await page.get_by_label("Un mot, si vous voulez").fill(TEXT)
    other = await page.context.new_page()
    await other.route("**/*.js", lambda route: route.abort())  # It would tell the first tab.
    await other.goto("/carnet")
    await other.get_by_role("button", name="Verrouiller").click()
    await save(page)
    await expect(page.get_by_text("Votre texte est là.")).to_be_visible()
    await give_password(page, newcomer.password)
    await page.get_by_role("button", name="Enregistrer maintenant").click()
    await says(page, "Vos changements sont enregistrés.")
    await expect(moments(page)).to_contain_text(TEXT)


async def test_a_draft_says_that_it_is_not_kept(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.clock.install()
    await page.goto("/carnet/ecrire")
    await end_sign_in(page)
    await page.get_by_label("Votre texte").fill(TEXT)
    await page.clock.run_for(3000)
    await says(page, "Le brouillon n’a pas pu être gardé.")
    await expect(page.get_by_label("Votre texte")).to_have_value(TEXT)


async def test_a_page_left_open_too_long_gives_the_text_back(
    open_window: Windows, newcomer: Person, script: bool
):
    """The token of its form is no longer good."""
    page = await open_window(newcomer, script=script)
    await page.goto("/carnet/ecrire")
    await page.get_by_label("Votre texte").fill(TEXT)
    await page.context.clear_cookies(name="recul-formulaire")
    await save(page)
    await expect(page.get_by_role("heading")).to_contain_text("ne peut plus être envoyé")
    await expect(page.get_by_label("Votre texte")).to_have_value(TEXT)


async def test_without_a_network_a_note_waits_and_is_kept_once(
    open_window: Windows, newcomer: Person
):
    page = await open_window(newcomer)
    await page.goto("/")
    await page.get_by_label("Un mot, si vous voulez").fill(TEXT)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    await says(page, "Le réseau ne répond pas. Votre texte reste ici")
    await expect(page.get_by_label("Un mot, si vous voulez")).to_have_value(TEXT)
    await page.context.set_offline(False)
    await save(page)
    await says(page, "Enregistré.")
    await expect(moments(page)).to_have_count(1)


async def test_a_text_that_is_far_too_long_stays_to_be_cut(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet/ecrire")
    await page.get_by_label("Votre texte").fill("Encore. " * 80_000)
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    await says(page, "C’est trop long pour être reçu")
    await page.get_by_label("Votre texte").fill(TEXT)
    await save(page)
    await expect(moments(page)).to_contain_text(TEXT)


async def test_a_begun_line_is_not_left_by_mistake(open_window: Windows, newcomer: Person):
    """The check-in keeps no draft: the browser asks before the page goes."""
    page = await open_window(newcomer)
    await page.goto("/")
    await page.get_by_label("Un mot, si vous voulez").press_sequentially(TEXT)
    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await page.get_by_role("link", name="Mon compte").click()
    await expect(page.get_by_label("Un mot, si vous voulez")).to_have_value(TEXT)
    assert asked == ["beforeunload"]
