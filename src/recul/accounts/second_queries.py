"""Reads of second steps: what an account asks after the password, and who is half way in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.accounts.accesses import Access, read
from recul.accounts.tables import Account, SecondFactor, SignIn
from recul.database import scan
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault
from recul.vault.sign_in_key import hash_token, mark_public_key, open_with_token

HALF = """
SELECT s.id AS sign_in, s.public_mark, s.key_box, s.open_until, a.id, a.email, a.language,
       v.id AS vault_id, v.public_key, v.private_box
FROM sign_in s
JOIN account a ON a.id = s.account
JOIN vault v ON v.owner = a.id AND v.closed = {}
WHERE s.token_hash = {} AND s.second_due = {}
"""


@dataclass(frozen=True, slots=True)
class Methods:
    """What may follow the password of an account."""

    codes: bool
    """Those of an application."""
    passkeys: bool

    @property
    def any(self) -> bool:
        return self.codes or self.passkeys


@dataclass(frozen=True, slots=True)
class HalfWay:
    """A sign-in whose password was right, and that leads nowhere before its second step."""

    sign_in: UUID
    account: UUID
    email: str
    vault: OpenVault


async def methods(account: UUID) -> Methods:
    rows = await Account.raw(
        """
        SELECT EXISTS (SELECT 1 FROM second_factor WHERE account = {}) AS codes,
               EXISTS (SELECT 1 FROM passkey WHERE account = {}) AS passkeys
        """,
        account,
        account,
    )
    return Methods(bool(rows[0]["codes"]), bool(rows[0]["passkeys"]))


async def half_way(token: bytes | None) -> HalfWay | None:
    """The sign-in that waits for its second step behind a cookie; none when it waited too long."""
    rows = await SignIn.raw(HALF, False, hash_token(token), True) if token else []
    if not token or not rows or clock.aware(rows[0]["open_until"]) <= clock.now():
        return None
    row: dict[str, Any] = rows[0]
    if row["public_mark"] != mark_public_key(token, row["public_key"]):
        return None
    try:
        data_key = open_with_token(token, row["key_box"], row["sign_in"])
    except Unreadable:
        return None
    vault = OpenVault(row["vault_id"], row["id"], row["public_key"], data_key, row["private_box"])
    return HalfWay(row["sign_in"], row["id"], row["email"], vault)


async def secret_box(account: UUID) -> bytes | None:
    """The sealed secret of the codes of an account."""
    rows: list[bytes] = (
        await SecondFactor.select(SecondFactor.box)
        .where(SecondFactor.account == account)
        .output(as_list=True)
    )
    return rows[0] if rows else None


@dataclass(frozen=True, slots=True)
class NoteReader:
    """To whom a note is sealed, and on whose calendar its day is."""

    public_key: bytes
    time_zone: str


async def note_reader(account: UUID) -> NoteReader | None:
    rows = await Account.raw(
        "SELECT v.public_key, a.time_zone FROM account a"
        " JOIN vault v ON v.owner = a.id AND v.closed = {} WHERE a.id = {}",
        False,
        account,
    )
    return NoteReader(rows[0]["public_key"], rows[0]["time_zone"]) if rows else None


async def accesses(vault: OpenVault) -> tuple[list[Access], int]:
    """What was noted for the viewer, and how many notes her former, closed vault keeps.

    Three hundred boxes take a moment to open: a thread does it.
    """

    def opened(rows: list[dict[str, Any]]) -> tuple[list[Access], int]:
        found = [access for row in rows if (access := _opened(vault, row["box"]))]
        return found, len(rows) - len(found)

    owned = QueryString("SELECT box FROM access_event WHERE account = {}", vault.owner)
    return await scan(owned, opened)


def _opened(vault: OpenVault, box: bytes) -> Access | None:
    try:
        return read(vault.open_deposit(box))
    except (Unreadable, ValueError, LookupError):
        return None
