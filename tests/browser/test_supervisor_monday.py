"""The supervisor's Monday: her week, what she decides, who was there, her memo, her statement."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House, Person
from tests.browser.keyboard import tab_to
from tests.browser.looking import remarks
from tests.browser.planning import VAL_CLAIR, Cycle, a_cycle, colleagues, take_seat
from tests.browser.steps import give_password, lock, says, select
from tests.browser.windows import Windows

from recul.demo.people import PASSWORD

pytestmark = pytest.mark.browser

MORNING, EVENING = "2026-11-23T08:30+01:00", "2026-11-23T18:00+01:00"
PEOPLE = ("Noa", "Inès", "Aya")


@pytest.fixture
async def anne(house: House) -> Person:
    """Signed in for one test only. By Monday her journal has locked itself."""
    return await house.sign_in("superviseure@recul.example", PASSWORD)


@pytest.fixture
async def few(house: House) -> AsyncIterator[Cycle]:
    """A cycle under its minimum; she was asked about it."""
    async with a_cycle(house, "2026-12-03", "2026-12-10", minimum=4) as cycle:
        await house.work("decisions")
        yield cycle


@pytest.fixture
async def held(house: House) -> AsyncIterator[Cycle]:
    """A cycle of three people that meets on Monday."""
    async with a_cycle(house, "2026-11-23", "2026-12-07") as cycle:
        for person in await colleagues(house, *PEOPLE):
            await take_seat(house, person, cycle)
        yield cycle


async def test_a_group_under_its_minimum(
    open_window: Windows, anne: Person, few: Cycle, script: bool
):
    page = await open_window(anne, script=script, now=MORNING)
    await page.goto("/animation")
    await expect(page.get_by_role("heading", name="Lundi 23 novembre")).to_be_visible()
    await page.get_by_role("link", name=f"Décider : {few.name}").click()
    await select(page, "De combien de semaines, et dès quand", "2 semaines : 17 déc. 2026")
    await page.get_by_role("button", name="Voir les nouvelles dates").click()
    await expect(page.locator("main")).to_contain_text("Jeudi 17 décembre")
    if script:
        assert await remarks(page) == []
    await page.get_by_role("button", name="Reporter le cycle").click()
    await says(page, "Le cycle est reporté.")
    await page.get_by_role("link", name="Maintenir, reporter, annuler").click()
    await page.get_by_role("button", name="Maintenir le cycle").click()
    await says(page, "Le cycle est maintenu.")
    await page.get_by_role("link", name="Reporter ou annuler").click()
    await page.get_by_text("Annuler le cycle", exact=True).first.click()
    await page.get_by_role("button", name="Annuler le cycle").click()
    await says(page, "Le cycle est annulé.")
    await page.goto("/animation")
    await expect(page.get_by_role("link", name=f"Décider : {few.name}")).to_have_count(0)


async def test_who_was_there_on_one_screen(
    open_window: Windows, anne: Person, held: Cycle, script: bool, tmp_path: Path
):
    page = await open_window(anne, script=script, now=EVENING)
    await page.goto("/animation")
    assert await printed(page, "Imprimer les feuilles d’émargement", tmp_path)
    await page.get_by_role("region", name="Présences à noter").get_by_text(held.name).click()
    assert await printed(page, "Feuille d’émargement (PDF)", tmp_path)
    await answer(page, "Inès").get_by_label("excusé·e").check()
    await answer(page, "Aya").get_by_label("absent·e").check()
    await page.get_by_role("button", name="Enregistrer les présences").click()
    await says(page, "Les présences sont notées.")
    for name, state in (("Noa", "présent·e"), ("Inès", "excusé·e"), ("Aya", "absent·e")):
        await expect(answer(page, name).get_by_label(state)).to_be_checked()
    await page.goto("/animation")
    await expect(thing(page, held)).to_contain_text("présences notées")
    await page.get_by_role("link", name="Conventions et relevés").click()
    await page.get_by_role("link", name="Relevé du mois").click()
    await page.get_by_role("link", name=VAL_CLAIR).click()
    cells = page.get_by_role("row").filter(has_text=held.name).get_by_role("cell")
    await expect(cells).to_have_text(["1", "2 h"])
    assert await printed(page, "Relevé (PDF)", tmp_path)
    table = await taken(page, "Tableau (CSV)", tmp_path)
    assert held.name in table.read_text("utf-8-sig")


def answer(page: Page, name: str) -> Locator:
    return page.locator(".presence").filter(has_text=name)


def thing(page: Page, cycle: Cycle) -> Locator:
    return page.locator(".agenda .thing").filter(has_text=cycle.name)


async def printed(page: Page, link: str, folder: Path) -> bool:
    return (await taken(page, link, folder)).read_bytes().startswith(b"%PDF-")


async def taken(page: Page, link: str, folder: Path) -> Path:
    async with page.expect_download() as download:
        await page.get_by_role("link", name=link).click()
    file = await download.value
    path = folder / file.suggested_filename
    await file.save_as(path)
    return path


async def test_a_memo_waits_behind_her_lock(
    open_window: Windows, anne: Person, held: Cycle, script: bool
):
    page = await open_window(anne, script=script, now=EVENING)
    await page.goto("/animation")
    await thing(page, held).get_by_role("link").click()
    await expect(page.get_by_text("Il est dans votre carnet, qui est verrouillé.")).to_be_visible()
    await page.get_by_role("link", name="Ouvrir le carnet").click()
    await give_password(page, anne.password)
    memo = page.get_by_label("Ce que vous voulez retrouver la prochaine fois")
    await memo.fill("Reprendre la question du cadre.")
    await select(page, "Il s’efface après", "trois mois")
    await page.get_by_role("button", name="Garder le mémo").click()
    await says(page, "Le mémo est gardé, scellé.")
    await expect(page.get_by_text("Il s’effacera le 21 févr. 2027.")).to_be_visible()
    await expect(memo).to_have_value("Reprendre la question du cadre.")
    here = page.url
    await lock(page)
    await page.goto(here)
    await expect(page.locator("main")).not_to_contain_text("la question du cadre")


async def first_name(page: Page) -> str:
    """Of the field of whoever comes first."""
    return str(await page.locator(".presence input").first.get_attribute("name"))


async def test_a_monday_without_a_mouse(
    open_window: Windows, anne: Person, few: Cycle, held: Cycle
):
    page = await open_window(anne, now=EVENING)
    await page.goto("/animation")
    await tab_to(page, text=f"Décider : {few.name}")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/decision")
    await tab_to(page, text="Maintenir le cycle")
    await page.keyboard.press("Enter")
    await says(page, "Le cycle est maintenu.")
    await page.goto("/animation")
    await tab_to(page, text=held.name)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/seances/*")
    await tab_to(page, name=await first_name(page))
    await page.keyboard.press("ArrowRight")
    await tab_to(page, text="Enregistrer les présences")
    await page.keyboard.press("Enter")
    await says(page, "Les présences sont notées.")
    await expect(page.get_by_role("radio", name="excusé·e", checked=True)).to_have_count(1)
