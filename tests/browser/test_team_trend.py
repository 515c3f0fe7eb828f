"""The trend of a team: a sentence, a picture, a table, and one's own line over it."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.browser.house import House
from tests.browser.keyboard import focused, tab_to
from tests.browser.neighbours import first_of, neighbour
from tests.browser.steps import lock
from tests.browser.team_steps import nadia_anew, question, read_trend
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(open_window: Windows, house: House, script: bool) -> Page:
    page = await open_window(await nadia_anew(house), script=script)
    await read_trend(page)
    return page


QUESTIONS = ("Charge de travail", "Charge émotionnelle", "Récupération", "Soutien")


async def test_a_sentence_a_picture_and_a_table_say_the_same(page: Page):
    await page.get_by_text("Lire en tableau").click()
    await expect(page.get_by_role("columnheader")).to_have_text(["Cycle", *QUESTIONS])
    await expect(page.get_by_role("row")).to_have_count(10)
    newest = page.get_by_role("row").nth(1).get_by_role("cell")
    for number, name in enumerate(QUESTIONS):
        sentence = await question(page, name).get_by_role("heading").inner_text()
        picture = question(page, name).get_by_role("img")
        await expect(picture.locator("desc")).to_contain_text(" ".join(sentence.split()))
        await expect(newest.nth(number)).to_have_text(await figure(page, name))


async def figure(page: Page, name: str) -> str:
    """By chance, a question may have no publication in the last cycle."""
    told = question(page, name).locator(".title p")
    written = await told.inner_text() if await told.count() else "pas de publication"
    return written.removesuffix(" sur 10")


async def test_her_own_line_is_there_while_her_journal_is_open(page: Page):
    await expect(page.locator(".chart-own")).to_have_count(0)
    await page.get_by_role("link", name="Superposer ma propre ligne").click()
    await expect(question(page).locator("svg .chart-own").first).to_be_attached()
    await page.get_by_text("Lire en tableau").click()
    await expect(page.get_by_role("columnheader", name="vous")).to_have_count(4)
    await expect(page.get_by_role("row").nth(1).get_by_role("cell").nth(1)).to_have_text(
        re.compile(r"^\d+,\d$")
    )
    with_her_line = page.url
    await lock(page)
    await page.goto(with_her_line)
    await expect(question(page)).to_be_visible()
    await expect(page.locator(".chart-own")).to_have_count(0)
    await expect(page.locator("th", has_text="vous")).to_have_count(0)
    await expect(page.get_by_text("Carnet ouvert, vous pouvez superposer")).to_be_visible()


async def test_how_it_is_calculated_here(page: Page):
    await page.get_by_role("link", name="Comment c’est calculé").click()
    facts = page.locator("dl.facts:visible").last
    for told in ("du 2 nov. 2026 au 29 nov. 2026", "au moins 6 personnes", "jamais avant 7 jours"):
        await expect(facts).to_contain_text(told)
    await page.get_by_text("Qui peut compter dans le cycle en cours").click()
    await expect(page.get_by_text("Nadia Benali")).to_be_visible()
    shown = page.locator(".draw:visible")
    await expect(shown).to_have_class(re.compile("draw--1"))
    await page.get_by_label("Tirage 4").check()
    await expect(shown).to_have_class(re.compile("draw--4"))


async def test_reading_without_a_mouse(open_window: Windows, house: House):
    page = await open_window(await nadia_anew(house))
    await read_trend(page)
    await tab_to(page, text="Superposer ma propre ligne")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="La retirer")).to_be_visible()
    await tab_to(page, text="Lire en tableau")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("table")).to_be_visible()
    await page.keyboard.press("Tab")
    await focused(page)
    await expect(page.locator(".table-box")).to_be_focused()
    await tab_to(page, text="Comment c’est calculé")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Comment c’est calculé")
    await tab_to(page, name="draw")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".draw:visible")).to_have_class(re.compile("draw--2"))


async def test_four_people_have_no_chart_of_their_own(
    open_window: Windows, house: House, script: bool
):
    person = await house.demo_person(neighbour(first_of("Mesures administratives")))
    page = await open_window(person, script=script)
    await read_trend(page)
    none = "Pas de courbe pour une équipe de cette taille"
    await expect(page.get_by_role("heading", name=none)).to_be_visible()
    pooled = "Le service « Territoire Nord », toutes équipes ensemble"
    await expect(page.get_by_role("heading", name=pooled)).to_be_visible()
    await expect(question(page).get_by_role("img")).to_have_count(1)
    await page.get_by_role("link", name="Une feuille pour en parler sans chiffres").click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("img")).to_have_count(0)
