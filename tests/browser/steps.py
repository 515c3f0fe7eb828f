"""What people do, in their own words: several tests take these steps."""

from playwright.async_api import Locator, Page, expect
from tests.browser.house import COOKIE, Person

WORK = "Charge de travail"
EMOTION = "Charge émotionnelle"


async def sign_in(page: Page, person: Person) -> None:
    await page.goto("/connexion")
    await give_password(page, person.password, person.email)


async def give_password(page: Page, password: str, email: str = "") -> None:
    """On a page that asks for it, to sign in or to open the journal."""
    if email:
        await page.get_by_label("Adresse e-mail").fill(email)
    field = page.get_by_label("Mot de passe", exact=True)
    await field.fill(password)
    await page.locator("main form").filter(has=field).get_by_role("button").click()


def step(page: Page, scale: str, word: str) -> Locator:
    """A step of a worded scale."""
    return page.get_by_role("group", name=scale, exact=True).get_by_label(word, exact=True)


async def save(page: Page) -> None:
    """Returns once the answer is there, whatever it is."""
    async with page.expect_navigation():
        await page.get_by_role("button", name="Enregistrer", exact=True).click()


async def check_in(page: Page, work: str, emotion: str, text: str = "") -> None:
    await step(page, WORK, work).click()
    await step(page, EMOTION, emotion).click()
    if text:
        await page.get_by_label("Un mot, si vous voulez").fill(text)
    await save(page)


async def says(page: Page, sentence: str) -> None:
    """The page tells so, to eyes and to screen readers."""
    await expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


async def end_sign_in(page: Page) -> None:
    """Her sign-in is over, as after a month or from another device."""
    await page.context.clear_cookies(name=COOKIE)


async def lock(page: Page) -> None:
    await page.get_by_role("button", name="Verrouiller").click()
    await expect(page.get_by_role("heading", name="Votre carnet est verrouillé")).to_be_visible()


def moments(page: Page) -> Locator:
    return page.locator(".moment")


async def select(where: Page | Locator, label: str, option: str) -> None:
    await where.get_by_label(label, exact=True).select_option(label=option)
