"""The organiser: a unit, a team, the people in it, and how they come and go."""

import re

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House
from tests.browser.keyboard import tab_to
from tests.browser.looking import remarks
from tests.browser.organising import Names, a_team, members, new_names, organiser
from tests.browser.steps import says, select
from tests.browser.windows import Windows
from tests.visitors import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def house(young_house: House) -> House:
    return young_house


@pytest.fixture
def names(house: House) -> Names:
    return new_names(house)


@pytest.fixture
async def page(open_window: Windows, house: House, script: bool) -> Page:
    return await open_window(await organiser(house), script=script)


async def test_a_team_from_the_first_name_to_the_first_member(
    page: Page, open_window: Windows, names: Names, script: bool
):
    await open_a_team(page, names)
    await page.get_by_label("Une personne par ligne").fill(
        f"Léa Martin ; {names.address}\nKarim Haddad"
    )
    await page.get_by_role("button", name="Garder ces places").click()
    await says(page, "Leurs places sont gardées.")
    await expect(place(page, "Karim Haddad")).to_contain_text("sans adresse")
    await place(page, "Léa Martin").get_by_role("checkbox").uncheck()
    await page.get_by_role("button", name="Imprimer leurs feuilles").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("1 feuille à imprimer")
    address, code = await page.locator(".sheet--page .code").all_text_contents()
    assert address.endswith("/invitation")
    newcomer = await open_window(script=script)
    await join_with(newcomer, code)
    await expect(newcomer.get_by_role("heading", level=1)).to_have_text(names.team)
    await expect(newcomer.get_by_role("heading", name="1 membre")).to_be_visible()
    await page.get_by_role("link", name="Revenir").click()
    await expect(page.get_by_role("link", name="Karim Haddad", exact=True)).to_be_visible()
    await expect(place(page, "Karim Haddad")).to_have_count(0)
    await expect(place(page, "Léa Martin")).to_contain_text(names.address)
    await page.get_by_role("button", name="Envoyer par courriel").click()
    await says(page, "Les invitations partiront aux heures de travail.")
    await expect(place(page, "Léa Martin")).to_contain_text("invitation valable jusqu’au 27 nov.")


async def test_printed_sheets_are_for_every_eye(open_window: Windows, house: House, names: Names):
    page = await open_window(await organiser(house))
    await open_a_team(page, names)
    await page.get_by_label("Une personne par ligne").fill("Ana Roy\nBo Petit")
    await page.get_by_role("button", name="Garder ces places").click()
    await page.get_by_role("button", name="Imprimer leurs feuilles").click()
    await expect(page.locator(".sheet--page")).to_have_count(2)
    assert await remarks(page) == []


async def open_a_team(page: Page, names: Names) -> None:
    await page.goto("/structure")
    await page.get_by_text("Ouvrir un service", exact=True).click()
    await page.get_by_label("Nom du service").fill(names.unit)
    await page.get_by_role("button", name="Ouvrir ce service").click()
    await says(page, "Le service est ouvert.")
    await page.get_by_label("Nom de l’équipe").fill(names.team)
    await page.get_by_role("button", name="Ouvrir cette équipe").click()
    await says(page, "L’équipe est ouverte.")


async def test_a_team_is_opened_without_a_mouse(open_window: Windows, house: House, names: Names):
    page = await open_window(await organiser(house))
    await page.goto("/structure")
    await tab_to(page, text="Ouvrir un service")
    await page.keyboard.press("Enter")
    await tab_to(page, name="name")
    await page.keyboard.type(names.unit)
    await page.keyboard.press("Enter")
    await says(page, "Le service est ouvert.")
    await tab_to(page, name="team")
    await page.keyboard.type(names.team)
    await page.keyboard.press("Enter")
    await says(page, "L’équipe est ouverte.")
    await tab_to(page, name="people")
    await page.keyboard.type("Ana Roy\nBo Petit")
    await tab_to(page, text="Garder ces places")
    await page.keyboard.press("Enter")
    await says(page, "Leurs places sont gardées.")
    await tab_to(page, name="place")
    await page.keyboard.press("Space")
    await tab_to(page, text="Imprimer leurs feuilles")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("1 feuille à imprimer")


def place(page: Page, name: str) -> Locator:
    """Somebody who is waited for."""
    return page.locator(".choice").filter(has_text=name)


async def join_with(page: Page, code: str) -> None:
    """Karim, with the sheet in his hand."""
    await page.goto("/invitation")
    await page.get_by_label("Code").fill(code.lower())
    await page.get_by_role("button", name="Continuer").click()
    await expect(page.get_by_label("Votre nom")).to_have_value("Karim Haddad")
    await page.get_by_label("Votre adresse e-mail").fill(f"karim-{code[:4].lower()}@exemple.fr")
    await page.get_by_label("Votre mot de passe").fill(PASSWORD)
    await page.get_by_role("button", name="Créer mon carnet").click()
    await page.get_by_role("link", name="Plus tard").click()
    await page.get_by_role("link", name="Mon équipe").click()


async def test_people_move_leave_and_answer_for_a_team(
    page: Page, open_window: Windows, house: House, names: Names, script: bool
):
    team = await a_team(house, names.team)
    name = f"Ines{house.next_number()}"
    [person] = await members(house, team, name)
    await page.goto(f"/structure/equipes/{team}")
    await name_manager(page, name, names.team)
    await page.get_by_role("link", name=f"Départ, changement : {names.team}").click()
    await select(page, "Nouvelle équipe", "Accueil")
    await page.get_by_role("button", name="Changer d’équipe").click()
    await says(page, "Cette personne a changé d’équipe.")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Accueil")
    await page.get_by_role("link", name=f"Départ, changement : {name}").click()
    await page.get_by_role("button", name="Mettre fin à cette appartenance").click()
    await says(page, "Son compte et son carnet restent à elle.")
    await she_keeps_her_journal(await open_window(person, script=script), names.team)


async def name_manager(page: Page, name: str, team: str) -> None:
    """Found by a part of her name, among those who have a place here."""
    await page.get_by_role("link", name="Personnes").click()
    await page.get_by_label("Chercher un nom ou une adresse").fill(name)
    await page.get_by_role("button", name="Chercher").click()
    await page.get_by_role("link", name=name).click()
    link = page.locator("form").filter(has_text="Noter qu’elle répond d’une équipe")
    await select(link, "Équipe", team)
    await page.get_by_role("button", name="Noter ce lien").click()
    await says(page, "C’est noté.")
    await expect(page.get_by_text(f"Répond de l’équipe {team}")).to_be_visible()


async def she_keeps_her_journal(page: Page, team: str) -> None:
    await page.goto("/carnet")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.get_by_role("link", name="Mon équipe").click()
    await expect(page.get_by_role("heading", name="Équipes dont vous répondez")).to_be_visible()
    await page.get_by_role("link", name=re.compile(f"Sa tendance.*{team}")).click()
    await expect(page.locator("main")).to_contain_text("Rien n’est partagé avec vous")
