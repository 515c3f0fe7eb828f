"""Reads of passkeys: those somebody holds, by which words she knows them, what they open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.asking import Descriptor
from recul.accounts.tables import Passkey
from recul.database import fetch
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault


@dataclass(frozen=True, slots=True)
class Held:
    """A passkey as its person sees it."""

    id: UUID
    name: str
    """Empty while the vault is locked, or when the name was sealed in one that is closed."""
    created_on: date
    computes: bool
    opens: bool
    """It opens the vault in use."""
    transports: str
    """By which ways its authenticator speaks, with commas between."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The slot that a passkey opens."""

    id: UUID
    vault: UUID
    salt: bytes
    box: bytes


async def held(viewer: UUID, vault_id: UUID, vault: OpenVault | None) -> list[Held]:
    """The viewer's passkeys, oldest first."""
    rows = await fetch(
        QueryString(
            """
            SELECT p.id, p.name_box, p.created_on, p.computes, p.transports, EXISTS (
                SELECT 1 FROM key_slot k WHERE k.passkey = p.id AND k.vault = {}
            ) AS opens
            FROM passkey p WHERE p.account = {} ORDER BY p.created_on, p.id
            """,
            vault_id,
            viewer,
        )
    )
    return [
        Held(
            id=row["id"],
            name=name_in(vault, row["id"], row["name_box"]),
            created_on=row["created_on"],
            computes=bool(row["computes"]),
            opens=bool(row["opens"]),
            transports=row["transports"],
        )
        for row in rows
    ]


def name_in(vault: OpenVault | None, passkey: UUID, box: bytes) -> str:
    if vault is None:
        return ""
    try:
        return vault.open_keep(name_of(passkey), box, 0).decode()
    except Unreadable:
        return ""


def name_of(passkey: UUID) -> str:
    """Under what its name is sealed."""
    return f"passkey {passkey}"


async def descriptors(account: UUID, *, only: UUID | None = None) -> list[Descriptor]:
    """How a browser looks for the passkeys of an account, or for one of them."""
    rows = await fetch(
        QueryString(
            """
            SELECT credential_id, transports FROM passkey
            WHERE account = {} AND ({} OR id = {}) ORDER BY created_on, id
            """,
            account,
            only is None,
            only,
        )
    )
    return [Descriptor(row["credential_id"], row["transports"]) for row in rows]


async def opening(vault: UUID) -> list[Descriptor]:
    """How a browser looks for the passkeys that open a vault."""
    rows = await fetch(
        QueryString(
            """
            SELECT p.credential_id, p.transports FROM key_slot k
            JOIN passkey p ON p.id = k.passkey WHERE k.vault = {} ORDER BY p.created_on, p.id
            """,
            vault,
        )
    )
    return [Descriptor(row["credential_id"], row["transports"]) for row in rows]


async def by_credential(credential: bytes, account: UUID | None) -> Passkey | None:
    """The passkey of a credential; of that account only, unless nobody said who she is."""
    found = Passkey.objects().where(Passkey.credential_id == credential)
    return await (found.where(Passkey.account == account) if account else found).first()


async def slot(passkey: UUID) -> Slot | None:
    """The slot of the vault in use."""
    rows = await fetch(
        QueryString(
            """
            SELECT k.id, k.vault, k.salt, k.box FROM key_slot k
            JOIN vault v ON v.id = k.vault AND v.closed = {}
            WHERE k.passkey = {} AND k.kind = 'passkey'
            """,
            False,
            passkey,
        )
    )
    return Slot(**rows[0]) if rows else None
