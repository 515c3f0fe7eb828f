"""New keys, and keys derived from keys."""

from hashlib import blake2b
from secrets import token_bytes

from nacl.bindings import crypto_box_keypair

KEY_SIZE = 32


def new_data_key() -> bytes:
    """The random key under which everything of one vault is sealed."""
    return token_bytes(KEY_SIZE)


def subkey(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose only; it tells nothing of the key it comes from."""
    return blake2b(purpose.encode(), digest_size=KEY_SIZE, key=key, person=b"recul subkey").digest()


def new_key_pair() -> tuple[bytes, bytes]:
    """An X25519 pair: the public key, then the private one."""
    return crypto_box_keypair()
