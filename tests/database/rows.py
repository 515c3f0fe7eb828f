"""Rows that tests of the database begin with."""

from datetime import date
from uuid import UUID

from recul.accounts.tables import Account, Vault


async def an_account(email: str = "lea@recul.example") -> Account:
    account = Account(
        email=email, display_name="Léa", time_zone="Europe/Paris", joined_on=date(2026, 11, 1)
    )
    await account.save()
    return account


async def a_vault(owner: UUID) -> Vault:
    vault = Vault(owner=owner, public_key=b"public", private_box=b"\x00\xffbox")
    await vault.save()
    return vault


async def emails() -> list[str]:
    return list(await Account.select(Account.email).order_by(Account.email).output(as_list=True))
