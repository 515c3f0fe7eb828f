"""Pages that one only passes through, and those that say no: for everybody as well."""

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House, Person, send
from tests.browser.looking import remarks
from tests.browser.steps import check_in, end_sign_in, give_password, save
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

TEXT = "Deux heures de route, et personne à la porte."


async def heading(page: Page, words: str) -> None:
    await expect(page.get_by_role("heading", level=1)).to_contain_text(words)


async def test_a_text_that_waits_for_a_sign_in(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet/ecrire")
    await page.get_by_label("Votre texte").fill(TEXT)
    await end_sign_in(page)
    await save(page)
    await heading(page, "Se connecter")
    assert await remarks(page) == []
    await give_password(page, newcomer.password, newcomer.email)
    await heading(page, "Vous revoilà")
    assert await remarks(page) == []


async def test_an_erased_moment(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", TEXT)
    await page.goto("/carnet")
    address = await page.get_by_role("link", name="Effacer").get_attribute("href")
    await page.get_by_role("link", name="Effacer").click()
    await page.get_by_role("button", name="Annuler").click()
    await expect(page.get_by_text(TEXT)).to_be_visible()
    await page.goto(address or "")
    await page.get_by_role("button", name="Effacer").click()
    await heading(page, "C’est fait")
    assert await remarks(page) == []


async def test_the_sheet_of_codes(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet/codes")
    await page.get_by_role("button", name="Créer mes huit clés").click()
    await expect(page.locator(".codes .code")).to_have_count(8)
    assert await remarks(page) == []


async def test_names_that_are_pointed_out(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.clock.install()
    await page.goto("/carnet/ecrire")
    await page.get_by_label("Votre texte").press_sequentially("Mme Martin, 06 12 34 56 78.")
    await page.clock.run_for(1500)
    await expect(page.get_by_role("button", name="Tout remplacer")).to_be_visible()
    assert await remarks(page) == []


async def test_too_many_attempts(open_window: Windows, house: House):
    fields = {"email": "quelqu-un@exemple.fr", "password": "au hasard"}
    address = {"X-Forwarded-For": "10.9.9.9"}
    async with house.visitor() as client:
        for _ in range(10):
            await send(client, "/connexion", fields, status=422, headers=address)
    page = await open_window(extra_http_headers=address)
    await page.goto("/connexion")
    await give_password(page, fields["password"], fields["email"])
    await heading(page, "Trop d’essais en peu de temps")
    assert await remarks(page) == []


async def test_an_address_that_is_no_page(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet/verrou")
    await heading(page, "Cette adresse ne s’utilise pas ainsi")
    assert await remarks(page) == []
