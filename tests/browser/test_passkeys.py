"""Passkeys in a real browser, with an authenticator of its own that needs no finger."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import Person
from tests.browser.served import NOW
from tests.browser.steps import check_in, give_password, lock, moments, says, sign_in
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

PRIVATE = "Une phrase que moi seule relirai"
OPEN = "Ouvrir avec ma clé d’accès"


async def authenticator(page: Page, **more: Any) -> None:
    """The window's telephone: it knows its person, and computes secrets, unless said otherwise."""
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser = await page.context.new_cdp_session(page)
    await browser.send("WebAuthn.enable")
    await browser.send("WebAuthn.addVirtualAuthenticator", {"options": options | more})


async def with_codes(page: Page) -> None:
    await page.goto("/carnet/codes")
    await page.get_by_role("button", name="Créer mes huit clés").click()
    await expect(page.get_by_label("L’une de vos huit clés")).to_be_visible()


async def create(page: Page, name: str = "Mon téléphone") -> None:
    await page.goto("/compte/securite")
    await page.get_by_role("link", name="Clés d’accès").click()
    await page.get_by_role("link", name="Créer une clé d’accès").click()
    await page.get_by_label("Son nom").fill(name)
    await page.get_by_role("button", name="Continuer sur mon appareil").click()
    await says(page, "Votre clé d’accès est prête.")
    await expect(page.get_by_role("link", name=name)).to_be_visible()


async def sign_out(page: Page) -> None:
    await page.goto("/compte")
    await page.get_by_role("button", name="Me déconnecter", exact=True).click()
    await expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


async def test_a_passkey_from_its_making_to_its_removal(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await authenticator(page)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", PRIVATE)
    await with_codes(page)
    await create(page)
    await expect(page.locator("main")).to_contain_text("ouvre aussi votre carnet")

    await sign_out(page)
    await sign_in(page, newcomer)
    await expect(page.get_by_role("heading", name="Encore une étape")).to_be_visible()
    await page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    await page.wait_for_url("**/")

    await lock(page)
    await page.get_by_role("button", name=OPEN).click()
    await expect(moments(page)).to_contain_text(PRIVATE)

    await sign_out(page)
    await page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    await page.wait_for_url("**/")
    await page.goto("/carnet")
    await expect(moments(page)).to_contain_text(PRIVATE)

    await page.goto("/compte/cles-d-acces")
    await page.get_by_role("link", name="Mon téléphone").click()
    await page.get_by_role("button", name="Retirer cette clé d’accès").click()
    await says(page, "Cette clé d’accès est retirée.")
    await sign_out(page)
    await sign_in(page, newcomer)
    await page.wait_for_url("**/")
    await lock(page)
    await expect(page.get_by_role("button", name=OPEN)).to_have_count(0)


async def test_by_keyboard_alone(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await authenticator(page)
    await with_codes(page)
    await page.goto("/compte/cles-d-acces/nouvelle")
    await page.get_by_label("Son nom").focus()
    await page.keyboard.press("Enter")
    await says(page, "Votre clé d’accès est prête.")
    await lock(page)
    button = page.get_by_role("button", name=OPEN)
    await page.get_by_label("Mot de passe", exact=True).focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/carnet")


async def test_a_device_without_secrets_is_a_second_step_and_no_more(
    open_window: Windows, newcomer: Person
):
    page = await open_window(newcomer)
    await authenticator(page, hasPrf=False, transport="usb")
    await with_codes(page)
    await create(page, "La petite clé")
    await expect(page.locator("main")).not_to_contain_text("ouvre aussi votre carnet ·")
    await page.get_by_role("link", name="La petite clé").click()
    await expect(page.locator("main")).to_contain_text("Cet appareil ne sait pas ouvrir")
    await lock(page)
    await expect(page.get_by_role("button", name=OPEN)).to_have_count(0)
    await give_password(page, newcomer.password)
    await sign_out(page)
    await page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    await expect(page.get_by_role("alert").first).to_contain_text("ne sait pas ouvrir votre carnet")
    await sign_in(page, newcomer)
    await page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    await page.wait_for_url("**/")


async def test_a_device_that_does_not_know_its_person_opens_nothing(
    open_window: Windows, newcomer: Person
):
    page = await open_window(newcomer)
    await authenticator(page, isUserVerified=False)
    await with_codes(page)
    await page.goto("/compte/cles-d-acces/nouvelle")
    await page.get_by_role("button", name="Continuer sur mon appareil").click()
    await expect(page.get_by_role("alert")).to_contain_text("Rien n’a été fait.")
    await page.goto("/compte/cles-d-acces")
    await expect(page.get_by_role("link", name="Créer une clé d’accès")).to_be_visible()


async def test_the_same_device_is_not_added_twice(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await authenticator(page)
    await with_codes(page)
    await create(page)
    await page.get_by_role("link", name="Ajouter une autre clé d’accès").click()
    await page.get_by_role("button", name="Continuer sur mon appareil").click()
    await expect(page.get_by_role("alert")).to_contain_text("a déjà une clé d’accès ici")


async def test_a_forgotten_password_gives_way_and_a_proof_is_given(
    open_window: Windows, newcomer: Person
):
    page = await open_window(newcomer)
    await authenticator(page)
    await with_codes(page)
    await create(page)
    later = {"X-Now": (NOW + timedelta(minutes=12)).isoformat()}
    await page.set_extra_http_headers(later)
    await page.get_by_role("link", name="Ajouter une autre clé d’accès").click()
    await page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    await expect(page.get_by_role("heading", name="Créer une clé d’accès")).to_be_visible()
    await page.goto("/compte/mot-de-passe")
    await page.get_by_role("link", name="J’ai oublié l’actuel").click()
    await page.get_by_label("Nouveau mot de passe").fill("un tout autre long mot de passe")
    await page.get_by_role("button", name="Continuer sur mon appareil").click()
    await says(page, "Votre mot de passe est changé.")
    await lock(page)
    await give_password(page, "un tout autre long mot de passe")
    await page.wait_for_url("**/carnet")


async def test_without_a_network_the_page_says_so(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await authenticator(page)
    await with_codes(page)
    await create(page)
    await lock(page)
    await page.context.set_offline(True)
    await page.get_by_role("button", name=OPEN).click()
    await expect(page.get_by_role("alert")).to_contain_text("Le réseau ne répond pas.")
    await page.context.set_offline(False)
    await page.get_by_role("button", name=OPEN).click()
    await page.wait_for_url("**/carnet")


async def test_a_browser_without_passkeys_is_told_so(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.add_init_script("delete window.PublicKeyCredential")
    await with_codes(page)
    await page.goto("/compte/cles-d-acces/nouvelle")
    await expect(page.get_by_text("Ce navigateur ne peut pas créer de clé d’accès")).to_be_visible()
    await expect(page.get_by_role("button", name="Continuer sur mon appareil")).to_have_count(0)


async def test_without_scripts_the_pages_say_what_is_needed(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await authenticator(page)
    await with_codes(page)
    await create(page)
    plain = await open_window(newcomer, script=False)
    await plain.goto("/compte/cles-d-acces/nouvelle")
    await expect(plain.locator("main")).to_contain_text("il y faut JavaScript")
    await expect(plain.get_by_role("button", name="Continuer sur mon appareil")).to_have_count(0)
    await lock(plain)
    await give_password(plain, newcomer.password)
    await sign_out(plain)
    await sign_in(plain, newcomer)
    await expect(plain.locator("main")).to_contain_text("il y faut JavaScript")
    await expect(plain.get_by_text("Je ne peux pas me servir de ma clé d’accès")).to_be_visible()
