"""A stream sealed in chunks of one size, so that its length tells nothing but itself.

XChaCha20-Poly1305 as libsodium's secretstream chains it: a chunk that is altered, missing, doubled
or moved does not open, nor does one of another file, and the last one is marked as the last.
"""

from collections.abc import Iterator
from typing import BinaryIO

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError

from recul.keeping.refusals import Damaged

CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES
_LAST = crypto_secretstream_xchacha20poly1305_TAG_FINAL
_END = b"\x80"


class Sealer:
    """Writes what it is given, sealed under a key of 32 bytes. `about` comes before it in the
    file, in clear: opening needs the same."""

    def __init__(self, file: BinaryIO, key: bytes, about: bytes) -> None:
        self._file, self._about = file, about
        self._state = crypto_secretstream_xchacha20poly1305_state()
        file.write(about)
        file.write(crypto_secretstream_xchacha20poly1305_init_push(self._state, key))
        self._waiting = bytearray()

    def write(self, plain: bytes) -> None:
        self._waiting += plain
        while len(self._waiting) >= CHUNK:
            self._push(
                bytes(self._waiting[:CHUNK]), crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
            )
            del self._waiting[:CHUNK]

    def end(self) -> None:
        """Without it the file is not whole."""
        self._push((bytes(self._waiting) + _END).ljust(CHUNK, b"\0"), _LAST)

    def _push(self, plain: bytes, tag: int) -> None:
        self._file.write(
            crypto_secretstream_xchacha20poly1305_push(self._state, plain, self._about, tag)
        )


def opened(file: BinaryIO, key: bytes, about: bytes) -> Iterator[bytes]:
    """What was sealed, chunk by chunk; `file` stands after `about`. Raises Damaged."""
    state = crypto_secretstream_xchacha20poly1305_state()
    header = file.read(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    if len(header) < crypto_secretstream_xchacha20poly1305_HEADERBYTES:
        raise Damaged("This backup is cut off at its beginning.")
    crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    first = True
    while True:
        plain, tag = _pulled(state, file.read(SEALED_CHUNK), about, first=first)
        first = False
        if tag == _LAST:
            break
        yield plain
    if file.read(1):
        raise Damaged("Something was added at the end of this backup.")
    yield plain.rstrip(b"\0").removesuffix(_END)


def _pulled(
    state: crypto_secretstream_xchacha20poly1305_state, sealed: bytes, about: bytes, *, first: bool
) -> tuple[bytes, int]:
    if len(sealed) < SEALED_CHUNK:
        raise Damaged("This backup is cut off: its end is missing.")
    try:
        plain, tag = crypto_secretstream_xchacha20poly1305_pull(state, sealed, about)
    except CryptoError:
        raise Damaged(
            "This passphrase or key does not open this backup, or its beginning was altered."
            if first
            else "This backup was altered: a part of it does not open."
        ) from None
    return plain, tag
