"""A file of people: looked at, mended, imported; and once more, which changes nothing."""

import pytest
from playwright.async_api import FilePayload, Page, expect
from tests.browser.house import House
from tests.browser.organising import new_names, organiser
from tests.browser.steps import says
from tests.browser.windows import Windows
from tests.browser.young import UNIT

pytestmark = pytest.mark.browser


@pytest.fixture
def house(young_house: House) -> House:
    return young_house


@pytest.fixture
async def page(open_window: Windows, house: House, script: bool) -> Page:
    return await open_window(await organiser(house), script=script)


HEADING = "nom;courriel;service;équipe;rôle"


def file_of(*lines: str) -> FilePayload:
    text = "\n".join([HEADING, *lines])
    return FilePayload(name="equipe.csv", mimeType="text/csv", buffer=text.encode())


async def look_at(page: Page, file: FilePayload) -> None:
    await page.goto("/structure")
    await page.get_by_role("link", name="Importer des personnes").click()
    await page.get_by_label("Votre fichier").set_input_files(file)
    await page.get_by_role("button", name="Regarder ce fichier").click()


async def test_a_file_is_looked_at_mended_and_imported_once(page: Page, house: House):
    names = new_names(house)
    people = [f"Ana {names.unit};{names.address};{UNIT};{names.team};membre"]
    people += [f"Dan {names.unit};;{UNIT};Accueil;"]
    wrong = (
        f";sans.nom@exemple.fr;{UNIT};Accueil;",
        f"Bo Petit;pas une adresse;{UNIT};Accueil;",
        f"Cléo Diaz;;{UNIT};Accueil;capitaine",
    )
    await look_at(page, file_of(*people, *wrong))
    await expect(page.locator("main")).to_contain_text("1 place à garder")
    await expect(page.locator(".notice--attention li")).to_have_text(
        [
            f"Ligne 2 : l’équipe « {names.team} » n’existe pas dans le service « {UNIT} ».",
            "Ligne 4 : il manque le nom.",
            "Ligne 5 : « pas une adresse » n’est pas une adresse.",
            "Ligne 6 : le rôle « capitaine » n’est pas connu.",
        ]
    )
    await page.get_by_role("button", name="Renoncer").click()
    await page.goto("/structure")
    await expect(page.get_by_role("link", name=names.team)).to_have_count(0)
    mended = file_of(*people, f"Cléo {names.unit};;{UNIT};{names.team};membre")
    await look_at(page, mended)
    await page.get_by_label("Créer aussi l’équipe qui manque").check()
    await page.get_by_role("button", name="Importer", exact=True).click()
    await says(page, "Les personnes du fichier ont leur place.")
    team = page.get_by_role("listitem").filter(has_text=names.team)
    await expect(team).to_contain_text("0 personne · 2 en attente")
    await look_at(page, mended)
    await expect(page.locator("main")).to_contain_text("les lignes de ce fichier ne changent rien")
    await expect(page.locator("main")).to_contain_text("3 lignes sont déjà ainsi")
    await expect(page.get_by_role("button", name="Importer", exact=True)).to_have_count(0)
