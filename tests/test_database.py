"""Transactions, savepoints, scans and addresses, on both engines."""

import threading
from datetime import UTC, datetime

import pytest
from piccolo.querystring import QueryString
from tests.database.rows import a_vault, an_account, emails

from recul.accounts.tables import Account, Throttle
from recul.database import (
    Database,
    UniqueViolation,
    engine_for,
    fetch,
    recorded_statements,
    scan,
    write_each,
    write_transaction,
)
from recul.journal.tables import Entry

SOON = datetime(2026, 11, 24, 16, 42, tzinfo=UTC)


async def test_a_test_is_rolled_back_first(db: Database) -> None:
    await an_account("one@recul.example")
    assert await emails() == ["one@recul.example"]


async def test_a_test_is_rolled_back_second(db: Database) -> None:
    assert await emails() == []


async def test_a_read_sees_what_was_just_committed(live_db: Database) -> None:
    account = await an_account()
    assert await emails() == ["lea@recul.example"]
    async with write_transaction():
        await Account.delete().where(Account.id == account.id)
        assert await emails() == []
    assert await emails() == []


async def test_an_exception_undoes_the_transaction(live_db: Database) -> None:
    async def fails() -> None:
        async with write_transaction():
            await an_account()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await emails() == []
    await an_account()
    assert await emails() == ["lea@recul.example"]


async def test_a_savepoint_is_undone_and_the_rest_kept(live_db: Database) -> None:
    async def two(first: str, second: str) -> None:
        async with write_transaction():
            await an_account(first)
            await an_account(second)

    async with write_transaction():
        await an_account("kept@recul.example")
        with pytest.raises(UniqueViolation):
            await two("undone@recul.example", "kept@recul.example")
        async with write_transaction():
            await an_account("also@recul.example")
    assert await emails() == ["also@recul.example", "kept@recul.example"]


async def test_a_unique_violation_outside_a_transaction(live_db: Database) -> None:
    await an_account()
    with pytest.raises(UniqueViolation):
        await an_account()
    await Throttle(key_hash=b"key", forget_at=SOON).save()
    with pytest.raises(UniqueViolation):
        await Throttle.insert(Throttle(key_hash=b"key", forget_at=SOON))
    assert await emails() == ["lea@recul.example"]


async def test_several_writes_are_of_one_transaction(live_db: Database) -> None:
    account = await an_account()
    rename = "UPDATE account SET display_name = {} WHERE id = {}"
    writes = [QueryString(rename, name, account.id) for name in ("Un", "Deux")]
    with pytest.raises(RuntimeError, match="belong in a transaction"):
        await write_each(*writes)
    with recorded_statements() as seen:
        async with write_transaction():
            await write_each(*writes)
    assert await Account.select(Account.display_name).output(as_list=True) == ["Deux"]
    assert len(seen) == 2


async def test_a_scan_works_in_a_thread(live_db: Database) -> None:
    account = await an_account()
    vault = await a_vault(account.id)
    await Entry.insert(
        *(Entry(owner=account.id, vault=vault.id, box=bytes([n])) for n in range(50))
    )

    def work(rows: list[dict[str, object]]) -> tuple[set[object], bool]:
        away = threading.current_thread() is not threading.main_thread()
        return {row["box"] for row in rows}, away

    query = Entry.select(Entry.id, Entry.box).where(Entry.vault == vault.id)
    assert await scan(query, work) == ({bytes([n]) for n in range(50)}, True)
    async with write_transaction():
        await Entry.delete().where(Entry.box != b"\x00")
        assert await scan(query, work) == ({b"\x00"}, True)


async def test_statements_can_be_counted(db: Database) -> None:
    with recorded_statements() as seen:
        await emails()
        await Account.count()
    await emails()
    assert len(seen) == 2
    assert await fetch(Account.select(Account.email).querystrings[0]) == []


@pytest.mark.parametrize("url", ["", "sqlite:///", "mysql://h/n", "/var/recul.sqlite"])
def test_an_unknown_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="begins with"):
        engine_for(url)
