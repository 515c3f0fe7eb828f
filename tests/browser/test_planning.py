"""The organiser plans a group: its cycle, the holidays that are skipped, dates that change."""

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House, id_after
from tests.browser.looking import remarks
from tests.browser.organising import organiser
from tests.browser.planning import call_off
from tests.browser.steps import says, select
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


async def test_a_group_and_its_cycle(open_window: Windows, house: House, script: bool):
    page = await open_window(await organiser(house), script=script)
    await page.goto("/planification")
    await page.get_by_role("link", name="Nouveau groupe").click()
    await found(page, f"Vendredis de l’hiver, {house.next_number()}")
    await page.get_by_role("link", name="Prévoir un cycle").click()
    await choose_a_rhythm(page)
    await expect(page.locator("main")).to_contain_text("Vendredi 25 décembre : Noël")
    await expect(page.locator("main")).to_contain_text("Vendredi 1er janvier 2027 : Jour de l’an")
    if script:
        assert await remarks(page) == []
    await page.get_by_role("button", name="Garder ces dates").click()
    await says(page, "Le cycle est prévu.")
    await expect(dates(page)).to_have_count(4)
    await moves_the_second_one(page, script)
    await cancels_the_third_one(page)
    await call_off(house, await organiser(house), id_after("/cycles/", page.url))


async def found(page: Page, name: str) -> None:
    await page.get_by_label("Groupe d’analyse de la pratique").check()
    await page.get_by_role("button", name="Continuer").click()
    await page.get_by_label("Nom du groupe").fill(name)
    await select(page, "Qui l’anime", "Marc Delorme")
    await page.get_by_role("button", name="Créer le groupe").click()
    await says(page, "Le groupe est créé.")


async def choose_a_rhythm(page: Page) -> None:
    """Every Friday from the week before Christmas."""
    await page.get_by_label("À partir du").fill("2026-12-18")
    await select(page, "Quel jour", "vendredi")
    await page.get_by_label("Une séance toutes les combien de semaines").fill("1")
    await page.get_by_label("Nombre de dates").fill("4")
    await page.get_by_role("button", name="Proposer les dates").click()


def dates(page: Page) -> Locator:
    return page.get_by_role("region", name="Dates").get_by_role("listitem")


async def moves_the_second_one(page: Page, script: bool) -> None:
    await page.get_by_role("link", name="La déplacer : vendredi 8 janvier 2027").click()
    await page.get_by_label("Jour").fill("2027-01-01")
    await page.get_by_role("button", name="Déplacer la séance").click()
    await expect(page.locator("main")).to_contain_text("jour férié (Jour de l’an)")
    await page.get_by_label("Jour").fill("2027-01-07")
    await page.get_by_role("button", name="Déplacer la séance").click()
    await says(page, "La date est enregistrée.")
    await expect(dates(page).nth(1)).to_contain_text("Jeudi 7 janvier 2027")


async def cancels_the_third_one(page: Page) -> None:
    await page.get_by_role("link", name="L’annuler : vendredi 15 janvier 2027").click()
    await page.get_by_role("button", name="Annuler la séance").click()
    await says(page, "La séance est annulée.")
    await expect(dates(page).nth(2)).to_contain_text("annulée")
    await expect(dates(page)).to_have_count(4)
