"""A team whose trend is young: why there is nothing to read yet."""

import pytest
from playwright.async_api import expect
from tests.browser.house import House
from tests.browser.looking import remarks
from tests.browser.team_steps import read_trend
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture
def house(young_house: House) -> House:
    return young_house


@pytest.mark.parametrize(
    ("name", "title", "told"),
    [
        ("domicile-4", "Le premier cycle est en cours", "Il se ferme le dimanche 29 novembre."),
        ("accueil-1", "Pas de publication ce cycle", "La raison n’est pas dite, à personne"),
    ],
)
async def test_the_first_cycles_have_no_figures(
    open_window: Windows, house: House, name: str, title: str, told: str
):
    page = await open_window(await house.demo_person(name))
    await read_trend(page)
    why = page.locator(".sheet").filter(has=page.get_by_role("heading", name=title))
    await expect(why).to_contain_text(told)
    await expect(page.get_by_role("img")).to_have_count(0)
    assert await remarks(page) == []
