"""What members of a team do with its trend; several tests take these steps."""

import re

from playwright.async_api import Locator, Page, expect
from tests.browser.house import House, Person


async def nadia_anew(house: House) -> Person:
    """Nadia, signed in for one test only: it may lock her journal."""
    demo = await house.demo_person("educatrice")
    return await house.sign_in(demo.email, demo.password)


async def read_trend(page: Page) -> None:
    await page.goto("/equipes")
    await page.get_by_role("link", name="Lire la tendance").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("La tendance de l’équipe")


def question(page: Page, name: str = "Charge de travail") -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{name}"))
