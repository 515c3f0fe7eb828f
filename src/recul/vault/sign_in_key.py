"""The data key of an open vault, kept under the token that only the person's cookie holds."""

from hashlib import blake2b
from secrets import token_bytes
from uuid import UUID

from recul.vault.boxes import open_box, seal
from recul.vault.errors import Unreadable
from recul.vault.keys import subkey

__all__ = [
    "Unreadable",
    "hash_token",
    "mark_public_key",
    "new_token",
    "open_with_token",
    "seal_for_token",
]

TOKEN_SIZE = 32


def new_token() -> bytes:
    """A fresh secret for one sign-in (or one link)."""
    return token_bytes(TOKEN_SIZE)


def hash_token(token: bytes) -> bytes:
    """What the database keeps: finds the row of a token, opens nothing."""
    return blake2b(token, digest_size=32, person=b"recul token hash").digest()


def mark_public_key(token: bytes, public_key: bytes) -> bytes:
    """What shows, while the vault is locked, that nobody put another public key in its row."""
    return blake2b(public_key, key=subkey(token, "public key"), digest_size=16).digest()


def seal_for_token(token: bytes, data_key: bytes, sign_in_id: UUID) -> bytes:
    """Wrap the data key for one sign-in. `token` has 32 random bytes."""
    return seal(subkey(token, "sign-in"), data_key, sign_in_id.bytes)


def open_with_token(token: bytes, box: bytes, sign_in_id: UUID) -> bytes:
    """The data key; raises Unreadable when the token is not this sign-in's."""
    return open_box(subkey(token, "sign-in"), box, sign_in_id.bytes)
