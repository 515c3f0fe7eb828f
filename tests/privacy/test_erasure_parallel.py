"""Erasing while something else happens: each on a database of its own."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from litestar import Litestar
from tests import visitors
from tests.booking.world import NOON
from tests.organisation.world import account_of
from tests.privacy.life import everywhere, viewer_of
from tests.visitors import Visitor, newcomer

from recul import clock
from recul.accounts.actions import leaving
from recul.accounts.actions.leaving import LastAdministrator
from recul.accounts.tables import Account, ErasureRequest, KeySlot, SignIn
from recul.database import Database
from recul.privacy.actions import erasure
from recul.trends import keyring

CONFIG = visitors.settings()
PAGE = "/compte/effacement"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path) -> Iterator[None]:
    before = keyring._bound
    keyring.bind(tmp_path / "cles")
    yield
    keyring._bound = before


async def on_the_seventh_day(visitor: Visitor) -> None:
    """Asked for, seven nights counted, and due a minute ago."""
    await visitor.post(PAGE, {"understood": "1"})
    await ErasureRequest.update(
        {ErasureRequest.nights: 7, ErasureRequest.erase_at: NOON - timedelta(minutes=1)}, force=True
    )


async def test_two_clicks_at_once(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await ana.token()
    answers = await asyncio.gather(*(ana.post(PAGE, {"understood": "1"}) for _ in range(5)))
    assert {one.status_code for one in answers} <= {303, 401}
    assert 303 in {one.status_code for one in answers}
    assert (await ErasureRequest.count(), await SignIn.count()) == (1, 0)


@pytest.mark.parametrize("round_", range(3))
async def test_erasing_while_she_writes(live_db: Database, app: Litestar, round_: int):
    ana = await newcomer(app)
    account = await account_of(ana)
    writes = [
        ana.post("/carnet/vite", {"workload": "3", "nonce": f"n{n}", "text-line": "Encore."})
        for n in range(8)
    ]
    answers, there = await asyncio.gather(
        asyncio.gather(*writes), erasure.erase_now(account, CONFIG)
    )
    assert there
    assert {one.status_code for one in answers} <= {303, 401, 404}
    assert await everywhere(live_db, account, ana.email) == {}


@pytest.mark.parametrize("round_", range(3))
async def test_signing_in_as_the_seventh_day_ends(live_db: Database, app: Litestar, round_: int):
    ana = await newcomer(app)
    await on_the_seventh_day(ana)
    answer, _ = await asyncio.gather(ana.sign_in(ana.email), erasure.erase_due(CONFIG))
    assert answer.status_code in (303, 422)
    assert (await Account.count(), await SignIn.count(), await KeySlot.count()) == (0, 0, 0)
    assert (await ana.get("/carnet")).headers["location"].startswith("/connexion")


@pytest.mark.parametrize("round_", range(4))
async def test_keeping_it_as_the_seventh_day_ends(live_db: Database, app: Litestar, round_: int):
    """Either she keeps all of it, or it is gone: never an account without its keys."""
    ana = await newcomer(app)
    await on_the_seventh_day(ana)
    await ana.sign_in(ana.email)
    await asyncio.gather(ana.post(f"{PAGE}/retrait"), erasure.erase_due(CONFIG))
    there = await Account.count()
    assert (await KeySlot.count(), await ErasureRequest.count()) == (there, 0)


async def test_two_workers_erase_the_same(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await on_the_seventh_day(ana)
    await asyncio.gather(*(erasure.erase_due(CONFIG) for _ in range(4)))
    assert await Account.count() == 0


async def test_two_administrators_do_not_both_rely_on_the_other(live_db: Database, app: Litestar):
    first = await newcomer(app, "un", administrator=True)
    second = await newcomer(app, "deux", administrator=True)
    await newcomer(app)
    viewers = [await viewer_of(one) for one in (first, second)]

    async def ask(number: int) -> bool:
        viewer = viewers[number]
        assert viewer.vault
        try:
            await erasure.ask(CONFIG, viewer, viewer.vault)
        except LastAdministrator:
            return False
        return True

    assert sorted(await asyncio.gather(ask(0), ask(1))) == [False, True]


async def test_counting_nights_at_once_counts_one(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await ana.post(PAGE, {"understood": "1"})
    with clock.set_to(NOON + timedelta(days=1)):
        await asyncio.gather(*(leaving.count_nights() for _ in range(5)))
    assert await ErasureRequest.select(ErasureRequest.nights) == [{"nights": 1}]
