"""Secret addresses of an agenda: made, changed, taken back."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import blake2b, sha256
from typing import Any
from uuid import UUID

from recul import clock
from recul.booking.tables import CalendarFeed
from recul.database import UniqueViolation, locked, write_transaction
from recul.settings import Settings

MOST = 10
"""Addresses of one person."""


class TooMany(Exception):
    """She has as many addresses as one may have."""


def hash_token(token: str) -> bytes:
    """All that is kept of a token. It has 256 bits of chance: one plain hash is enough."""
    return sha256(token.encode()).digest()


def token_of(settings: Settings, viewer: UUID, form: str) -> str:
    """The token that a form makes, which nobody can tell without the server's secret. The same
    form sent twice makes the same one, so that a double click leaves one address, not two."""
    key = blake2b(settings.secret.encode(), person=b"recul-agenda").digest()
    made = hmac.digest(key, viewer.bytes + form.encode(), "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")


async def make(settings: Settings, viewer: UUID, form: str, detail: str) -> str:
    """Make an address and return its token, which is never shown again. Raises TooMany."""
    token = token_of(settings, viewer, form)
    new = CalendarFeed(
        account=viewer, token_hash=hash_token(token), detail=detail, made_on=clock.today()
    )
    try:
        async with write_transaction():
            kept = await locked(
                CalendarFeed.select(CalendarFeed.token_hash).where(CalendarFeed.account == viewer)
            )
            if len(kept) >= MOST and hash_token(token) not in _hashes(kept):
                raise TooMany
            await CalendarFeed.insert(new)
    except UniqueViolation:
        pass  # the same form, sent again
    return token


def _hashes(rows: list[dict[str, Any]]) -> set[bytes]:
    return {bytes(row["token_hash"]) for row in rows}


async def show(viewer: UUID, feed: UUID, detail: str) -> bool:
    """Tell more or less at an address. False when the viewer has no such address."""
    return bool(
        await CalendarFeed.update({CalendarFeed.detail: detail})
        .where(CalendarFeed.id == feed, CalendarFeed.account == viewer)
        .returning(CalendarFeed.id)
    )


async def revoke(viewer: UUID, feed: UUID) -> bool:
    """Nothing is found at the address any more. False when the viewer has no such address."""
    return bool(
        await CalendarFeed.delete()
        .where(CalendarFeed.id == feed, CalendarFeed.account == viewer)
        .returning(CalendarFeed.id)
    )
