"""A code after the password: turned on, typed, lost with the phone, and read in one's accesses."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect
from pyotp import TOTP
from tests.browser.house import Person
from tests.browser.keyboard import tab_to
from tests.browser.served import NOW
from tests.browser.steps import give_password, says, sign_in
from tests.browser.test_recovery import printed
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

HOME = "Où en êtes-vous ?"


async def secret_of(page: Page) -> str:
    """As somebody copies it who cannot photograph the image."""
    await page.get_by_text("L’appareil photo n’y arrive pas").click()
    shown = await page.locator(".code--long").inner_text()
    return re.sub(r"\s", "", shown)


async def turn_on(page: Page) -> str:
    await page.goto("/compte")
    await page.get_by_role("link", name="Sécurité de mon compte").click()
    await page.get_by_role("link", name="Code à six chiffres").click()
    secret = await secret_of(page)
    await page.get_by_label("Écrivez le code qu’elle montre").fill(TOTP(secret).at(NOW))
    await page.get_by_role("button", name="Activer le code à six chiffres").click()
    await says(page, "Le code à six chiffres est activé.")
    return secret


async def test_a_code_is_turned_on_typed_and_turned_off(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await printed(page)
    secret = await turn_on(page)
    other = await open_window(script=script)
    await other.goto("/carnet")
    await give_password(other, newcomer.password, newcomer.email)
    await expect(other.get_by_role("heading", name="Encore une étape")).to_be_visible()
    code = other.get_by_label("Le code à six chiffres de votre application")
    await code.fill("000000")
    await other.get_by_role("button", name="Continuer", exact=True).click()
    await expect(other.get_by_role("alert")).to_contain_text("Ce code ne convient pas")
    await code.fill(TOTP(secret).at(NOW + timedelta(seconds=30)))
    await other.get_by_role("button", name="Continuer", exact=True).click()
    await expect(other).to_have_url("/carnet")
    await page.goto("/compte/acces")
    await expect(page.get_by_text("deuxième étape refusée")).to_be_visible()
    await page.goto("/compte/securite/code")
    await page.get_by_role("button", name="Désactiver le code à six chiffres").click()
    await says(page, "Le code à six chiffres n’est plus demandé.")


async def test_a_lost_phone_and_a_printed_key(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    keys = await printed(page)
    await turn_on(page)
    other = await open_window(script=script)
    await sign_in(other, newcomer)
    await other.get_by_text("Je n’ai pas mon téléphone").click()
    await other.get_by_label("Une de vos clés de secours").fill(keys[4].lower())
    await other.get_by_role("button", name="Continuer avec cette clé").click()
    await says(other, "Rayez cette clé sur votre feuille")
    await other.get_by_role("link", name="Code à six chiffres").click()
    await expect(other.get_by_text("Il vous en reste 7.")).to_be_visible()


async def test_the_second_step_without_a_mouse(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await printed(page)
    await page.goto("/compte/securite")
    await tab_to(page, text="Code à six chiffres")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("img", name="Image à photographier")).to_be_visible()
    await tab_to(page, text="L’appareil photo n’y arrive pas")
    await page.keyboard.press("Enter")
    secret = re.sub(r"\s", "", await page.locator(".code--long").inner_text())
    await tab_to(page, name="code")
    await page.keyboard.type(TOTP(secret).at(NOW))
    await page.keyboard.press("Enter")
    await says(page, "Le code à six chiffres est activé.")
    other = await open_window(script=script)
    await other.goto("/connexion")
    await tab_to(other, name="email")
    await other.keyboard.type(newcomer.email)
    await tab_to(other, name="password")
    await other.keyboard.type(newcomer.password)
    await other.keyboard.press("Enter")
    await expect(other.get_by_role("heading", name="Encore une étape")).to_be_visible()
    await tab_to(other, name="code")
    await other.keyboard.type(TOTP(secret).at(NOW + timedelta(seconds=30)))
    await other.keyboard.press("Enter")
    await expect(other.get_by_role("heading", name=HOME)).to_be_visible()


async def test_what_counts_asks_the_password_again(
    open_window: Windows, newcomer: Person, script: bool
):
    """Eleven minutes after she signed in, her journal kept open meanwhile."""
    for minutes in (6, 11):
        later = (NOW + timedelta(minutes=minutes)).isoformat()
        page = await open_window(newcomer, script=script, now=later)
        await page.goto("/carnet")
    await page.goto("/carnet/export")
    await expect(page.get_by_role("heading", name="C’est bien vous ?")).to_be_visible()
    await give_password(page, newcomer.password)
    await expect(page).to_have_url("/carnet/export")
