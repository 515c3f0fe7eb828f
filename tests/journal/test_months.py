"""The journal by months: each moment in its place, each month one step from its neighbours."""

import re
from html import unescape

import httpx
import pytest
from tests.journal.pages import ids, texts, write
from tests.visitors import Visitor

from recul.database import recorded_statements

pytestmark = pytest.mark.usefixtures("stopped_clock")

# Statements of each page, whatever the number of moments: who asks, then what is shown.
STATEMENTS = {
    "/": 3,
    "/carnet": 2,
    "/carnet/mois/2026-10": 2,
    "/carnet/recherche": 4,
    "/carnet/victoires": 4,
    "/carnet/tendances": 3,
    "/carnet/ecrire": 3,
    "/carnet/export/carnet.json": 8,  # four of them note it for its person
}


def neighbours(page: httpx.Response) -> dict[str, str]:
    return {
        rel: href for href, rel in re.findall(r'<a href="([^"]+)" rel="(prev|next)"', page.text)
    }


async def test_an_empty_month_is_no_reproach(ana: Visitor):
    assert "Une page encore blanche" in (await ana.get("/carnet")).text
    assert "Ce mois est resté blanc" in (await ana.get("/carnet/mois/2026-03")).text


async def test_any_month_of_a_year_is_two_steps_away(ana: Visitor):
    page = (await ana.get("/carnet")).text
    others = re.findall(r'<li><a class="link" href="/carnet/mois/([0-9-]+)"', page)
    assert (len(others), others[0], others[-1]) == (12, "2026-10", "2025-11")
    around = (await ana.get("/carnet/mois/2026-05")).text
    others = re.findall(r'<li><a class="link" href="/carnet/mois/([0-9-]+)"', around)
    assert (others[0], others[-1], "2026-05" in others) == ("2026-11", "2025-05", False)


async def test_days_and_moments_come_newest_first(ana: Visitor):
    for day, hour in (("02", "09:00"), ("20", "08:00"), ("02", "18:30")):
        await write(ana, f"Le {day} à {hour}.", date=f"2026-11-{day}", time=hour)
    page = await ana.get("/carnet")
    assert texts(page) == ["Le 20 à 08:00.", "Le 02 à 18:30.", "Le 02 à 09:00."]
    days = re.findall(r'<h2 id="day-([^"]+)">([^<]+)</h2>', page.text)
    assert days == [
        ("2026-11-20", "Vendredi 20 novembre"),
        ("2026-11-02", "Lundi 2 novembre"),
    ]


async def test_a_day_says_first_what_its_moments_say_together(ana: Visitor):
    await write(ana, workload="2", emotional_load="4", date="2026-11-02", time="09:00")
    await write(ana, workload="5", emotional_load="4", date="2026-11-02", time="18:00")
    summary = (await ana.get("/carnet")).text.partition('<p class="loads">')[2].partition("</p>")[0]
    said = " ".join(re.sub("<[^>]+>", " ", unescape(summary)).split())
    assert said == (
        "2 moments : charge de travail soutenable à débordante charge émotionnelle lourde"
    )


async def test_months_lead_to_one_another(ana: Visitor):
    assert neighbours(await ana.get("/carnet")) == {"prev": "/carnet/mois/2026-10"}
    assert neighbours(await ana.get("/carnet/mois/2026-01")) == {
        "prev": "/carnet/mois/2025-12",
        "next": "/carnet/mois/2026-02",
    }
    assert neighbours(await ana.get("/carnet/mois/1950-01")) == {"next": "/carnet/mois/1950-02"}


async def test_a_month_holds_its_own_moments_only(ana: Visitor, boris: Visitor):
    for day in ("2026-10-31", "2026-11-01", "2025-11-01"):
        await write(ana, day, when="date", date=day)
    await write(boris, "De Boris.")
    assert texts(await ana.get("/carnet")) == ["2026-11-01"]
    assert texts(await ana.get("/carnet/mois/2026-10")) == ["2026-10-31"]
    assert texts(await ana.get("/carnet/mois/2025-11")) == ["2025-11-01"]


@pytest.mark.parametrize(
    "month",
    [
        "2026-13",
        "2026-00",
        "1949-12",
        "0001-01",
        "26-11",
        "2026-W1",
        "2026-1x",
        "2026-11-01",
        "é",
        "x",
    ],
)
async def test_what_is_no_month_is_not_found(ana: Visitor, month: str):
    assert (await ana.get(f"/carnet/mois/{month}")).status_code == 404


@pytest.mark.parametrize("month", ["1950-01", "2026-12", "9999-12"])
async def test_the_ends_of_time_are_months(ana: Visitor, month: str):
    assert (await ana.get(f"/carnet/mois/{month}")).status_code == 200


@pytest.mark.parametrize(("path", "statements"), STATEMENTS.items())
async def test_thirty_moments_cost_no_more_statements_than_one(
    ana: Visitor, path: str, statements: int
):
    counts = []
    if path == "/carnet/recherche":
        path = (await ana.post(path, {"mots": "moment"})).headers["location"]
    for more in (1, 29):
        for n in range(more):
            await write(ana, f"moment {n}", small_win="1", date=f"2026-11-{n % 20 + 1:02d}")
        await ana.get(path)  # whatever is done once
        with recorded_statements() as ran:
            page = await ana.get(path)
        assert page.status_code == 200
        counts.append(len(ran))
    assert counts == [statements, statements]
    if path == "/carnet":
        assert len(ids(page)) == 30
