"""Without a mouse: everything can be reached, and what has the focus can be seen."""

import pytest
from playwright.async_api import expect
from tests.browser.house import House, Person
from tests.browser.keyboard import MOST, focused, tab_to
from tests.browser.steps import EMOTION, WORK, moments, says, step
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


async def test_a_day_without_a_mouse(open_window: Windows, newcomer: Person, script: bool):
    page = await open_window(script=script)
    await page.goto("/connexion")
    await tab_to(page, name="email")
    await page.keyboard.type(newcomer.email)
    await tab_to(page, name="password")
    await page.keyboard.type(newcomer.password)
    await page.keyboard.press("Enter")
    await page.wait_for_url("/")
    await tab_to(page, name="workload")
    for _ in range(4):
        await page.keyboard.press("ArrowRight")
        await focused(page)
    await expect(step(page, WORK, "lourde")).to_be_checked()
    await tab_to(page, name="emotional_load")
    await page.keyboard.press("ArrowRight")
    await expect(step(page, EMOTION, "paisible")).to_be_checked()
    await tab_to(page, text="Enregistrer")
    await page.keyboard.press("Enter")
    await says(page, "Enregistré.")
    await expect(moments(page)).to_contain_text("charge de travail lourde")
    await tab_to(page, text="Verrouiller")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Votre carnet est verrouillé")).to_be_visible()


async def test_the_first_tab_skips_to_the_content(open_window: Windows, newcomer: Person):
    page = await open_window(newcomer)
    await page.goto("/carnet")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("back", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize("path", ["/", "/carnet", "/carnet/ecrire", "/carnet/tendances", "/compte"])
async def test_the_focus_is_never_covered(
    open_window: Windows, house: House, path: str, back: bool
):
    page = await open_window(await house.demo_person("educatrice"))
    await page.goto(path)
    passed = 0
    for _ in range(MOST):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        if await focused(page) is None:
            break
        passed += 1
    assert passed > 10
