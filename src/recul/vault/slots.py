"""Key slots: the data key wrapped under one secret. A slot that opens is also the proof of it."""

from hashlib import blake2b
from secrets import token_bytes
from uuid import UUID

from recul.vault.boxes import open_box, seal
from recul.vault.codes import normalise_code
from recul.vault.errors import Unreadable, WrongSecret
from recul.vault.keys import KEY_SIZE, subkey

__all__ = [
    "WrongSecret",
    "new_salt",
    "no_slot",
    "unwrap_with_code",
    "unwrap_with_passkey",
    "unwrap_with_password",
    "wrap_with_code",
    "wrap_with_passkey",
    "wrap_with_password",
]

SALT_SIZE = 16
PASSKEY_SECRET_SIZE = 32


def new_salt() -> bytes:
    """A fresh salt for one slot, of any kind."""
    return token_bytes(SALT_SIZE)


def wrap_with_password(password_key: bytes, data_key: bytes, vault_id: UUID) -> bytes:
    """`password_key` is what `passwords.derive` gave."""
    return seal(_password_slot_key(password_key), data_key, _aad("password", vault_id))


def unwrap_with_password(password_key: bytes, box: bytes, vault_id: UUID) -> bytes:
    """The data key; raises WrongSecret."""
    return _unwrap(_password_slot_key(password_key), box, _aad("password", vault_id))


def wrap_with_code(code: str, salt: bytes, data_key: bytes, vault_id: UUID) -> bytes:
    """Wrap for one recovery code; raises Malformed."""
    return seal(_code_slot_key(code, salt), data_key, _aad("recovery", vault_id))


def unwrap_with_code(code: str, salt: bytes, box: bytes, vault_id: UUID) -> bytes:
    """The data key; raises WrongSecret, or Malformed when no code can read like this."""
    return _unwrap(_code_slot_key(code, salt), box, _aad("recovery", vault_id))


def wrap_with_passkey(
    secret: bytes, salt: bytes, data_key: bytes, vault_id: UUID, credential: bytes
) -> bytes:
    """`secret`: the 32 bytes that the authenticator of the passkey `credential` computes (PRF)."""
    return seal(_passkey_slot_key(secret, salt), data_key, _passkey_aad(vault_id, credential))


def unwrap_with_passkey(
    secret: bytes, salt: bytes, box: bytes, vault_id: UUID, credential: bytes
) -> bytes:
    """The data key; raises WrongSecret, also for a secret that is not 32 bytes."""
    if len(secret) != PASSKEY_SECRET_SIZE:
        raise WrongSecret
    return _unwrap(_passkey_slot_key(secret, salt), box, _passkey_aad(vault_id, credential))


def no_slot() -> tuple[bytes, bytes]:
    """Salt and box of a slot that nothing opens, for a trial that takes as long as another."""
    return bytes(SALT_SIZE), seal(bytes(KEY_SIZE), bytes(KEY_SIZE), b"")


def _unwrap(key: bytes, box: bytes, aad: bytes) -> bytes:
    try:
        return open_box(key, box, aad)
    except Unreadable:
        raise WrongSecret from None


def _password_slot_key(password_key: bytes) -> bytes:
    return subkey(password_key, "password slot")


def _code_slot_key(code: str, salt: bytes) -> bytes:
    """No slow derivation: a code has 100 random bits, which nobody can try out."""
    secret = normalise_code(code).encode()
    return blake2b(secret, digest_size=KEY_SIZE, salt=salt, person=b"recul code slot").digest()


def _passkey_slot_key(secret: bytes, salt: bytes) -> bytes:
    """No slow derivation either: the secret is 256 bits that nobody chose."""
    return blake2b(key=secret, digest_size=KEY_SIZE, salt=salt, person=b"recul passkey").digest()


def _passkey_aad(vault_id: UUID, credential: bytes) -> bytes:
    return _aad("passkey", vault_id) + credential


def _aad(kind: str, vault_id: UUID) -> bytes:
    return vault_id.bytes + kind.encode()
