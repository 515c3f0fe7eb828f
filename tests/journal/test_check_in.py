"""The check-in: two taps, then it is kept; nothing is asked, nothing is doubled or lost."""

import re
from html import unescape

import pytest
from tests.journal.pages import PART, ids, lock, offered, texts, ticked, unlock, value, write
from tests.visitors import Visitor

from recul.journal.tables import Entry

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.mark.parametrize("path", ["/", "/carnet/vite"])
async def test_two_taps_then_it_is_kept(ana: Visitor, path: str):
    form = await ana.get(path)
    assert ticked(form, "workload") == ticked(form, "emotional_load") == [""]
    typed = {
        "nonce": value(form, "nonce"),
        "following": value(form, "following"),
        "workload": "4",
        "feelings": "weariness",
    }
    answer = await ana.post("/carnet/vite", typed)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    after = await ana.get(path)
    assert "Enregistré." in unescape(after.text)
    [moment] = ids(month := await ana.get("/carnet"))
    assert moment in (await ana.get("/")).text
    for said in ("16\u202fh\u202f42", "lassitude", "charge de travail <b>lourde</b>"):
        assert said in month.text


async def test_what_it_did_is_said_once(ana: Visitor):
    await write(ana, "Une ligne.")
    assert "Enregistré." in (await ana.get("/")).text
    assert "Enregistré." not in (await ana.get("/")).text


REMINDER = "Un passage pourrait permettre de reconnaître quelqu’un"


async def test_a_name_that_no_page_has_pointed_out_is_said_afterwards(ana: Visitor):
    await write(ana, "Vu Mme Durand.")
    assert f"Enregistré. {REMINDER}" in unescape((await ana.get("/")).text).replace("\u202f", " ")
    await write(ana, "Vu Mme Durand, et je le garde.", pointed="1")
    assert REMINDER not in unescape((await ana.get("/")).text)
    await lock(ana)
    await write(ana, "Vu Mme Durand, de loin.")
    assert f"Déposé. {REMINDER}" in unescape((await ana.get("/")).text).replace("\u202f", " ")


async def test_being_pointed_out_meanwhile_makes_no_second_moment(ana: Visitor):
    once = {"nonce": value(await ana.get("/carnet/vite"), "nonce"), "text-line": "Vu Mme Durand."}
    await ana.post("/carnet/vite", once)
    await ana.post("/carnet/vite", once | {"pointed": "1"})
    assert await Entry.count() == 1


@pytest.mark.parametrize("path", ["/", "/carnet/vite", "/carnet/ecrire"])
async def test_browsers_are_asked_to_keep_nothing_typed(ana: Visitor, path: str):
    """Otherwise Back brings it back to a locked page."""
    forms = re.findall(r'<form class="sheet form[^>]+>', (await ana.get(path)).text)
    assert ['autocomplete="off"' in form for form in forms] == [True]


async def test_both_scales_may_be_skipped(ana: Visitor):
    await write(ana, "Seulement une ligne.", workload="", emotional_load="")
    page = await ana.get("/carnet")
    assert texts(page) == ["Seulement une ligne."]
    assert 'class="loads"' not in page.text


async def test_nothing_at_all_is_not_kept(ana: Visitor):
    form = await ana.get("/carnet/vite")
    answer = await ana.post("/carnet/vite", {"nonce": value(form, "nonce"), "workload": ""})
    assert answer.status_code == 422
    assert "il n’y a encore rien à garder" in answer.text
    assert await Entry.count() == 0


async def test_a_small_win_alone_is_something(ana: Visitor):
    await write(ana, small_win="1")
    assert "petite victoire" in (await ana.get("/carnet")).text


async def test_htmx_is_led_to_the_next_page(ana: Visitor):
    answer = await ana.post("/carnet/vite", {"workload": "2", "following": "/"}, HX_Request="true")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/")
    assert len(ids(await ana.get("/carnet"))) == 1


async def test_behind_a_locked_vault_it_is_deposited_then_filed(ana: Visitor):
    await lock(ana)
    home = await ana.get("/")
    assert "Déposé dans le carnet verrouillé" in home.text
    await write(ana, "Déposé dans le couloir.", own_feeling="cotonneuse", own_context="Maraude")
    assert "Déposé. Vous pourrez le relire" in unescape((await ana.get("/")).text)
    assert [row["month"] for row in await Entry.select(Entry.month)] == [None]
    await unlock(ana)
    page = await ana.get("/carnet")
    assert texts(page) == ["Déposé dans le couloir."]
    assert await Entry.count().where(Entry.month.is_null()) == 0
    form = await ana.get("/carnet/vite")
    assert "cotonneuse" in offered(form, "feelings")
    assert "Maraude" in offered(form, "contexts")


@pytest.mark.parametrize(
    "path",
    ["/", "/carnet/recherche", "/carnet/victoires", "/carnet/export/carnet.json"],
)
async def test_whatever_page_comes_first_a_deposit_is_there(ana: Visitor, path: str):
    await lock(ana)
    await write(ana, "Déposé dans le couloir.", small_win="1")
    await unlock(ana)
    if path == "/carnet/recherche":
        path = (await ana.post(path, {"mots": "couloir"})).headers["location"]
    assert "Déposé dans le" in (await ana.get(path)).text


async def test_a_deposit_for_another_month_goes_there(ana: Visitor):
    await lock(ana)
    await write(ana, "Un jour de mars.", when="date", date="2026-03-05")
    await unlock(ana)
    assert texts(await ana.get("/carnet")) == []
    assert texts(await ana.get("/carnet/mois/2026-03")) == ["Un jour de mars."]


async def test_sent_twice_it_is_one_moment(ana: Visitor):
    typed = {"nonce": "abc", "text-line": "Une seule fois.", "workload": "3"}
    for _ in range(2):
        assert (await ana.post("/carnet/vite", typed)).status_code == 303
    await ana.post("/carnet/vite", typed | {"following": "/carnet"})
    assert texts(await ana.get("/carnet")) == ["Une seule fois."]


async def test_sent_twice_while_the_vault_locks_in_between(ana: Visitor):
    typed = {"nonce": "abc", "text-line": "Une seule fois."}
    await ana.post("/carnet/vite", typed)
    await lock(ana)
    await ana.post("/carnet/vite", typed)
    await unlock(ana)
    assert texts(await ana.get("/carnet")) == ["Une seule fois."]


async def test_the_same_page_with_another_text_is_another_moment(ana: Visitor):
    for text in ("Premier.", "Second."):
        await ana.post("/carnet/vite", {"nonce": "abc", "text-line": text})
    assert sorted(texts(await ana.get("/carnet"))) == ["Premier.", "Second."]


async def test_two_people_with_the_same_nonce(ana: Visitor, boris: Visitor):
    for visitor in (ana, boris):
        await visitor.post("/carnet/vite", {"nonce": "abc", "text-line": "Pareil."})
        assert texts(await visitor.get("/carnet")) == ["Pareil."]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": "now"}, ("Mardi 24 novembre", "16\u202fh\u202f42")),
        ({"when": "2026-11-23T19:00"}, ("Lundi 23 novembre", "19\u202fh\u202f00")),
        ({"when": "2026-11-23T19:00", "time": "21:30"}, ("Lundi 23 novembre", "21\u202fh\u202f30")),
        ({"when": "date", "date": "2026-11-01"}, ("Dimanche 1er novembre", "12\u202fh\u202f00")),
        ({"when": "now", "date": "2026-11-02", "time": "08:05"}, ("Lundi 2", "8\u202fh\u202f05")),
    ],
)
async def test_a_moment_that_was_before(
    ana: Visitor, fields: dict[str, str], said: tuple[str, str]
):
    await write(ana, "Plus tôt.", **fields)
    page = await ana.get("/carnet")
    assert all(word in page.text for word in said)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"when": "date"}, "date"),
        ({"when": "date", "date": "2026-11-25"}, "date"),
        ({"when": "now", "date": "2026-11-24", "time": "16:43"}, "time"),
        ({"when": "date", "date": "1949-12-31"}, "date"),
    ],
)
async def test_a_moment_that_cannot_be(ana: Visitor, fields: dict[str, str], wrong: str):
    typed = {"nonce": "n", "text-line": "À garder.", "feelings": "fear", "workload": "4"} | fields
    answer = await ana.post("/carnet/vite", typed)
    assert answer.status_code == 422
    assert f'id="{wrong}-error"' in answer.text
    assert value(answer, "text-line") == "À garder."
    assert (ticked(answer, "feelings"), ticked(answer, "workload")) == (["fear"], ["4"])
    assert value(answer, "nonce") == "n"
    assert await Entry.count() == 0


async def test_own_words_become_chips_and_hide_behind_the_lock(ana: Visitor):
    await write(ana, own_feeling="cotonneuse, Fière  d’elle", own_context="Maraude")
    form = await ana.get("/carnet/vite")
    assert {"cotonneuse", "Fière d’elle"} <= set(offered(form, "feelings"))
    assert "Maraude" in offered(form, "contexts")
    await lock(ana)
    for path in ("/", "/carnet/vite", "/carnet/ecrire"):
        page = unescape((await ana.get(path)).text)
        assert not [w for w in ("cotonneuse", "Fière", "Maraude") if w in page]


async def test_an_own_word_that_is_one_of_ours_is_ours(ana: Visitor):
    await write(ana, own_feeling="Colère", own_context="VISITE A DOMICILE")
    form = await ana.get("/carnet/vite")
    assert offered(form, "feelings").count("anger") == 1
    assert "Colère" not in offered(form, "feelings")
    assert "VISITE A DOMICILE" not in offered(form, "contexts")


async def test_an_own_word_is_no_longer_offered_but_stays_where_it_was(ana: Visitor):
    await write(ana, own_feeling="cotonneuse")
    await ana.post("/carnet/mots/retrait", {"feeling": "cotonneuse"})
    assert "cotonneuse" not in offered(await ana.get("/carnet/vite"), "feelings")
    assert "cotonneuse" in (await ana.get("/carnet")).text


async def test_the_guard_points_out_and_keeps_nothing(ana: Visitor):
    typed = {"template": "line", "text-line": "Vu Madame Martin au 06 12 34 56 78."}
    answer = await ana.post("/carnet/reperage?champ=text-line", typed, **PART)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert "06 12 34 56 78" in answer.text
    assert await Entry.count() == 0
