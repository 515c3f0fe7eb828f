"""A secret address: made on a phone, read by a calendar program, taken back."""

import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect
from tests.browser.house import House
from tests.browser.planning import Cycle, a_cycle, colleagues, take_seat
from tests.browser.steps import says, select
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture
async def cycle(house: House) -> AsyncIterator[Cycle]:
    async with a_cycle(house, "2026-12-03") as made:
        yield made


async def test_an_address_for_a_calendar(
    open_window: Windows, house: House, cycle: Cycle, script: bool
):
    [noa] = await colleagues(house, "Noa")
    await take_seat(house, noa, cycle)
    page = await open_window(noa, script=script)
    await page.goto("/groupes")
    await page.get_by_role("link", name="Mon agenda").click()
    await page.get_by_role("radio", name=re.compile("^Le titre")).check()
    await page.get_by_role("button", name="Créer l’adresse").click()
    await expect(page.get_by_role("heading", name="Votre adresse est prête")).to_be_visible()
    path = urlsplit(await page.get_by_label("L’adresse, à copier").input_value()).path
    async with house.visitor() as program:
        read = await program.get(path)
        assert read.headers["content-type"].startswith("text/calendar")
        assert cycle.name in read.text.replace("\r\n ", "")
        await select(page, "Adresse du 20 nov. 2026", "Occupé")
        await page.get_by_role("button", name="Changer").click()
        await says(page, "Cette adresse en dit maintenant ce que vous avez choisi.")
        assert cycle.name not in (await program.get(path)).text.replace("\r\n ", "")
        await page.get_by_role("button", name="Supprimer").click()
        await says(page, "L’adresse ne mène plus nulle part.")
        assert (await program.get(path)).status_code == 404
