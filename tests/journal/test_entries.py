"""A moment read, changed, erased and brought back, by nobody but the person it belongs to."""

from base64 import b64decode, b64encode
from html import unescape

import pytest
from tests.journal.pages import PART, ids, texts, ticked, value, write
from tests.visitors import Visitor

from recul.journal.tables import Entry

pytestmark = pytest.mark.usefixtures("stopped_clock")


async def a_moment(visitor: Visitor, text: str = "Avant.", **fields: str) -> str:
    """The address of a new moment."""
    await write(visitor, text, **fields)
    return f"/carnet/moments/{ids(await visitor.get('/carnet'))[0]}"


async def filled(visitor: Visitor, address: str) -> dict[str, str]:
    """The fields of the form to change it, as the page has them."""
    page = await visitor.get(f"{address}/modifier")
    names = ("nonce", "seen", "template", "when", "date", "time", "text-line")
    return {name: value(page, name) for name in names}


async def test_it_is_read_alone(ana: Visitor):
    address = await a_moment(ana, "Seule.", workload="5", feelings="fear", contexts="hearing")
    page = await ana.get(address)
    assert texts(page) == ["Seule."]
    for said in ("Mardi 24 novembre", "peur", "audience", "débordante"):
        assert said in page.text


async def test_its_title_tells_nothing(ana: Visitor):
    address = await a_moment(ana, "Rien de tout ceci.")
    for path in (address, f"{address}/modifier", f"{address}/effacer"):
        head = (await ana.get(path)).text.partition("<body")[0]
        assert "<title>Carnet · Recul</title>" in head
        assert "Rien de tout" not in head


async def test_it_is_changed(ana: Visitor):
    address = await a_moment(ana, "Avant.", workload="2", feelings="fear")
    form = await ana.get(f"{address}/modifier")
    assert (value(form, "text-line"), ticked(form, "workload")) == ("Avant.", ["2"])
    assert (value(form, "date"), value(form, "time")) == ("2026-11-24", "16:42")
    typed = await filled(ana, address) | {"text-line": "Après.", "workload": "4"}
    answer = await ana.post(f"{address}/modifier", typed)
    assert answer.headers["location"] == "/carnet/mois/2026-11"
    page = await ana.get("/carnet")
    assert texts(page) == ["Après."]
    assert ("lourde" in page.text, "peur" in page.text) == (True, False)
    assert await Entry.count() == 1


async def test_it_moves_to_another_month(ana: Visitor):
    address = await a_moment(ana)
    typed = await filled(ana, address) | {"date": "2025-02-03", "time": "07:15"}
    answer = await ana.post(f"{address}/modifier", typed)
    assert answer.headers["location"] == "/carnet/mois/2025-02"
    assert texts(await ana.get("/carnet")) == []
    assert "7\u202fh\u202f15" in (await ana.get("/carnet/mois/2025-02")).text


async def test_a_wrong_change_keeps_what_was_typed(ana: Visitor):
    address = await a_moment(ana)
    typed = await filled(ana, address) | {"text-line": "Nouveau texte.", "date": "2026-11-25"}
    answer = await ana.post(f"{address}/modifier", typed)
    assert (answer.status_code, value(answer, "text-line")) == (422, "Nouveau texte.")
    assert value(answer, "date") == "2026-11-25"
    assert texts(await ana.get("/carnet")) == ["Avant."]


async def test_changed_in_two_tabs_nothing_is_overwritten_unseen(ana: Visitor):
    address = await a_moment(ana)
    first, second = await filled(ana, address), await filled(ana, address)
    await ana.post(f"{address}/modifier", first | {"text-line": "Premier onglet."})
    answer = await ana.post(f"{address}/modifier", second | {"text-line": "Second onglet."})
    assert answer.status_code == 422
    assert "Ce moment a changé entre-temps" in answer.text
    assert value(answer, "text-line") == "Second onglet."
    assert texts(await ana.get("/carnet")) == ["Premier onglet."]
    again = {name: value(answer, name) for name in second}
    assert (await ana.post(f"{address}/modifier", again)).status_code == 303
    assert texts(await ana.get("/carnet")) == ["Second onglet."]


async def test_a_change_of_what_was_erased_meanwhile_is_shown_again(ana: Visitor):
    address = await a_moment(ana)
    typed = await filled(ana, address) | {"text-line": "Un texte trop tard."}
    await ana.post(f"{address}/effacer")
    answer = await ana.post(f"{address}/modifier", typed)
    assert (answer.status_code, "Un texte trop tard." in answer.text) == (404, True)
    assert await Entry.count() == 0


async def test_it_is_erased_after_a_question(ana: Visitor):
    address = await a_moment(ana)
    question = await ana.get(f"{address}/effacer")
    assert texts(question) == ["Avant."]
    assert await Entry.count() == 1
    done = await ana.post(f"{address}/effacer")
    assert "Ce moment est effacé." in done.text
    assert (await Entry.count(), texts(await ana.get("/carnet"))) == (0, [])
    for path in (address, f"{address}/modifier", f"{address}/effacer"):
        assert (await ana.get(path)).status_code == 404
    assert (await ana.post(f"{address}/effacer")).status_code == 404


async def test_it_comes_back_as_it_was(ana: Visitor):
    address = await a_moment(ana, "Reviens.", workload="3", own_feeling="cotonneuse")
    before = await Entry.select()
    done = await ana.post(f"{address}/effacer")
    answer = await ana.post(f"{address}/retour", {"box": value(done, "box")})
    assert answer.headers["location"] == "/carnet/mois/2026-11"
    assert await Entry.select() == before
    twice = await ana.post(f"{address}/retour", {"box": value(done, "box")})
    assert twice.status_code == 303
    assert texts(await ana.get("/carnet")) == ["Reviens."]


async def test_erased_and_brought_back_in_its_place(ana: Visitor):
    """What htmx shows: the same parts that the pages include."""
    address = await a_moment(ana, "Sur place.")
    moment = address.rsplit("/", 1)[1]
    erased = await ana.post(f"{address}/effacer", None, **PART)
    assert erased.text.lstrip().startswith(f'<div class="undo" id="moment-{moment}">')
    back = await ana.post(f"{address}/retour", {"box": value(erased, "box")}, **PART)
    assert back.text.lstrip().startswith(f'<article class="moment" id="moment-{moment}"')
    part = back.text.strip().replace(" autofocus", "")
    assert part in (await ana.get("/carnet")).text


async def test_an_undo_of_an_older_version_does_not_undo_a_change(ana: Visitor):
    """A copy of an old undo page, sent after the moment lives on with another text."""
    address = await a_moment(ana)
    box = value(await ana.post(f"{address}/effacer"), "box")
    await ana.post(f"{address}/retour", {"box": box})
    await ana.post(f"{address}/modifier", await filled(ana, address) | {"text-line": "Après."})
    await ana.post(f"{address}/retour", {"box": box})
    assert texts(await ana.get("/carnet")) == ["Après."]


async def test_a_box_that_is_forged_or_somebody_elses_is_not_found(ana: Visitor, boris: Visitor):
    hers, other = await a_moment(ana), await a_moment(boris, "De Boris.")
    box = value(await ana.post(f"{hers}/effacer"), "box")
    raw = bytearray(b64decode(box))
    raw[-1] ^= 1
    flipped = b64encode(raw).decode()
    for forged in ("", "x", "é", "AAAA", "A" * 4096, flipped, box[:-4]):
        assert (await ana.post(f"{hers}/retour", {"box": forged})).status_code == 404
    assert (await boris.post(f"{hers}/retour", {"box": box})).status_code == 404
    # Right box, wrong row.
    assert (await ana.post(f"{other}/retour", {"box": box})).status_code == 404
    assert (await boris.post(f"{other}/retour", {"box": box})).status_code == 404
    assert await Entry.count() == 1


async def test_a_stranger_neither_reads_nor_changes_nor_erases(ana: Visitor, boris: Visitor):
    address = await a_moment(ana, "À Ana seule.")
    typed = await filled(ana, address) | {"text-line": "Par Boris."}
    before = await Entry.select()
    for path in (address, f"{address}/modifier", f"{address}/effacer"):
        assert (await boris.get(path)).status_code == 404
    for path, fields in ((f"{address}/modifier", typed), (f"{address}/effacer", {})):
        answer = await boris.post(path, fields)
        assert (answer.status_code, "À Ana" in answer.text) == (404, False)
    assert await Entry.select() == before


async def test_a_box_that_was_tampered_with_is_left_out_and_the_rest_stays(ana: Visitor):
    address = await a_moment(ana, "Touché.")
    [row] = await Entry.select()
    await write(ana, "Intact.")
    broken = row["box"][:-1] + bytes([row["box"][-1] ^ 1])
    await Entry.update({Entry.box: broken}).where(Entry.id == row["id"])
    assert texts(await ana.get("/carnet")) == ["Intact."]
    assert (await ana.get(address)).status_code == 404


async def test_boxes_swapped_between_rows_do_not_open(ana: Visitor):
    await write(ana, "Un.")
    await write(ana, "Deux.")
    first, second = await Entry.select()
    for row, other in ((first, second), (second, first)):
        await Entry.update({Entry.box: other["box"]}).where(Entry.id == row["id"])
    assert texts(await ana.get("/carnet")) == []


async def test_markup_in_a_text_is_text(ana: Visitor):
    address = await a_moment(ana, "</textarea><script>alert(1)</script>")
    for path in (address, "/carnet", f"{address}/modifier", f"{address}/effacer"):
        page = (await ana.get(path)).text
        assert "<script>alert" not in page
        assert "<script>alert(1)</script>" in unescape(page)
