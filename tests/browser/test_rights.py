"""Somebody takes everything about herself along, asks to leave, and thinks again."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.async_api import Page, expect
from tests.browser import axe
from tests.browser.house import Person
from tests.browser.steps import check_in, give_password, moments, says
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


async def taken(page: Page) -> dict[str, bytes]:
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Emporter le fichier").click()
    download = await waiting.value
    assert download.suggested_filename == "copie.zip"
    content = Path(await download.path()).read_bytes()  # noqa: ASYNC240 - a few kilobytes
    with ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


async def test_a_copy_twice(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", "Une ligne à emporter")
    await page.goto("/compte")
    await page.get_by_role("link", name="Emporter tout ce qui me concerne").click()
    first = await taken(page)
    assert (await taken(page)).keys() == first.keys()
    assert "Une ligne à emporter" in first["carnet/carnet.html"].decode()
    assert newcomer.email in first["lisez-moi.html"].decode()


async def test_leaving_and_thinking_again(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(newcomer, script=script)
    await page.goto("/")
    await check_in(page, "lourde", "lourde", "Ce qui doit rester")
    await page.goto("/compte")
    await page.get_by_role("link", name="Effacer mon compte").click()
    await page.get_by_role("button", name="Effacer mon compte").click()
    await expect(page.get_by_role("alert")).to_contain_text("Cochez la case")
    await page.get_by_label("J’ai lu ce qui s’efface").check()
    await page.get_by_role("button", name="Effacer mon compte").click()
    await says(page, "Vous avez sept jours pour changer d’avis")
    await give_password(page, newcomer.password, newcomer.email)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Votre compte sera effacé le"
    )
    if script:
        await axe.load(page)
        assert await axe.violations(page) == []
    await page.goto("/carnet")
    await expect(page.get_by_role("button", name="Garder mon compte")).to_be_visible()
    await page.get_by_role("link", name="Emporter une copie").click()
    assert "Ce qui doit rester" in (await taken(page))["carnet/carnet.html"].decode()
    await page.goto("/")
    await page.get_by_role("button", name="Garder mon compte").click()
    await says(page, "Votre compte reste.")
    await page.goto("/carnet")
    await expect(moments(page)).to_contain_text("Ce qui doit rester")
