"""A forgotten password where a second step is on: no way around it, and a way for everybody."""

from datetime import timedelta
from html import unescape

from litestar import Litestar
from tests.accounts.phones import SECOND, half_way, turn_on
from tests.accounts.test_recovery import NEW, reset_link, write
from tests.visitors import PASSWORD, Visitor

from recul.accounts import queries
from recul.accounts.actions import invitations
from recul.accounts.tables import Account, Invitation, KeySlot, SecondFactor, Vault


async def mailed_link(visitor: Visitor) -> str:
    account = await queries.account_by_email(visitor.email)
    assert isinstance(account, Account)
    code = await invitations.offer_link(account.id, visitor.email, timedelta(hours=1))
    return f"/reinitialisation/{code}"


async def test_a_mailbox_alone_does_not_get_past_the_second_step(ana: Visitor, app: Litestar):
    await turn_on(ana)
    link, thief = await mailed_link(ana), Visitor(app)
    assert "Votre compte demande une deuxième étape" in unescape((await thief.get(link)).text)
    answer = await thief.post(link, {"new_password": NEW})
    assert answer.status_code == 422
    assert (await Vault.count(), await Invitation.count()) == (1, 1)
    assert (await Visitor(app).sign_in(ana.email, NEW)).status_code == 422


async def test_a_mailed_link_and_a_recovery_code_are_both_steps(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    await write(ana, "Un ancien moment.")
    window = Visitor(app)
    fields = {"new_password": NEW, "code": phone.keys[0]}
    answer = await window.post(await mailed_link(ana), fields)
    assert answer.headers["location"] == "/"
    assert "Un ancien moment." in (await window.get("/carnet")).text
    # And the phone goes on being asked.
    other = Visitor(app)
    assert (await other.sign_in(ana.email, NEW)).headers["location"] == SECOND
    assert (await other.post(SECOND, {"code": phone.code()})).status_code == 303


async def test_without_a_second_step_a_mailed_link_begins_an_empty_journal(
    ana: Visitor, app: Litestar
):
    window = Visitor(app)
    answer = await window.post(await mailed_link(ana), {"new_password": NEW})
    assert answer.headers["location"] == "/"
    assert await Vault.count() == 2


async def test_whoever_lost_everything_is_handed_a_link_and_begins_anew(
    ana: Visitor, app: Litestar
):
    """By somebody who keeps the server and knows her. Nothing of the old journal opens."""
    phone = await turn_on(ana)
    await write(ana, "Un ancien moment.")
    link, window = await reset_link(ana), Visitor(app)
    assert "deuxième étape" not in unescape((await window.get(link)).text)
    assert (await window.post(link, {"new_password": NEW})).headers["location"] == "/"
    assert "Un ancien moment." not in (await window.get("/carnet")).text
    assert await SecondFactor.count() == 0
    assert (await Visitor(app).sign_in(ana.email, NEW)).headers["location"] == "/"
    # A key that turns up later still opens the old one.
    await window.post("/carnet/ancien", {"code": phone.keys[1]})
    assert "Un ancien moment." in (await window.get("/carnet")).text


async def test_whoever_lost_phone_and_codes_but_not_her_memory_loses_nothing(
    ana: Visitor, app: Litestar
):
    await turn_on(ana)
    await write(ana, "Un ancien moment.")
    window = Visitor(app)
    await window.post(await reset_link(ana), {"new_password": NEW})
    wrong = await window.post("/carnet/ancien", {"password": NEW})
    assert (wrong.status_code, "password-error" in wrong.text) == (422, True)
    answer = await window.post("/carnet/ancien", {"password": PASSWORD})
    assert answer.headers["location"] == "/carnet"
    assert "Un ancien moment." in (await window.get("/carnet")).text
    assert await Vault.count() == 1


async def test_a_closed_journal_of_somebody_else_stays_closed(
    ana: Visitor, boris: Visitor, app: Litestar
):
    """Both had the same password."""
    await write(ana, "Un ancien moment.")
    await Visitor(app).post(await reset_link(ana), {"new_password": NEW})
    assert (await boris.post("/carnet/ancien", {"password": PASSWORD})).status_code == 404
    window = Visitor(app)
    await window.post(await reset_link(boris), {"new_password": NEW})
    assert (await window.post("/carnet/ancien", {"password": PASSWORD})).status_code == 303
    assert "Un ancien moment." not in (await window.get("/carnet")).text
    assert await Vault.count().where(Vault.closed.eq(True)) == 1


async def test_tries_at_an_old_password_are_counted(ana: Visitor, app: Litestar):
    window = Visitor(app)
    await window.post(await reset_link(ana), {"new_password": NEW})
    answers = [
        (await window.post("/carnet/ancien", {"password": "mauvais"})).status_code
        for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


async def test_a_forgotten_password_and_a_recovery_code_need_no_second_code(
    ana: Visitor, app: Litestar
):
    """One sheet opens both doors: asking two of its codes would protect nothing more, and could
    leave somebody with a single one before a journal that nothing opens."""
    phone = await turn_on(ana)
    await KeySlot.delete().where(KeySlot.kind == "recovery", KeySlot.id != await _slot())
    fields = {"email": ana.email, "new_password": NEW}
    tries = [{"code": key} | fields for key in phone.keys]
    window = Visitor(app)
    answers = [(await window.post("/mot-de-passe-oublie", each)).status_code for each in tries]
    assert sorted(answers) == [303] + [422] * 7
    assert await SecondFactor.count() == 1


async def _slot() -> object:
    [first, *_] = await KeySlot.select(KeySlot.id).where(KeySlot.kind == "recovery")
    return first["id"]


async def test_a_new_password_leaves_the_second_step_as_it_is(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    fields = {"password": PASSWORD, "new_password": NEW}
    assert (await ana.post("/compte/mot-de-passe", fields)).status_code == 303
    window = Visitor(app)
    assert (await window.sign_in(ana.email, NEW)).headers["location"] == SECOND
    assert (await window.post(SECOND, {"code": phone.code()})).status_code == 303


async def test_a_password_changed_meanwhile_ends_half_sign_ins(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    half = await half_way(app, ana.email)
    await Visitor(app).post(await reset_link(ana), {"new_password": NEW, "code": phone.keys[0]})
    assert (await half.post(SECOND, {"code": phone.code()})).status_code == 401
