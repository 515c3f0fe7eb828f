"""The account: a way in, a password, a language, a device that is lost."""

import re

import pytest
from playwright.async_api import expect
from tests.browser.house import House, Person
from tests.browser.steps import give_password, says, sign_in
from tests.browser.windows import Windows
from tests.visitors import PASSWORD

pytestmark = pytest.mark.browser


async def test_an_invitation_leads_to_a_journal(open_window: Windows, house: House, script: bool):
    email = f"invitee-{script}@exemple.fr".lower()
    admin = await open_window(await house.demo_person("admin"), script=script)
    await admin.goto("/invitations")
    await admin.get_by_label("Adresse e-mail").fill(email)
    await admin.get_by_role("button", name="Préparer l’invitation").click()
    link = await admin.get_by_label("Ou bien ce lien, à copier").input_value()
    page = await open_window(script=script)
    await page.goto("/invitation")
    await page.get_by_label("Code").fill(link.rsplit("/", 1)[1].lower())
    await page.get_by_role("button", name="Continuer").click()
    await page.get_by_label("Votre nom").fill("Inès")
    await page.get_by_label("Votre mot de passe").fill(PASSWORD)
    await page.get_by_role("button", name="Créer mon carnet").click()
    await expect(page.get_by_role("heading", name="Bienvenue, Inès")).to_be_visible()
    await page.get_by_role("link", name="Plus tard").click()
    await expect(page.get_by_role("heading", name="Où en êtes-vous ?")).to_be_visible()


async def test_a_password_is_changed(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    await page.goto("/compte/mot-de-passe")
    await page.get_by_label("Mot de passe actuel").fill(newcomer.password)
    await page.get_by_label("Nouveau mot de passe").fill("une phrase toute neuve")
    await page.get_by_role("button", name="Changer mon mot de passe").click()
    await says(page, "Votre mot de passe est changé.")
    other = await open_window(script=script)
    await sign_in(other, newcomer)
    await expect(other.get_by_role("alert")).to_contain_text("ne correspond pas")
    await give_password(other, "une phrase toute neuve")
    await expect(other.get_by_role("heading", name="Où en êtes-vous ?")).to_be_visible()


async def test_the_language_is_changed_where_one_stands(
    open_window: Windows, newcomer: Person, script: bool
):
    page = await open_window(newcomer, script=script)
    await page.goto("/carnet")
    await page.get_by_role("button", name="English").click()
    await expect(page).to_have_url("/carnet")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.get_by_role("button", name="Français").click()
    await expect(page.locator("html")).to_have_attribute("lang", "fr")


async def test_the_browser_chooses_the_first_language(open_window: Windows):
    page = await open_window(locale="en-GB")
    await page.goto("/connexion")
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_a_lost_device_is_signed_out(open_window: Windows, newcomer: Person, script: bool):
    lost = await open_window(script=script)
    await sign_in(lost, newcomer)
    await expect(lost.get_by_role("heading", name="Où en êtes-vous ?")).to_be_visible()
    page = await open_window(newcomer, script=script)
    await page.goto("/compte/appareils")
    await page.get_by_role("button", name=re.compile("^Déconnecter")).click()
    await says(page, "Cet appareil est déconnecté.")
    await lost.goto("/carnet")
    await expect(lost.get_by_role("heading", name="Se connecter")).to_be_visible()
