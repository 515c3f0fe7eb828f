"""Passkeys used and added at the same moment, by several processes for all they know."""

import asyncio

from litestar import Litestar
from tests.accounts import passkey_steps as steps
from tests.accounts.passkey_steps import (
    NEW,
    OPEN,
    SECOND,
    SIGN_IN,
    add,
    asked,
    authenticator,
    half_way,
    options_in,
    send,
)
from tests.visitors import Visitor, newcomer

from recul.accounts.tables import KeySlot, Passkey, SignIn


async def keyed(app: Litestar):
    ana, token = await newcomer(app), authenticator(app)
    await steps.with_codes(ana)
    await add(ana, token)
    return ana, token


async def test_of_the_same_answers_one_counts(live_db, app: Litestar):
    ana, token = await keyed(app)
    window = await half_way(app, ana)
    answer = token.get(await asked(window, SECOND))
    answers = await asyncio.gather(*(send(window, SECOND, answer) for _ in range(5)))
    assert sum(each.headers.get("set-cookie", "").startswith("recul=") for each in answers) == 1
    assert await SignIn.count() == 2
    window = Visitor(app)
    answer = token.get(await asked(window, SIGN_IN))
    answers = await asyncio.gather(*(send(window, SIGN_IN, answer) for _ in range(5)))
    assert sorted(each.status_code for each in answers) == [303, 422, 422, 422, 422]
    assert await SignIn.count() == 3


async def test_of_the_same_counts_one_is_taken(live_db, app: Litestar):
    """Two copies of an authenticator, at the same moment."""
    ana, token = await keyed(app)
    await ana.post("/carnet/verrou")
    given = []
    for _ in range(4):
        token.held[0].count = 5
        given.append(token.get(await asked(ana, OPEN)))
    answers = await asyncio.gather(*(send(ana, OPEN, each) for each in given))
    assert sorted(each.status_code for each in answers) == [303, 422, 422, 422]
    assert await Passkey.select(Passkey.sign_count).output(as_list=True) == [6]


async def test_of_twelve_passkeys_at_once_ten_are_kept(live_db, app: Litestar):
    ana = await newcomer(app)
    await steps.with_codes(ana)
    made = [authenticator(app).create(await options_in(ana, NEW)) for _ in range(12)]
    answers = await asyncio.gather(*(send(ana, NEW, each, name="Une") for each in made))
    assert sorted(each.status_code for each in answers) == [303] * 10 + [422] * 2
    assert await Passkey.count() == 10


async def test_one_that_is_removed_while_it_learns_to_open_leaves_no_slot(live_db, app: Litestar):
    ana, token = await newcomer(app), authenticator(app, prf_at_creation=False)
    await steps.with_codes(ana)
    await add(ana, token)
    [passkey] = await Passkey.select(Passkey.id).output(as_list=True)
    page = f"/compte/cles-d-acces/{passkey}"
    answer = token.get(await options_in(ana, page))
    answers = await asyncio.gather(
        send(ana, page + "/carnet", answer), ana.post(page + "/retrait"), return_exceptions=True
    )
    assert all(each.status_code < 500 for each in answers)  # type: ignore[union-attr]
    assert await Passkey.count() == await KeySlot.count().where(KeySlot.kind == "passkey") == 0
