"""What was begun and not saved: kept sealed, found again, never shown behind the lock."""

from html import unescape

import pytest
from tests.journal.pages import PART, ids, lock, texts, ticked, unlock, value
from tests.visitors import Visitor

from recul.accounts.tables import Vault
from recul.journal.tables import Draft, Entry
from recul.vault import boxes

pytestmark = pytest.mark.usefixtures("stopped_clock")

BEGUN = {
    "template": "visit",
    "nonce": "n",
    "draft": "1",
    "text-seen": "Une cuisine,\nun silence.",
    "text-felt": "Lourde.",
    "feelings": ["sadness", "cotonneuse"],
    "workload": "4",
    "when": "2026-11-23T19:00",
}


async def keep(visitor: Visitor, **more: object):
    return await visitor.post("/carnet/brouillon", BEGUN | more, **PART)


async def test_the_server_says_what_it_has(ana: Visitor):
    answer = await keep(ana)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert answer.text.strip() == "Brouillon enregistré à 16\u202fh\u202f42."
    assert await Draft.count() == 1


async def test_it_is_found_as_it_was_left(ana: Visitor):
    await keep(ana)
    page = await ana.get("/carnet/ecrire")
    assert "Un brouillon vous attendait" in page.text
    assert value(page, "text-seen") == BEGUN["text-seen"]
    assert value(page, "text-felt") == BEGUN["text-felt"]
    assert value(page, "template") == "visit"
    assert ticked(page, "feelings") == ["sadness", "cotonneuse"]
    assert (ticked(page, "workload"), ticked(page, "when")) == (["4"], ["2026-11-23T19:00"])


async def test_there_is_one_draft_the_last(ana: Visitor):
    await keep(ana)
    await keep(ana, **{"text-seen": "Autre chose."})
    assert value(await ana.get("/carnet/ecrire"), "text-seen") == "Autre chose."
    assert await Draft.count() == 1


async def test_saving_the_note_ends_the_draft(ana: Visitor):
    await keep(ana)
    page = await ana.get("/carnet/ecrire")
    answer = await ana.post("/carnet/ecrire", BEGUN | {"nonce": value(page, "nonce")})
    assert answer.headers["location"] == "/carnet/mois/2026-11"
    assert texts(await ana.get("/carnet")) == ["Une cuisine,\nun silence.", "Lourde."]
    assert (await Draft.count(), await Entry.count()) == (0, 1)


async def test_a_note_that_cannot_be_saved_keeps_its_draft(ana: Visitor):
    await keep(ana)
    answer = await ana.post("/carnet/ecrire", BEGUN | {"when": "date", "date": "2027-01-01"})
    assert (answer.status_code, value(answer, "text-felt")) == (422, "Lourde.")
    assert await Draft.count() == 1


async def test_it_can_be_dropped(ana: Visitor):
    await keep(ana)
    assert (await ana.post("/carnet/brouillon/retrait")).status_code == 303
    page = await ana.get("/carnet/ecrire")
    assert "Une cuisine" not in page.text
    assert await Draft.count() == 0


async def test_behind_the_lock_it_is_kept_and_not_shown(ana: Visitor):
    await lock(ana)
    assert "Brouillon enregistré" in (await keep(ana)).text
    page = unescape((await ana.get("/carnet/ecrire")).text)
    assert not [said for said in ("Une cuisine", "Lourde.", "cotonneuse") if said in page]
    await unlock(ana)
    assert value(await ana.get("/carnet/ecrire"), "text-felt") == "Lourde."


async def test_behind_the_lock_an_older_draft_is_not_replaced_unseen(ana: Visitor):
    await keep(ana)
    await lock(ana)
    page = await ana.get("/carnet/ecrire")
    assert 'name="draft"' not in page.text
    typed = {"template": "free", "nonce": value(page, "nonce"), "text-text": "Un autre texte."}
    assert (await ana.post("/carnet/ecrire", typed)).headers["location"] == "/"
    await unlock(ana)
    assert value(await ana.get("/carnet/ecrire"), "text-felt") == "Lourde."
    assert texts(await ana.get("/carnet")) == ["Un autre texte."]


async def test_a_draft_belongs_to_its_person(ana: Visitor, boris: Visitor):
    await keep(ana)
    assert "Lourde." not in (await boris.get("/carnet/ecrire")).text
    await boris.post("/carnet/brouillon/retrait")
    assert value(await ana.get("/carnet/ecrire"), "text-felt") == "Lourde."


async def test_it_is_sealed_and_says_nothing_of_its_length(ana: Visitor):
    sizes = set()
    for text in ("", "x", "é" * 100):
        await keep(ana, **{"text-seen": text})
        [row] = await Draft.select(Draft.box)
        sizes.add(len(row["box"]))
    assert sizes == {512 + 49}


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"not json", b'{"a": 1}', b'{"a": [1]}'])
async def test_a_draft_that_somebody_put_there_does_no_harm(ana: Visitor, content: bytes):
    """Anybody who can write to the database can seal to a public key."""
    await keep(ana)
    [vault] = await Vault.select(Vault.public_key)
    await Draft.update({Draft.box: boxes.deposit(vault["public_key"], content)}, force=True)
    assert (await ana.get("/carnet/ecrire")).status_code == 200


async def test_leaning_on_another_template_loses_nothing(ana: Visitor):
    answer = await ana.post("/carnet/ecrire", BEGUN | {"modele": "facts"})
    assert (answer.status_code, value(answer, "template")) == (200, "facts")
    everything = value(answer, "text-facts") + value(answer, "text-felt")
    assert "Une cuisine," in everything
    assert "Lourde." in everything
    assert (ids(await ana.get("/carnet")), await Draft.count()) == ([], 1)
