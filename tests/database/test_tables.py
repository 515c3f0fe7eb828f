"""What the tables take, give back, refuse and let go."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from tests.database.rows import a_vault, an_account

from recul.accounts.tables import Account, SignIn, Vault
from recul.database import (
    Database,
    UniqueViolation,
    write_transaction,
)
from recul.journal.tables import Draft, Entry

SOON = datetime(2026, 11, 24, 16, 42, tzinfo=UTC)


async def test_values_come_back_as_they_were_given(db: Database) -> None:
    account = await an_account()
    await SignIn(
        account=account.id,
        token_hash=b"\x00\x01",
        public_mark=b"mark",
        device="Téléphone",
        created_on=date(2026, 11, 1),
        seen_on=date(2026, 11, 2),
        open_until=SOON,
    ).save()
    row = await SignIn.select(
        SignIn.account, SignIn.token_hash, SignIn.seen_on, SignIn.key_box, SignIn.open_until
    ).first()
    assert row == {
        "account": account.id,
        "token_hash": b"\x00\x01",
        "seen_on": date(2026, 11, 2),
        "key_box": None,
        "open_until": SOON,
    }
    assert await Account.select(Account.settled, Account.idle_minutes).first() == {
        "settled": False,
        "idle_minutes": 15,
    }


async def test_one_vault_per_person_is_open(db: Database) -> None:
    account = await an_account()
    first = await a_vault(account.id)
    with pytest.raises(UniqueViolation):
        async with write_transaction():
            await a_vault(account.id)
    await Vault.update({Vault.closed: True}).where(Vault.id == first.id)
    await a_vault(account.id)
    assert await Vault.count().where(Vault.owner == account.id) == 2


async def test_what_belongs_to_an_account_leaves_with_it(db: Database) -> None:
    gone, kept = await an_account("gone@recul.example"), await an_account("kept@recul.example")
    for account in (gone, kept):
        vault = await a_vault(account.id)
        await Entry(owner=account.id, vault=vault.id, box=b"box").save()
        await Draft(vault=vault.id, box=b"draft").save()
    await Account.delete().where(Account.id == gone.id)
    assert await Entry.select(Entry.owner) == [{"owner": kept.id}]
    assert (await Vault.count(), await Draft.count()) == (1, 1)


async def test_a_row_must_refer_to_something(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with write_transaction():
            await Entry(owner=uuid4(), vault=uuid4(), box=b"box").save()
