"""The page of consent and *Ma contribution*: plain words, choices that hold, one size."""

from html import unescape
from uuid import UUID, uuid4

import pytest
from litestar import Litestar
from piccolo.querystring import QueryString
from tests.journal.pages import ids, lock, unlock, write
from tests.trends.people import CYCLE, Town, beyond, sums
from tests.visitors import Visitor, newcomer

from recul.accounts.tables import Account
from recul.database import Database, fetch
from recul.trends import queries
from recul.trends.actions.opening import open_cycle
from recul.trends.routes.even import STEP

SHARING, MINE = "/equipe/partage", "/equipe/ma-contribution"


async def account(visitor: Visitor) -> UUID:
    found = await Account.select(Account.id).where(Account.email == visitor.email).first()
    assert found is not None
    return UUID(str(found["id"]))


@pytest.fixture
async def home(town: Town, ana: Visitor, boris: Visitor) -> UUID:
    """Ana's and Boris's cell, open, with five others on its roster."""
    team = await town.team(5)
    for visitor in (ana, boris):
        town.homes.append((await account(visitor), team.id, team.unit))
    assert await open_cycle(CYCLE, town)
    cell = await queries.cell_of_team(team.id)
    assert cell is not None
    return cell


async def decide(visitor: Visitor, decision: str) -> None:
    answer = await visitor.post(SHARING, {"decision": decision})
    assert (answer.status_code, answer.headers["location"]) == (303, SHARING)


def words(page: str) -> str:
    return " ".join(unescape(page).replace("\u202f", " ").split())


async def test_before_the_first_contribution_everything_is_said(home: UUID, ana: Visitor):
    page = words((await ana.get(SHARING)).text)
    for sentence in (
        "Vous ne partagez rien.",
        "un seul nombre pour chacune des quatre questions",
        "brouillé par un nombre tiré au hasard",
        "multiplier par 7,4 les chances d’une réponse par rapport à une autre",
        "séparées de 3 points, par 2,7",
        "Vous pouvez en changer à tout moment.",
        "nous ne promettons rien pour une année entière",
        "deux fois dans la même journée lit en clair la somme",
        "modifierait le programme du serveur en marche",
    ):
        assert sentence in page
    assert 'name="decision" value="start"' in page
    assert 'value="stop"' not in page


async def test_the_limits_are_told_to_everybody(nobody: Visitor):
    page = words((await nobody.get("/ce-que-peut-voir")).text)
    assert "deux fois dans la même journée lit en clair la somme" in page
    assert "modifierait le programme du serveur en marche" in page


async def test_sharing_pausing_stopping(home: UUID, ana: Visitor):
    begun = await sums(home)
    await write(ana, workload="4")
    assert await sums(home) == begun
    await decide(ana, "start")
    assert beyond(await sums(home), begun) == (25, 1, 1)
    page = words((await ana.get(SHARING)).text)
    assert "Votre choix est enregistré." in page
    assert "Vous partagez.</strong> Vos réponses du 2 nov. 2026 au 29 nov. 2026 comptent." in page
    await decide(ana, "pause")
    assert await sums(home) == begun
    assert "Vous avez mis le partage en pause." in words((await ana.get(SHARING)).text)
    await decide(ana, "start")
    await decide(ana, "stop")
    assert await sums(home) == begun
    assert "Vous ne partagez rien." in words((await ana.get(SHARING)).text)


@pytest.mark.parametrize("decision", ["", "x", "START", "leave_out"])
async def test_anything_else_decides_nothing(home: UUID, ana: Visitor, decision: str):
    await decide(ana, decision)
    assert "Vous ne partagez rien." in words((await ana.get(SHARING)).text)


async def test_my_contribution_shows_weeks_and_what_would_be_sent(home: UUID, ana: Visitor):
    await write(ana, workload="5", date="2026-11-03", when="date")
    await write(ana, workload="4", support="2", date="2026-11-11", when="date")
    page = words((await ana.get(MINE)).text)
    assert "Rien n’est envoyé : voici ce qui le serait." in page
    assert "Cycle du 2 nov. 2026 au 29 nov. 2026." in page
    assert "Semaine du 2 nov. 2026" in page
    assert "Charge de travail <strong>10,0</strong>" in page
    assert "Soutien <strong>2,5</strong>" in page
    assert "<strong>8,0</strong>" in page  # 8.8, which is further from 5 than anybody may count
    assert "ramené à 3 points du milieu" in page
    assert page.count("rien de noté") == 2
    assert page.count("Rien de noté sur une échelle.") == 2


async def test_what_is_left_out_is_left_out(home: UUID, ana: Visitor):
    begun = await sums(home)
    await decide(ana, "start")
    await write(ana, workload="5", date="2026-11-03", when="date")
    await write(ana, workload="2", support="2", date="2026-11-11", when="date")
    choice = {"cycle": str(CYCLE), "week": "0", "dimension": "support"}
    answer = await ana.post(MINE, choice)
    assert (answer.status_code, answer.headers["location"]) == (303, MINE)
    assert beyond(await sums(home), begun) == (-25, 1, 1)
    assert beyond(await sums(home), begun, "support") == (0, 0, 0)
    page = words((await ana.get(MINE)).text)
    assert 'name="week" value="0" checked' in page
    assert 'name="dimension" value="support" checked' in page
    assert "laissé de côté" in page
    assert page.count(" checked") == 2
    await ana.post(MINE, {"cycle": str(CYCLE)})
    assert beyond(await sums(home), begun)[1:] == (1, 1)
    assert beyond(await sums(home), begun, "support") == (-25, 1, 1)


@pytest.mark.parametrize("cycle", ["", "12", "9" * 30, "x", "-1", "٣"])
async def test_a_form_of_another_cycle_leaves_no_week_out(home: UUID, ana: Visitor, cycle: str):
    begun = await sums(home)
    await decide(ana, "start")
    await write(ana, workload="2")
    answer = await ana.post(MINE, {"cycle": cycle, "week": "3", "dimension": "nothing"})
    assert answer.status_code == 303
    assert beyond(await sums(home), begun) == (-25, 1, 1)


async def test_without_a_home_one_may_decide_already(town: Town, ana: Visitor):
    page = words((await ana.get(MINE)).text)
    assert "Aucun cycle n’est ouvert pour l’instant." in page
    assert "Rien à envoyer pour l’instant" in page
    await town.team(6)
    assert await open_cycle(CYCLE, town)
    await decide(ana, "start")
    assert "Vous n’aviez pas d’équipe principale" in words((await ana.get(SHARING)).text)


async def test_locked_nothing_is_rendered_and_nothing_decided(home: UUID, ana: Visitor):
    begun = await sums(home)
    await write(ana, workload="2")
    await lock(ana)
    for path in (SHARING, MINE):
        assert (await ana.get(path)).headers["location"].startswith("/carnet/ouvrir")
        assert (await ana.post(path, {"decision": "start"})).status_code == 401
    await unlock(ana)
    assert "Vous ne partagez rien." in words((await ana.get(SHARING)).text)
    assert await sums(home) == begun


async def test_a_deposit_counts_once_the_journal_is_open(home: UUID, ana: Visitor):
    begun = await sums(home)
    await decide(ana, "start")
    await lock(ana)
    before = await queries.sealed(home, CYCLE, lock=False)
    await write(ana, workload="4")
    assert await queries.sealed(home, CYCLE, lock=False) == before
    await unlock(ana)
    await ana.get("/")
    assert beyond(await sums(home), begun) == (25, 1, 1)


async def test_what_was_noted_before_the_cycle_opened_counts_at_first_sight(
    town: Town, ana: Visitor
):
    """Sharing goes on by itself: nothing has to be written for it."""
    await decide(ana, "start")
    await write(ana, workload="4")
    team = await town.team(5)
    town.homes.append((await account(ana), team.id, team.unit))
    assert await open_cycle(CYCLE, town)
    cell = await queries.cell_of_team(team.id)
    assert cell is not None
    begun = await sums(cell)
    await ana.get("/carnet")
    assert beyond(await sums(cell), begun) == (25, 1, 1)
    moment = ids(await ana.get("/carnet"))[0]
    await ana.post(f"/carnet/moments/{moment}/effacer")
    assert await sums(cell) == begun


async def test_a_stranger_sees_and_changes_her_own_alone(home: UUID, ana: Visitor, boris: Visitor):
    begun = await sums(home)
    await decide(ana, "start")
    await write(ana, workload="4")
    page = words((await boris.get(MINE)).text)
    assert page.count("Rien de noté sur une échelle.") == 4
    await decide(boris, "stop")
    await boris.post(MINE, {"cycle": str(CYCLE), "week": ["0", "1", "2", "3"]})
    assert beyond(await sums(home), begun) == (25, 1, 1)


async def test_both_pages_have_one_size(home: UUID, ana: Visitor):
    sizes = set()
    await write(ana, workload="4", emotional_load="2", recovery="1", support="5")
    for decision in ("stop", "start", "pause", "start"):
        await decide(ana, decision)
        for path in (SHARING, MINE):
            await ana.get(path)  # which says what was decided, once
            sizes.add((path, len((await ana.get(path)).content)))
    assert sizes == {(path, STEP) for path in (SHARING, MINE)}


async def test_the_journal_leads_there(ana: Visitor):
    assert SHARING in (await ana.get("/carnet/reglages")).text


async def test_one_finds_ones_receipt_among_ones_rows(home: UUID, ana: Visitor):
    page = (await ana.get("/ce-que-voit-l-administrateur")).text
    rows = await fetch(
        QueryString(
            "SELECT box FROM receipt p JOIN vault v ON v.id = p.vault WHERE v.owner = {}",
            await account(ana),
        )
    )
    assert rows[0]["box"].hex() in page
    assert str(home) in page


async def test_everybody_has_a_receipt_from_the_first_day(
    db: Database, app: Litestar, ring: object
):
    before = await fetch(QueryString("SELECT COUNT(*) AS n FROM receipt"))
    await newcomer(app, f"neuf{uuid4().hex[:4]}")
    after = await fetch(QueryString("SELECT COUNT(*) AS n FROM receipt"))
    assert after[0]["n"] - before[0]["n"] == 1
