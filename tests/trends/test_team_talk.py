"""What the pages of a team say, and what a team writes there itself."""

from datetime import date, timedelta

import pytest
from litestar import Litestar
from piccolo.querystring import QueryString
from tests.organisation.world import House, account_of
from tests.trends.team_world import (
    LAST,
    a_year,
    all_at,
    at,
    cell,
    publish,
    publish_place,
    talked,
    text,
)
from tests.visitors import newcomer

from recul import clock
from recul.database import fetch
from recul.organisation.actions import memberships, trust
from recul.trends import cycles, queries_team
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("ring")


# What is said


async def test_sentence_then_picture_then_table(house: House):
    await a_year(house)
    page = await text(house.self, at(house, "tendance"))
    heading = page.index("Charge de travail : plus haute qu’aux trois cycles d’avant")
    assert heading < page.index("<svg", heading) < page.index("<table")
    assert "Charge émotionnelle : pas de changement visible" in page
    assert "débordante, <span" in page
    assert "9,0" in page


async def test_no_publication_gives_no_reason(house: House):
    await a_year(house, 3, LAST - 1)
    await publish(house, LAST, {})
    page = await text(house.self, at(house, "tendance"))
    assert "Charge de travail : pas de publication ce cycle" in page


async def test_only_unpublished_cycles(house: House):
    await publish(house, LAST, {})
    page = await text(house.self, at(house, "tendance"))
    assert "Pas de publication ce cycle" in page
    assert "La raison n’est pas dite" in page
    assert (await house.self.get(at(house, "annee"))).status_code == 303


async def test_the_first_cycle_is_explained(house: House):
    page = await text(house.self, at(house, "tendance"))
    assert "Pas encore de tendance" in page
    await cell(house)
    page = await text(house.self, at(house, "tendance"))
    assert "Le premier cycle est en cours" in page


async def test_a_small_team_is_told_so_and_given_paper_and_the_unit(house: House):
    await publish_place(house.unit, LAST, all_at(75), cells=2)
    page = await text(house.self, at(house, "tendance"))
    assert "Pas de courbe pour une équipe de cette taille" in page
    assert "toutes équipes ensemble" in page
    await publish(house, LAST, all_at(25), pool=True)
    page = await text(house.self, at(house, "tendance"))
    assert "Les petites équipes de « Territoire Nord », ensemble" in page
    assert "La hiérarchie peut-elle lire" not in page
    sheet = await text(house.self, at(house, "feuille"))
    assert "Sans chiffres" in sheet


async def test_a_large_team_that_came_after_the_opening_waits(house: House, app: Litestar):
    await publish_place(house.unit, LAST, all_at(75), cells=2)
    for n in range(3):
        await memberships.join(await account_of(await newcomer(app, f"n{n}")), house.team)
    page = await text(house.self, at(house, "tendance"))
    assert "Pas encore de tendance" in page
    assert "Pas de courbe" not in page


async def test_a_calmed_line_is_added_by_wish(house: House):
    await a_year(house)
    path = f"/equipes/{house.team}/tendance"
    assert "chart-calm" not in await text(house.self, path)
    calm = await text(house.self, path + "?ligne=calme&moi=1")
    assert 'class="chart-calm"' in calm
    assert f'{path}?moi=1"' in calm


async def test_the_own_line_needs_an_open_journal_and_is_never_stored(house: House):
    await a_year(house)
    day = cycles.first_day(LAST)
    await _note(house, day, 2)
    path = at(house, "tendance")
    assert "chart-own" not in await text(house.self, path)
    before = await _stored()
    assert "chart-own" in await text(house.self, path + "?moi=1")
    assert await _stored() == before
    await house.self.post("/carnet/verrou")
    locked = await text(house.self, path + "?moi=1")
    assert "chart-own" not in locked
    assert "Ouvrir mon carnet" in locked


async def test_the_calculation_with_its_limits(house: House):
    page = await text(house.self, at(house, "calcul"))
    for said in ("7,4", "2,7", "au moins 6 personnes", "Les deux portes qui restent ouvertes"):
        assert said in page
    assert "rien pour une année entière" in page
    assert page.count('name="draw"') == 5
    await trust.harden(house.ids[Role.ORGANISER], house.organisation, "roster_minimum", 9)
    assert "au moins 9 personnes" in await text(house.self, at(house, "calcul"))


async def test_the_sheet_asks_about_what_moved(house: House):
    await talked(house)
    page = await text(house.self, at(house, "feuille"))
    assert "Qu’est-ce qui s’est ajouté" in page
    assert "se répartissent-ils" in page
    assert "Un écrit de moins" in page
    year = await text(house.self, at(house, "annee"))
    assert "poste vacant" in year


# Markers and commitments


async def test_markers(house: House):
    await a_year(house)
    month = clock.today().replace(day=1).isoformat()
    own = {"kind": "own", "words": "<b>fusion</b>", "month": month}
    assert (await house.self.post(at(house, "reperes"), own)).status_code == 303
    await house.people[Role.COLLEAGUE].post(
        at(house, "reperes"), {"kind": "surge", "words": "oubli", "month": month}
    )
    raw = (await house.self.get(at(house, "tendance"))).text
    assert "<b>fusion" not in raw
    assert "&lt;b&gt;fusion" in raw
    assert "afflux" in raw
    kept = await queries_team.markers(house.team)
    said = sorted((one.kind, one.words) for one in kept)
    assert said == [("own", "<b>fusion</b>"), ("surge", "")]
    for wrong in ({}, own | {"words": ""}, own | {"month": "2020-01-01"}, own | {"kind": "x"}):
        answer = await house.self.post(at(house, "reperes"), wrong)
        assert answer.status_code == 422
    too_long = await house.self.post(at(house, "reperes"), own | {"words": "é" * 41})
    assert (too_long.status_code, "é" * 41 in too_long.text) == (422, True)
    for marker in kept:
        path = at(house, f"reperes/{marker.id}/retrait")
        assert (await house.people[Role.STEWARD].post(path)).status_code == 303
        assert (await house.people[Role.STEWARD].post(path)).status_code == 404
    assert await queries_team.markers(house.team) == []


async def test_said_and_done(house: House):
    await a_year(house)
    path = at(house, "engagements")
    due = (clock.today() + timedelta(days=20)).isoformat()
    said = {"text": "Deux écrits de moins & un café", "owner_name": "Julie", "due_on": due}
    assert (await house.self.post(path, said)).status_code == 303
    assert "Deux écrits de moins & un café" in await text(house.self, at(house, "tendance"))
    [kept] = await queries_team.commitments(house.team, -1)
    assert (kept.said_in, kept.state, kept.owner_name) == (LAST, "said", "Julie")
    one = f"{path}/{kept.id}"
    told = {"state": "kept", "outcome": "C’est fait."}
    assert (await house.people[Role.COLLEAGUE].post(one, told)).status_code == 303
    assert "C’est fait." in await text(house.self, path)
    for wrong in ({}, {"text": "x" * 301}, said | {"due_on": "2020-01-01"}, said | {"due_on": "x"}):
        assert (await house.self.post(path, wrong)).status_code == 422
    assert (await house.self.post(one, {"state": "x"})).status_code == 422
    other = at(house, f"engagements/{house.team}")
    assert (await house.self.post(other, told)).status_code == 404


async def test_a_third_commitment_is_advised_against_and_kept(house: House):
    await a_year(house)
    path = at(house, "engagements")
    for n in range(3):
        assert (await house.self.post(path, {"text": f"Engagement {n}"})).status_code == 303
    page = await text(house.self, path)
    assert "Il y en a déjà deux" in page
    assert "Engagement 2" in page


async def _note(house: House, day: date, workload: int) -> None:
    answer = await house.self.post(
        "/carnet/vite", {"workload": str(workload), "nonce": "n", "when": "date", "date": str(day)}
    )
    assert answer.status_code == 303


async def _stored() -> list[dict[str, object]]:
    return await fetch(QueryString("SELECT * FROM receipt ORDER BY vault"))
