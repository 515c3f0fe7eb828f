"""The jar of small wins, what restores, and what a heavy week is answered with."""

from datetime import timedelta
from html import unescape

import pytest
from tests.journal.conftest import NOW
from tests.journal.pages import lock, texts, value, write
from tests.visitors import Visitor

from recul import clock
from recul.journal.keep import MOST_LINES

pytestmark = pytest.mark.usefixtures("stopped_clock")

HEAVY = "La semaine est lourde"


def lines(page: str) -> list[str]:
    return [unescape(p.partition("</span>")[0]) for p in page.split('<li class="thing"><span>')[1:]]


async def heavy(ana: Visitor, moments: int = 3) -> None:
    for day in range(moments):
        await write(ana, workload="5", emotional_load="4", date=f"2026-11-{20 + day}")


async def test_the_jar_holds_wins_only(ana: Visitor):
    assert "Le bocal est vide" in (await ana.get("/carnet/victoires")).text
    await write(ana, "Une porte ouverte.", small_win="1")
    await write(ana, "Un jour comme un autre.")
    assert texts(await ana.get("/carnet/victoires")) == ["Une porte ouverte."]


async def test_the_note_of_a_win_goes_into_the_jar(ana: Visitor):
    form = await ana.get("/carnet/ecrire?modele=win")
    typed = {"template": value(form, "template"), "nonce": value(form, "nonce")}
    empty = await ana.post("/carnet/ecrire", typed)
    assert empty.status_code == 422
    await ana.post(
        "/carnet/ecrire", typed | {"text-win": "Il a souri.", "text-helped": "Le temps."}
    )
    assert texts(await ana.get("/carnet/victoires")) == ["Il a souri.\n\nLe temps."]


async def test_what_restores_is_a_list_of_ones_own(ana: Visitor, boris: Visitor):
    for line in ("Marcher", "Appeler Zoé & Léo", "Marcher"):
        answer = await ana.post("/carnet/ressources", {"line": line})
        assert answer.headers["location"] == "/carnet/victoires#ressources"
    assert lines((await ana.get("/carnet/victoires")).text) == ["Marcher", "Appeler Zoé & Léo"]
    await boris.post("/carnet/ressources/retrait", {"line": "Marcher"})
    await ana.post("/carnet/ressources/retrait", {"line": "Appeler Zoé & Léo"})
    assert lines((await ana.get("/carnet/victoires")).text) == ["Marcher"]


@pytest.mark.parametrize("line", ["", "   ", "x" * 121])
async def test_a_line_that_cannot_be_kept_is_shown_again(ana: Visitor, line: str):
    answer = await ana.post("/carnet/ressources", {"line": line})
    assert (answer.status_code, value(answer, "line").strip()) == (422, line.strip())
    assert 'id="line-error"' in answer.text


async def test_a_full_list_says_so(ana: Visitor):
    for n in range(MOST_LINES):
        await ana.post("/carnet/ressources", {"line": f"ligne {n}"})
    answer = await ana.post("/carnet/ressources", {"line": "une de trop"})
    assert (answer.status_code, "La liste est pleine" in answer.text) == (422, True)
    assert len(lines((await ana.get("/carnet/victoires")).text)) == MOST_LINES


async def test_a_heavy_week_is_answered_with_what_is_hers(ana: Visitor):
    await write(ana, "Une porte ouverte.", small_win="1", date="2026-11-02")
    await ana.post("/carnet/ressources", {"line": "Marcher jusqu’au canal"})
    await heavy(ana)
    page = unescape((await ana.get("/")).text)
    comfort = page.partition(HEAVY)[2].partition("</section>")[0]
    assert "Une porte ouverte." in comfort
    assert "Marcher jusqu’au canal" in comfort


async def test_a_heavy_week_without_anything_to_give_back_says_nothing(ana: Visitor):
    await heavy(ana)
    assert HEAVY not in (await ana.get("/")).text


async def test_two_heavy_moments_are_no_heavy_week_and_it_passes(ana: Visitor):
    await ana.post("/carnet/ressources", {"line": "Marcher"})
    await heavy(ana, 2)
    assert HEAVY not in (await ana.get("/")).text
    await heavy(ana)
    assert HEAVY in (await ana.get("/")).text
    with clock.set_to(NOW + timedelta(minutes=10)):
        assert HEAVY in (await ana.get("/")).text
    await lock(ana)
    page = (await ana.get("/")).text
    assert (HEAVY in page, "Marcher" in page) == (False, False)
