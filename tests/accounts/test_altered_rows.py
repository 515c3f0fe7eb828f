"""Somebody who may write to the database: what that is worth, and what it is not."""

from html import unescape

import pytest
from tests.accounts.test_recovery import NEW, reset_link
from tests.visitors import PASSWORD, Visitor, settings

from recul.accounts.actions import sign_ins
from recul.accounts.tables import KeySlot, SignIn, Vault
from recul.journal.tables import Entry
from recul.vault.errors import WrongSecret
from recul.vault.keys import new_key_pair


async def swap_public_key() -> None:
    stolen, _ = new_key_pair()
    await Vault.update({Vault.public_key: stolen}).where(Vault.closed.eq(False))


async def test_nothing_is_deposited_for_a_thief_who_swapped_the_lock(ana: Visitor):
    await ana.post("/carnet/verrou")
    await swap_public_key()
    answer = await ana.post("/carnet/vite", {"text-line": "Un mot pour moi.", "nonce": "n"})
    assert answer.status_code == 401
    assert "Un mot pour moi." in answer.text
    assert await Entry.count() == 0


async def test_a_swapped_lock_is_noticed_at_sign_in(ana: Visitor, app):
    await swap_public_key()
    answer = await Visitor(app).sign_in(ana.email)
    assert (answer.status_code, "rien n’a été ouvert" in unescape(answer.text)) == (500, True)
    assert PASSWORD not in answer.text
    assert await SignIn.count() == 1


async def test_a_secret_that_was_changed_meanwhile_starts_nothing(ana: Visitor, app):
    """The old password was right a moment ago; the reset was quicker."""
    config = settings()
    opened = await sign_ins.check_password(config, ana.email, PASSWORD, "::1")
    await Visitor(app).post(await reset_link(ana), {"new_password": NEW})
    with pytest.raises(WrongSecret):
        await sign_ins.start(opened, "essai")
    assert await SignIn.count() == 1


async def test_a_slot_comes_to_the_cost_of_today_at_the_next_sign_in(ana: Visitor):
    dearer = settings(RECUL_ARGON2_PASSES="2")
    [before] = await KeySlot.select(KeySlot.id, KeySlot.passes)
    assert before["passes"] == 1
    await sign_ins.check_password(dearer, ana.email, PASSWORD, "::1")
    [after] = await KeySlot.select(KeySlot.id, KeySlot.passes)
    assert after == before | {"passes": 2}
    opened = await sign_ins.check_password(dearer, ana.email, PASSWORD, "::1")
    assert opened.slot == before["id"]
