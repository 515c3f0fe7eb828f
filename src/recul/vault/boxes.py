"""Sealed boxes: what is stored instead of a text.

A sealed box is a format byte, a random 24-byte nonce, then XChaCha20-Poly1305. A deposit is a
format byte, then a libsodium sealed box: anybody holding the public key can make one, only the
private key opens it.
"""

from secrets import token_bytes

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_box_SEALBYTES,
)
from nacl.exceptions import CryptoError

from recul.vault.errors import Unreadable
from recul.vault.padding import STEPS, pad, unpad

__all__ = [
    "DEPOSIT_OVERHEAD",
    "SEAL_OVERHEAD",
    "STEPS",
    "Unreadable",
    "deposit",
    "open_box",
    "open_deposit",
    "open_padded",
    "pad",
    "seal",
    "seal_padded",
    "unpad",
]

_FORMAT = b"\x01"
_NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_TEXT_AT = len(_FORMAT) + _NONCE_SIZE

SEAL_OVERHEAD = _TEXT_AT + crypto_aead_xchacha20poly1305_ietf_ABYTES
"""Bytes a sealed box has more than its (padded) plaintext."""
DEPOSIT_OVERHEAD = len(_FORMAT) + crypto_box_SEALBYTES
"""Bytes a deposit has more than its padded plaintext."""


def seal(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a 32-byte key. `aad` says where the box belongs; opening needs the same."""
    nonce = token_bytes(_NONCE_SIZE)
    text = crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, _FORMAT + aad, nonce, key)
    return _FORMAT + nonce + text


def open_box(key: bytes, box: bytes, aad: bytes) -> bytes:
    """The plaintext of `seal`; raises Unreadable."""
    if len(box) < SEAL_OVERHEAD or box[:1] != _FORMAT:
        raise Unreadable
    nonce, text = box[1:_TEXT_AT], box[_TEXT_AT:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(text, _FORMAT + aad, nonce, key)
    except CryptoError:
        raise Unreadable from None


def seal_padded(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal so that the size of the box tells only the step."""
    return seal(key, pad(plaintext), aad)


def open_padded(key: bytes, box: bytes, aad: bytes) -> bytes:
    """The plaintext of `seal_padded`; raises Unreadable."""
    return unpad(open_box(key, box, aad))


def deposit(public_key: bytes, plaintext: bytes) -> bytes:
    """Seal to a person whose vault may be closed. It does not prove who deposited."""
    return _FORMAT + crypto_box_seal(pad(plaintext), public_key)


def open_deposit(public_key: bytes, private_key: bytes, box: bytes) -> bytes:
    """The plaintext of `deposit`; raises Unreadable."""
    if len(box) < DEPOSIT_OVERHEAD or box[:1] != _FORMAT:
        raise Unreadable
    try:
        return unpad(crypto_box_seal_open(box[1:], public_key, private_key))
    except CryptoError:
        raise Unreadable from None
