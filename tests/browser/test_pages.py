"""Each page as each visitor sees it: for every eye, quiet in the tab, fitting its screen."""

import pytest
from playwright.async_api import FilePayload, Page
from tests.browser.house import House
from tests.browser.looking import remarks
from tests.browser.residents import Residents, gather
from tests.browser.views import VIEWS, View
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

SEND = """
    ([action, fields]) => {
        const form = document.querySelector(`form[action="${action}"]`);
        for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
        form.submit();
    }
"""


@pytest.fixture(scope="session")
async def residents(house: House) -> Residents:
    return await gather(house)


@pytest.mark.parametrize("view", VIEWS, ids=str)
async def test_a_page_is_for_everybody(view: View, residents: Residents, open_window: Windows):
    page = await open_window(residents.people[view.visitor])
    await show(page, view, residents.values)
    assert await remarks(page) == []


@pytest.mark.parametrize(
    "path", ["/", "/carnet", "/carnet/ecrire?modele=visit", "/carnet/tendances", "/compte", "/no"]
)
async def test_a_page_in_english_too(path: str, residents: Residents, open_window: Windows):
    page = await open_window(residents.people["nadia"], locale="en-GB")
    await page.goto(path)
    assert await remarks(page, "en") == []


async def show(page: Page, view: View, values: dict[str, str]) -> None:
    await page.goto(view.address(values))
    if not view.form:
        return
    if view.file:
        name = "notes.csv" if b"," in view.file else "notes.json"
        sent = FilePayload(name=name, mimeType="text/plain", buffer=view.file)
        await page.set_input_files("input[type=file]", sent)
    action = View(view.form, view.visitor).address(values)
    async with page.expect_navigation():
        await page.evaluate(SEND, [action, view.fields])
