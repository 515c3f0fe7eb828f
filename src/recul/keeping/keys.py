"""Whom a backup is sealed to: somebody who knows a passphrase, or who holds a private key.

What is needed to open it stands in clear at the beginning of the file: for a passphrase the salt
and the cost of its Argon2id derivation, for a key pair the key of the file in a libsodium box.
"""

import struct
from abc import ABC, abstractmethod
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import astuple, dataclass, field
from typing import BinaryIO

from nacl.bindings import (
    crypto_box_PUBLICKEYBYTES,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_box_SEALBYTES,
    crypto_scalarmult_base,
)
from nacl.exceptions import CryptoError

from recul.keeping.refusals import Damaged, Refused
from recul.vault.keys import KEY_SIZE, new_data_key, new_key_pair, subkey
from recul.vault.passwords import Cost, derive
from recul.vault.slots import SALT_SIZE, new_salt

_FORMAT = b"Recul backup 1\n"
_BY_PASSPHRASE, _BY_KEY = b"p", b"k"
_COST = struct.Struct(">III")
_BOX_SIZE = KEY_SIZE + crypto_box_SEALBYTES
PUBLIC, PRIVATE = "recul-backup-public-", "recul-backup-private-"
LEAST_LETTERS = 12
MOST_COST = Cost(memory_kib=4 * 1024 * 1024, passes=64, lanes=16)
"""A file that asks for more was not made by Recul: it would only keep a machine busy."""


class Recipient(ABC):
    """Who can open a backup that is about to be made."""

    @abstractmethod
    def new_key(self) -> tuple[bytes, bytes]:
        """A key for one file, and what stands in clear at its beginning."""


@dataclass(frozen=True)
class Passphrase(Recipient):
    """Raises Refused for one that is soon guessed."""

    words: str = field(repr=False)
    cost: Cost

    def __post_init__(self) -> None:
        if len(self.words) < LEAST_LETTERS:
            raise Refused(f"A passphrase needs {LEAST_LETTERS} characters at least.")

    def new_key(self) -> tuple[bytes, bytes]:
        salt = new_salt()
        cost = _COST.pack(self.cost.memory_kib, self.cost.passes, self.cost.lanes)
        return _derived(self.words, salt, self.cost), _FORMAT + _BY_PASSPHRASE + salt + cost


@dataclass(frozen=True)
class PublicKey(Recipient):
    key: bytes

    def new_key(self) -> tuple[bytes, bytes]:
        key = new_data_key()
        return key, _FORMAT + _BY_KEY + crypto_box_seal(key, self.key)


def _derived(words: str, salt: bytes, cost: Cost) -> bytes:
    return subkey(derive(words, salt, cost), "backup")


def new_pair() -> tuple[str, str]:
    """A public key to seal backups to, and the private one that opens them, as text."""
    public, private = new_key_pair()
    return PUBLIC + _text(public), PRIVATE + _text(private)


def public_key(text: str) -> PublicKey:
    """Raises Refused."""
    return PublicKey(_read(text, PUBLIC))


def private_key(text: str) -> bytes:
    """Raises Refused."""
    return _read(text, PRIVATE)


def _text(key: bytes) -> str:
    return urlsafe_b64encode(key).decode().rstrip("=")


def _read(text: str, beginning: str) -> bytes:
    text = text.strip()
    try:
        key = urlsafe_b64decode(text.removeprefix(beginning) + "=")
    except (NotBase64, ValueError):
        key = b""
    if not text.startswith(beginning) or len(key) != crypto_box_PUBLICKEYBYTES:
        raise Refused(f"That is no key of `recul backup-key`: it begins with {beginning}.")
    return key


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands in clear at the beginning of a backup."""

    raw: bytes
    by_passphrase: bool

    def key_from_passphrase(self, words: str) -> bytes:
        """Slow on purpose; any passphrase gives a key, only the right one opens the file."""
        salt, numbers = self._box[:SALT_SIZE], self._box[SALT_SIZE:]
        cost = Cost(*_COST.unpack(numbers))
        if any(asked > most for asked, most in zip(astuple(cost), astuple(MOST_COST), strict=True)):
            raise Damaged("The beginning of this backup was altered.")
        try:
            return _derived(words, salt, cost)
        except Exception as error:  # costs that Argon2 does not know
            raise Damaged(f"The beginning of this backup was altered ({error}).") from None

    def key_from_private(self, private: bytes) -> bytes:
        """Raises Refused when the file was sealed to another key."""
        try:
            return crypto_box_seal_open(self._box, crypto_scalarmult_base(private), private)
        except CryptoError:
            raise Refused(
                "This private key does not open this backup: it was sealed to another one, or "
                "its beginning was altered."
            ) from None

    @property
    def _box(self) -> bytes:
        return self.raw[len(_FORMAT) + 1 :]


def beginning(file: BinaryIO) -> Beginning:
    """Read it off a file. Raises Damaged."""
    head = file.read(len(_FORMAT) + 1)
    if head[:-1] != _FORMAT or head[-1:] not in (_BY_PASSPHRASE, _BY_KEY):
        raise Damaged("This file is no backup that this version of Recul can read.")
    by_passphrase = head[-1:] == _BY_PASSPHRASE
    size = SALT_SIZE + _COST.size if by_passphrase else _BOX_SIZE
    rest = file.read(size)
    if len(rest) < size:
        raise Damaged("This backup is cut off at its beginning.")
    return Beginning(head + rest, by_passphrase)
