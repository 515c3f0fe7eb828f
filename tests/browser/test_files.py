"""A journal is brought along from elsewhere, and taken away whole."""

import json
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect
from tests.browser import axe
from tests.browser.house import House, Person
from tests.browser.samples import DAYLIO, RECUL
from tests.browser.steps import moments, says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture
async def importing(open_window: Windows, newcomer: Person, script: bool) -> Page:
    page = await open_window(newcomer, script=script)
    await page.goto("/carnet/reglages")
    await page.get_by_role("link", name="Reprendre un autre carnet").click()
    return page


async def bring(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    await page.get_by_label("Votre fichier").set_input_files(file)
    await page.get_by_role("button", name="Regarder ce fichier").click()


async def test_a_daylio_export(importing: Page):
    await bring(importing, "daylio.csv", DAYLIO)
    await expect(importing.get_by_text("2 moments à reprendre.")).to_be_visible()
    await expect(importing.get_by_label("bien")).to_have_value("2")
    await importing.get_by_label("mauvais").select_option(label="submergeante")
    await importing.get_by_role("button", name="Reprendre dans mon carnet").click()
    await says(importing, "L’importation est terminée.")
    await importing.goto("/carnet/mois/2026-10")
    await expect(moments(importing)).to_have_count(2)
    await expect(importing.locator("main")).to_contain_text("Trop de rapports.")
    await expect(importing.locator("main")).to_contain_text("charge émotionnelle submergeante")


async def test_the_same_file_twice_changes_nothing(importing: Page):
    await bring(importing, "carnet.json", RECUL)
    await importing.get_by_role("button", name="Reprendre dans mon carnet").click()
    await says(importing, "L’importation est terminée.")
    await importing.goto("/carnet/import")
    await bring(importing, "carnet.json", RECUL)
    await expect(importing.get_by_text("0 moment à reprendre.")).to_be_visible()
    await importing.goto("/carnet/mois/2026-10")
    await expect(moments(importing)).to_have_count(1)
    await expect(moments(importing)).to_contain_text("Le téléphone a sonné tout le jour.")


async def test_a_file_that_is_something_else(importing: Page):
    await bring(importing, "facture.csv", b"\x00\xff\xd8\xff")
    await expect(importing.get_by_role("alert")).to_be_visible()
    await expect(importing.get_by_label("Votre fichier")).to_be_visible()


async def taken(page: Page, link: str, folder: Path) -> Path:
    await page.goto("/carnet/export")
    async with page.expect_download() as download:
        await page.get_by_role("link", name=link).click()
    file = await download.value
    path = folder / file.suggested_filename
    await file.save_as(path)
    return path


@pytest.fixture
async def exporting(open_window: Windows, house: House, script: bool) -> Page:
    return await open_window(await house.demo_person("educatrice"), script=script)


async def test_everything_is_taken_away(exporting: Page, tmp_path: Path):
    whole = json.loads((await taken(exporting, "Emporter tout", tmp_path)).read_text())
    assert len(whole["entries"]) > 300
    table = (await taken(exporting, "Emporter le tableau", tmp_path)).read_text("utf-8-sig")
    assert table.startswith('"Date";"Heure"')


async def test_the_book_is_for_everybody_too(open_window: Windows, house: House, tmp_path: Path):
    page = await open_window(await house.demo_person("educatrice"))
    book = await taken(page, "Emporter le livre", tmp_path)
    assert book.name == "carnet.html"
    await page.set_viewport_size({"width": 320, "height": 800})
    await page.goto(book.as_uri())
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    await axe.load(page)
    assert await axe.violations(page) == []
    await page.emulate_media(color_scheme="dark")
    assert await axe.violations(page, axe.COLOURS) == []
