"""Forgotten passwords: with a code the journal is back, without one nothing is destroyed."""

import re
from datetime import timedelta

import pytest
from tests.visitors import PASSWORD, Visitor

from recul import clock
from recul.accounts.actions import invitations
from recul.accounts.tables import KeySlot, SignIn, Vault

NEW = "une autre phrase de passe"
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}\b")


async def codes_of(visitor: Visitor) -> list[str]:
    """Eight codes, as the page shows them once."""
    page = await visitor.post("/carnet/codes", {"password": PASSWORD})
    codes = list(dict.fromkeys(CODE.findall(page.text)))
    assert len(codes) == 8
    return codes


async def write(visitor: Visitor, text: str) -> None:
    answer = await visitor.post("/carnet/vite", {"text-line": text, "nonce": text})
    assert answer.status_code == 303


async def reset_link(visitor: Visitor) -> str:
    return f"/reinitialisation/{await invitations.offer_reset(visitor.email)}"


async def test_a_code_opens_the_journal_under_a_new_password(ana: Visitor, app):
    await write(ana, "La porte s’est ouverte.")
    code = (await codes_of(ana))[3]
    window = Visitor(app)
    fields = {"email": ana.email, "code": code.lower().replace("-", " "), "new_password": NEW}
    assert (await window.post("/mot-de-passe-oublie", fields)).headers["location"] == "/carnet"
    assert "La porte s’est ouverte." in (await window.get("/carnet")).text
    assert (await Visitor(app).sign_in(ana.email, PASSWORD)).status_code == 422
    assert (await Visitor(app).sign_in(ana.email, NEW)).status_code == 303


async def test_a_code_serves_once_and_ends_the_other_sign_ins(ana: Visitor, app):
    code = (await codes_of(ana))[0]
    fields = {"email": ana.email, "code": code, "new_password": NEW}
    assert (await Visitor(app).post("/mot-de-passe-oublie", fields)).status_code == 303
    assert (await ana.get("/compte")).headers["location"] == "/connexion?suite=/compte"
    assert (await Visitor(app).post("/mot-de-passe-oublie", fields)).status_code == 422
    assert await KeySlot.count().where(KeySlot.kind == "recovery") == 7


@pytest.mark.parametrize("code", ["", "pas une clé", "7K3M-0VQ2-WX9A-4HTD-ZP6C", "é" * 20])
async def test_a_wrong_code_says_so_and_keeps_the_address(ana: Visitor, app, code: str):
    await codes_of(ana)
    fields = {"email": ana.email, "code": code, "new_password": NEW}
    answer = await Visitor(app).post("/mot-de-passe-oublie", fields)
    assert answer.status_code == 422
    assert ana.email in answer.text
    assert NEW not in answer.text


async def test_an_unknown_address_gets_the_answer_of_a_wrong_code(ana: Visitor, app):
    fields = {"code": "7K3M-0VQ2-WX9A-4HTD-ZP6C", "new_password": NEW}
    known = await Visitor(app).post("/mot-de-passe-oublie", fields | {"email": ana.email})
    other = await Visitor(app).post("/mot-de-passe-oublie", fields | {"email": "x@exemple.fr"})
    assert known.status_code == other.status_code == 422
    assert "n’ouvre pas de carnet à cette adresse" in known.text
    assert "n’ouvre pas de carnet à cette adresse" in other.text


async def test_a_link_without_a_code_begins_an_empty_journal(ana: Visitor, app):
    await write(ana, "Un ancien moment.")
    window = Visitor(app)
    answer = await window.post(await reset_link(ana), {"new_password": NEW})
    assert answer.headers["location"] == "/"
    assert "Un ancien moment." not in (await window.get("/carnet")).text
    assert sorted(v["closed"] for v in await Vault.select(Vault.closed)) == [False, True]
    assert await SignIn.count() == 1


async def test_a_code_found_later_brings_the_old_journal_back(ana: Visitor, app):
    await write(ana, "Un ancien moment.")
    code = (await codes_of(ana))[5]
    window = Visitor(app)
    await window.post(await reset_link(ana), {"new_password": NEW})
    await write(window, "Un nouveau moment.")
    wrong = await window.post("/carnet/ancien", {"code": "7K3M-0VQ2-WX9A-4HTD-ZP6C"})
    assert wrong.status_code == 422
    answer = await window.post("/carnet/ancien", {"code": code})
    assert answer.headers["location"] == "/carnet"
    page = (await window.get("/carnet")).text
    assert "Un ancien moment." in page
    assert "Un nouveau moment." in page
    assert await Vault.count() == 1
    assert (await window.get("/carnet/ancien")).status_code == 404


async def test_a_link_with_a_code_keeps_the_journal(ana: Visitor, app):
    await write(ana, "Un ancien moment.")
    code = (await codes_of(ana))[7]
    window = Visitor(app)
    await window.post(await reset_link(ana), {"new_password": NEW, "code": code})
    assert "Un ancien moment." in (await window.get("/carnet")).text
    assert await Vault.count() == 1


async def test_a_link_with_a_wrong_code_can_be_used_again(ana: Visitor, app):
    link = await reset_link(ana)
    fields = {"new_password": NEW, "code": "7K3M-0VQ2-WX9A-4HTD-ZP6C"}
    assert (await Visitor(app).post(link, fields)).status_code == 422
    assert (await Visitor(app).post(link, {"new_password": NEW})).status_code == 303


async def test_a_link_serves_once(ana: Visitor, app):
    link = await reset_link(ana)
    await Visitor(app).post(link, {"new_password": NEW})
    assert (await Visitor(app).get(link)).status_code == 404
    assert (await Visitor(app).post(link, {"new_password": NEW})).status_code == 404


async def test_new_codes_ask_for_the_password_and_replace_the_old_ones(ana: Visitor, app):
    old = (await codes_of(ana))[0]
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        asked = await ana.post("/carnet/codes")
        assert (asked.status_code, "C’est bien vous" in asked.text) == (401, True)
        assert await KeySlot.count().where(KeySlot.kind == "recovery") == 8
        await ana.post("/compte/confirmer", {"password": PASSWORD})
        await codes_of(ana)
    fields = {"email": ana.email, "code": old, "new_password": NEW}
    assert (await Visitor(app).post("/mot-de-passe-oublie", fields)).status_code == 422


async def test_one_of_the_codes_is_asked_back(ana: Visitor):
    codes = await codes_of(ana)
    wrong = await ana.post("/carnet/codes/verification", {"code": "7K3M-0VQ2-WX9A-4HTD-ZP6C"})
    assert wrong.status_code == 422
    right = await ana.post("/carnet/codes/verification", {"code": codes[2]})
    assert right.headers["location"] == "/"
    assert await KeySlot.count().where(KeySlot.kind == "recovery") == 8


async def test_a_new_password_keeps_the_journal_and_ends_the_other_devices(ana: Visitor, app):
    await write(ana, "Un moment d’avant.")
    other = Visitor(app)
    await other.sign_in(ana.email)
    fields = {"password": PASSWORD, "new_password": NEW}
    assert (await ana.post("/compte/mot-de-passe", fields)).headers["location"] == "/compte"
    assert "Un moment d’avant." in (await ana.get("/carnet")).text
    assert (await other.get("/compte")).headers["location"] == "/connexion?suite=/compte"
    assert (await Visitor(app).sign_in(ana.email, NEW)).status_code == 303


@pytest.mark.parametrize("refused", ["court", "motdepasse2026!", "ana", " " * 14])
async def test_a_poor_new_password_is_refused_with_a_sentence(ana: Visitor, refused: str):
    fields = {"password": PASSWORD, "new_password": refused}
    answer = await ana.post("/compte/mot-de-passe", fields)
    assert answer.status_code == 422
    assert "new_password-error" in answer.text
