"""Forgotten passwords: the printed sheet opens the journal again, and nothing else does."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House, Person
from tests.browser.steps import check_in, give_password, moments, says, sign_in
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

TEXT = "Écrit avant l’oubli."
NEW = "une autre phrase pour ouvrir"


async def printed(page: Page) -> list[str]:
    """The eight codes, made and one of them typed back."""
    await page.goto("/carnet/codes")
    await page.get_by_role("button", name="Créer mes huit clés").click()
    codes = await page.locator(".codes .code").all_inner_texts()
    assert len(set(codes)) == 8
    await page.get_by_label("L’une de vos huit clés").fill(codes[0].lower().replace("-", " "))
    await page.get_by_role("button", name="J’ai mes clés").click()
    await says(page, "Tout est prêt.")
    return codes


async def recover(page: Page, email: str, code: str, password: str) -> None:
    await page.get_by_role("link", name="J’ai oublié mon mot de passe").click()
    await page.get_by_label("Adresse e-mail").fill(email)
    await page.get_by_label("Une de vos clés de secours").fill(code)
    await page.get_by_label("Nouveau mot de passe").fill(password)
    await page.get_by_role("button", name="Rouvrir mon carnet").click()


async def test_a_printed_code_opens_everything_again(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", TEXT)
    codes = await printed(page)
    await page.goto("/compte")
    await page.get_by_role("button", name="Me déconnecter").click()
    await says(page, "Vous êtes déconnecté·e.")
    await recover(page, newcomer.email, codes[3], NEW)
    await expect(moments(page)).to_contain_text(TEXT)
    # It served once, and the old password serves no more.
    other = await open_window(script=script)
    await other.goto("/connexion")
    await recover(other, newcomer.email, codes[3], NEW)
    await expect(other.get_by_role("alert")).to_contain_text("une clé ne sert qu’une fois")
    await sign_in(other, newcomer)
    await expect(other.get_by_role("alert")).to_be_visible()
    await give_password(other, NEW)
    await expect(moments(other)).to_contain_text(TEXT)


async def test_a_sheet_is_shown_once(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    codes = await printed(page)
    await page.goto("/carnet/codes")
    await expect(page.get_by_text("Il vous reste 8 clés.")).to_be_visible()
    assert codes[0] not in await page.content()


async def test_a_link_without_a_code_begins_anew_and_a_found_code_brings_back(
    open_window: Windows, house: House
):
    person = await house.demo_person("animateur")
    link = house.reset_link(person.email)
    page = await open_window(person)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", TEXT)
    codes = await printed(page)
    other = await open_window()
    await other.goto(f"/reinitialisation/{link}")
    await other.get_by_label("Nouveau mot de passe").fill(NEW)
    await other.get_by_role("button", name="Choisir ce mot de passe").click()
    await says(other, "Un carnet neuf est prêt.")
    await expect(moments(other)).to_have_count(0)
    await other.goto("/carnet/codes")
    await other.get_by_role("link", name="Rouvrir mon ancien carnet").click()
    await other.get_by_label("Clé de secours").fill(codes[5])
    await other.get_by_role("button", name="Rouvrir").click()
    await expect(moments(other)).to_contain_text(TEXT)
