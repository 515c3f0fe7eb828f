"""Reads of accounts, sign-ins and key slots."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.accounts import standing
from recul.accounts.tables import (
    Account,
    ErasureRequest,
    Installation,
    Invitation,
    KeySlot,
    SignIn,
    Vault,
)
from recul.database import fetch
from recul.notifications import queries as notifications
from recul.vault.passwords import Cost
from recul.vault.sign_in_key import hash_token

BY_TOKEN = """
SELECT s.id AS sign_in, s.public_mark, s.key_box, s.open_until, s.seen_on, s.created_on,
       s.proved_until,
       a.id, a.email, a.display_name, a.settled, a.language, a.time_zone,
       a.idle_minutes, EXISTS (SELECT 1 FROM passkey p WHERE p.account = a.id) AS passkeys,
       EXISTS (
           SELECT 1 FROM key_slot k WHERE k.vault = v.id AND k.kind = 'passkey'
       ) AS opened_by_passkey,
       v.id AS vault_id, v.public_key, v.private_box, r.erase_at,
       (standings)
FROM sign_in s
JOIN account a ON a.id = s.account
JOIN vault v ON v.owner = a.id AND v.closed = {}
LEFT JOIN erasure_request r ON r.account = a.id
WHERE s.token_hash = {} AND s.second_due = {}
"""

PERSON = "(SELECT id AS account, display_name, email FROM account)"
"""What other slices may join in a statement of theirs: who has an id, by name and address."""
READER = "(SELECT id AS account, email, language, time_zone FROM account)"
"""The same for whom they write to: where, in which language, and on whose clock."""


async def are_leaving() -> set[UUID]:
    """Whoever asked for her account to be erased, and may still take that back."""
    return {row["account"] for row in await ErasureRequest.select(ErasureRequest.account)}


async def signed_in(token: bytes, days: int, longest: int) -> dict[str, Any] | None:
    """The account behind a token, its sign-in and its vault; none when it never was, still waits
    for its second step, or ended: after `days` without a visit, `longest` in all."""
    statement = BY_TOKEN.replace("(standings)", standing.columns())
    rows = await SignIn.raw(statement, False, hash_token(token), False)
    today = clock.today()
    if not rows or rows[0]["seen_on"] < today - timedelta(days=days):
        return None
    return dict(rows[0]) if rows[0]["created_on"] >= today - timedelta(days=longest) else None


@dataclass(frozen=True, slots=True)
class PasswordSlot:
    """What a typed password is tried on."""

    account: UUID
    vault: UUID
    slot: UUID
    salt: bytes
    cost: Cost
    box: bytes


async def password_slot(email: str) -> PasswordSlot | None:
    """The slot that the password of this address opens."""
    rows = await KeySlot.raw(
        """
        SELECT a.id AS account, v.id AS vault, k.id, k.salt, k.memory_kib, k.passes, k.box
        FROM account a
        JOIN vault v ON v.owner = a.id AND v.closed = {}
        JOIN key_slot k ON k.vault = v.id AND k.kind = 'password'
        WHERE a.email = {}
        """,
        False,
        email,
    )
    if not rows:
        return None
    row = rows[0]
    cost = Cost(memory_kib=row["memory_kib"], passes=row["passes"])
    return PasswordSlot(row["account"], row["vault"], row["id"], row["salt"], cost, row["box"])


async def account_by_email(email: str) -> Account | None:
    return await Account.objects().where(Account.email == email).first()


async def vaults(owner: UUID, *, closed: bool) -> list[Vault]:
    """A person's vaults: the one in use, or those that a reset without a code left closed."""
    return await Vault.objects().where(Vault.owner == owner, Vault.closed == closed)


async def slots(vault: UUID, kind: str) -> list[KeySlot]:
    """`kind`: "password" or "recovery"."""
    return await KeySlot.objects().where(KeySlot.vault == vault, KeySlot.kind == kind)


async def codes_left(vault: UUID) -> int:
    """How many recovery codes of a vault have not been used."""
    left: int = await KeySlot.count().where(KeySlot.vault == vault, KeySlot.kind == "recovery")
    return left


async def devices(viewer: UUID) -> list[dict[str, Any]]:
    """Where the viewer is signed in, most recently seen first."""
    return (
        await SignIn.select(SignIn.id, SignIn.device, SignIn.created_on, SignIn.seen_on)
        .where(SignIn.account == viewer, SignIn.second_due.eq(False))
        .order_by(SignIn.seen_on, ascending=False)
        .order_by(SignIn.id)
    )


async def pending_invitations() -> list[dict[str, Any]]:
    """Invitations that can still be used and lead into no organisation: what technical
    administrators see of who comes in."""
    found: list[dict[str, Any]] = (
        await Invitation.select(Invitation.id, Invitation.email, Invitation.expires_at)
        .where(
            Invitation.purpose == "welcome",
            Invitation.leads_into == "",
            Invitation.expires_at > clock.now(),
        )
        .order_by(Invitation.expires_at, ascending=False)
    )
    mails = await notifications.states([row["id"] for row in found])
    return [row | {"mail": mails.get(row["id"])} for row in found]


async def invitation(token_hash: bytes) -> Invitation | None:
    """A one-time link that can still be used."""
    return (
        await Invitation.objects()
        .where(Invitation.token_hash == token_hash, Invitation.expires_at > clock.now())
        .first()
    )


async def addresses() -> list[str]:
    """The e-mail address of every account."""
    found: list[str] = await Account.select(Account.email).output(as_list=True)
    return found


async def is_administrator(account: UUID) -> bool:
    return await Account.exists().where(Account.id == account, Account.administrator.eq(True))


async def nobody_yet() -> bool:
    return not await Account.exists()


async def is_demo() -> bool:
    """The database holds the demo world, and nothing real may be written in it."""
    return await Installation.exists().where(Installation.demo.eq(True))


async def stored_rows(viewer: UUID) -> dict[str, list[dict[str, Any]]]:
    """The viewer's rows of every table of accounts, exactly as they are stored."""
    statements = {
        "account": "SELECT * FROM account WHERE id = {}",
        "vault": "SELECT * FROM vault WHERE owner = {}",
        "key_slot": "SELECT k.* FROM key_slot k JOIN vault v ON v.id = k.vault WHERE v.owner = {}",
        "second_factor": "SELECT * FROM second_factor WHERE account = {}",
        "passkey": "SELECT * FROM passkey WHERE account = {}",
        "sign_in": "SELECT * FROM sign_in WHERE account = {}",
        "access_event": "SELECT * FROM access_event WHERE account = {} ORDER BY forget_on LIMIT 20",
        "invitation": "SELECT * FROM invitation WHERE account = {}",
        "erasure_request": "SELECT * FROM erasure_request WHERE account = {}",
    }
    return {
        table: await fetch(QueryString(statement, viewer))
        for table, statement in statements.items()
    }
