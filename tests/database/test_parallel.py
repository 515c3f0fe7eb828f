"""What runs at the same time, and what is cancelled in the middle."""

import asyncio
from datetime import UTC, datetime

import pytest
from tests.database.rows import an_account, emails

from recul.accounts.tables import Account, Throttle
from recul.database import (
    Database,
    bound,
    locked,
    write_transaction,
)

SOON = datetime(2026, 11, 24, 16, 42, tzinfo=UTC)


async def test_others_see_nothing_before_the_commit(live_db: Database) -> None:
    async with write_transaction():
        await an_account()
        inside = await emails()
        outside = await asyncio.create_task(_in_no_transaction())
    assert (inside, outside, await emails()) == (["lea@recul.example"], [], ["lea@recul.example"])


async def _in_no_transaction() -> list[str]:
    bound().current_transaction.set(None)
    return await emails()


async def test_twenty_parallel_read_then_write(live_db: Database) -> None:
    await Throttle(key_hash=b"key", forget_at=SOON).save()

    async def one_more() -> None:
        async with write_transaction():
            row = await locked(
                Throttle.select(Throttle.failures).where(Throttle.key_hash == b"key")
            ).first()
            assert row is not None
            await Throttle.update({Throttle.failures: row["failures"] + 1}).where(
                Throttle.key_hash == b"key"
            )

    await asyncio.gather(*(one_more() for _ in range(20)))
    assert await Throttle.select(Throttle.failures).output(as_list=True) == [20]


async def test_twenty_parallel_single_writes(live_db: Database) -> None:
    await asyncio.gather(*(an_account(f"{n}@recul.example") for n in range(20)))
    assert await Account.count() == 20


@pytest.mark.parametrize("turns", range(9))
async def test_cancelled_anywhere_nothing_is_left_open(live_db: Database, turns: int) -> None:
    """Cancelled after each number of turns of the loop: it is all there or not at all."""

    async def two_accounts() -> None:
        async with write_transaction():
            await an_account("one@recul.example")
            await an_account("two@recul.example")

    task = asyncio.create_task(two_accounts())
    for _ in range(turns):
        await asyncio.sleep(0.0005)
    task.cancel()
    task.cancel()
    await asyncio.wait([task])
    async with asyncio.timeout(5):
        async with write_transaction():
            await an_account("three@recul.example")
    assert await emails() in (
        ["three@recul.example"],
        ["one@recul.example", "three@recul.example", "two@recul.example"],
    )


async def test_cancelled_while_waiting_for_its_turn(live_db: Database) -> None:
    async def waiting() -> None:
        async with write_transaction():
            await an_account("waited@recul.example")

    async with write_transaction():
        await an_account()
        task = asyncio.create_task(_elsewhere(waiting()))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
    async with asyncio.timeout(5):
        await an_account("after@recul.example")
    assert set(await emails()) - {"waited@recul.example"} == {
        "lea@recul.example",
        "after@recul.example",
    }


async def _elsewhere(work: object) -> None:
    bound().current_transaction.set(None)
    await work  # type: ignore[misc]


async def test_a_task_left_behind_does_not_join_a_transaction(live_db: Database) -> None:
    ready = asyncio.Event()

    async def later() -> list[str]:
        await ready.wait()
        async with write_transaction():
            await an_account("later@recul.example")
        return await emails()

    async with write_transaction():
        task = asyncio.create_task(later())
        await an_account()
    ready.set()
    with pytest.raises(ZeroDivisionError):
        async with write_transaction():
            raise ZeroDivisionError
    assert await task == ["later@recul.example", "lea@recul.example"]
