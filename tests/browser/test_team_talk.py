"""What a team does with its figures: shares them upwards or not, says what it will do, and does."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.house import House, send
from tests.browser.keyboard import tab_to
from tests.browser.neighbours import VOTERS, neighbour
from tests.browser.steps import says, select
from tests.browser.team_steps import nadia_anew, question, read_trend
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

DAY_6 = "2026-11-08T21:00+01:00"
DAY_7 = "2026-11-09T09:00+01:00"
"""Of the figures that came out on 2 November."""


@pytest.fixture
async def page(open_window: Windows, house: House, script: bool) -> Page:
    page = await open_window(await nadia_anew(house), script=script)
    await read_trend(page)
    return page


Sophie = Callable[..., Awaitable[Page]]


@pytest.fixture
def manager(open_window: Windows, house: House, script: bool) -> Sophie:
    """Opens what the team shares with its line manager."""

    async def look(now: str | None = None) -> Page:
        person = await house.demo_person("cheffe")
        window = await open_window(person, script=script, now=now)
        await window.goto("/equipes")
        await window.get_by_role("link", name="Sa tendance, si l’équipe la partage").click()
        return window

    return look


async def test_its_manager_reads_after_the_vote_and_the_seventh_day(
    page: Page, manager: Sophie, house: House
):
    await others_say(house, page, "yes")
    await expect(vote(page)).to_contain_text("Non.")
    await nothing_is_shared(await manager())
    await vote(page).get_by_role("button", name="Oui, partager").click()
    await says(page, "Votre voix est comptée.")
    await expect(vote(page)).to_contain_text("à partir du lundi 9 novembre")
    await expect(vote(page)).to_contain_text("5 voix pour, il en faut 5 sur 9.")
    await nothing_is_shared(await manager(DAY_6))
    await only_figures_are_shared(await manager(DAY_7))
    await vote(page).get_by_role("button", name="Reprendre ma voix").click()
    await expect(vote(page)).to_contain_text("Vous n’avez pas donné votre voix.")
    await nothing_is_shared(await manager())
    await others_say(house, page, "none")


def vote(page: Page) -> Locator:
    return page.get_by_role("region", name="La hiérarchie peut-elle lire ?")


async def others_say(house: House, page: Page, voice: str) -> None:
    """Two more colleagues; two others of the demo had said yes already, and five make more
    than half of nine."""
    cycle = await page.locator("input[name=cycle]").get_attribute("value")
    path = page.url.replace("/tendance", "/partage").removeprefix(house.url)
    for person in [await house.demo_person(neighbour(number)) for number in VOTERS]:
        async with house.as_person(person) as client:
            await send(client, path, {"voice": voice, "cycle": cycle})
    await page.reload()


async def nothing_is_shared(page: Page) -> None:
    await expect(page.locator("main")).to_contain_text("Rien n’est partagé avec vous")
    await expect(page.get_by_role("img")).to_have_count(0)


async def only_figures_are_shared(page: Page) -> None:
    await expect(question(page).get_by_role("img")).to_have_count(1)
    for hidden in ("La hiérarchie peut-elle lire ?", "Dit, fait", "ma propre ligne"):
        await expect(page.get_by_text(hidden)).to_have_count(0)


async def test_what_is_said_comes_back(page: Page, house: House):
    said = f"Un écrit de moins par semaine, essai {house.next_number()}"
    await page.get_by_role("link", name="Ouvrir la feuille").click()
    await page.get_by_role("link", name="Noter un engagement").click()
    await page.get_by_label("Ce que l’équipe va faire").fill(said)
    await page.get_by_label("Qui s’en occupe").fill("Nadia")
    await page.get_by_label("Pour quand").fill("2026-12-04")
    await page.get_by_role("button", name="Noter cet engagement").click()
    await says(page, "L’engagement est noté.")
    one = page.get_by_role("region", name=said)
    await expect(one).to_contain_text("dit · Nadia · pour le 4 déc. 2026")
    await one.get_by_text("Dire où il en est").click()
    await one.get_by_label("Tenu", exact=True).check()
    await one.get_by_label("Une ligne, si vous voulez").fill("Le rapport mensuel a sauté.")
    await one.get_by_role("button", name="Enregistrer").click()
    await says(page, "L’engagement est noté.")
    settled = page.get_by_role("listitem").filter(has_text=said)
    await expect(settled).to_contain_text("Le rapport mensuel a sauté.tenu")
    await page.get_by_role("link", name="La tendance de l’équipe").click()
    await expect(page.get_by_role("region", name="Dit, fait")).to_contain_text(said)


async def test_a_marker_stands_beside_the_lines(page: Page, house: House):
    words = f"travaux n° {house.next_number()}"
    await page.get_by_text("Poser un repère").click()
    await select(page, "Ce qui s’est passé", "Avec nos mots")
    await page.get_by_label("Vos mots").fill(words)
    await select(page, "En quel mois", "octobre 2026")
    await page.get_by_role("button", name="Poser ce repère").click()
    await says(page, "Le repère est posé.")
    happened = page.get_by_role("region", name="Ce qui s’est passé autour")
    await expect(happened).to_contain_text(f"{words} (octobre 2026)")
    await page.get_by_text("Poser un repère").click()
    await page.get_by_role("button", name=f"Effacer : {words}").click()
    await says(page, "Le repère est effacé.")
    await expect(happened).not_to_contain_text(words)


async def test_a_voice_without_a_mouse(open_window: Windows, house: House):
    page = await open_window(await nadia_anew(house))
    await read_trend(page)
    await tab_to(page, text="Non, pas cette fois")
    await page.keyboard.press("Enter")
    await says(page, "Votre voix est comptée.")
    await expect(vote(page)).to_contain_text("Votre voix : non.")
    await tab_to(page, text="Reprendre ma voix")
    await page.keyboard.press("Enter")
    await expect(vote(page)).to_contain_text("Vous n’avez pas donné votre voix.")
