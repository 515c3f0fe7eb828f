"""An open vault: the data key in memory, and all that it seals and opens."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from uuid import UUID, uuid4

from recul.vault import boxes, keys

_ENTRY_VERSION = b"\x01"
_MONTH_INDEX_SIZE = 16


@dataclass(frozen=True)
class OpenVault:
    """One person's vault while it is open. Subkeys are derived once, at their first use."""

    id: UUID
    owner: UUID
    public_key: bytes
    data_key: bytes = field(repr=False)
    private_box: bytes = field(repr=False)

    def check(self) -> None:
        """Raises Unreadable when the keys in the row are not those this vault was made with."""
        _ = self._private_key

    def seal_entry(self, entry_id: UUID, plaintext: bytes) -> bytes:
        """The box to store in the row `entry_id`, and in no other."""
        return boxes.seal_padded(self._entry_key, plaintext, self._entry_aad(entry_id))

    def open_entry(self, entry_id: UUID, box: bytes) -> bytes:
        """Raises Unreadable."""
        return boxes.open_padded(self._entry_key, box, self._entry_aad(entry_id))

    def open_deposit(self, box: bytes) -> bytes:
        """What was sealed to this person while the vault was closed; raises Unreadable."""
        return boxes.open_deposit(self.public_key, self._private_key, box)

    def month_index(self, month: str) -> bytes:
        """A blind index for "2026-11": finds a month's rows, says nothing to a thief."""
        index = blake2b(month.encode(), digest_size=_MONTH_INDEX_SIZE, key=self._month_key)
        return index.digest()

    def seal_keep(self, name: str, plaintext: bytes, version: int) -> bytes:
        """Seal something there is one of (settings, a draft), bound to its version."""
        return boxes.seal_padded(self._keep_key, plaintext, self._keep_aad(name, version))

    def open_keep(self, name: str, box: bytes, version: int) -> bytes:
        """Raises Unreadable, also when the box is of an older version than the row says."""
        return boxes.open_padded(self._keep_key, box, self._keep_aad(name, version))

    @cached_property
    def _private_key(self) -> bytes:
        """Raises Unreadable, also when somebody put another public key in the row."""
        key = keys.subkey(self.data_key, "private key")
        return boxes.open_box(key, self.private_box, self.owner.bytes + self.public_key)

    @cached_property
    def _entry_key(self) -> bytes:
        return keys.subkey(self.data_key, "entry")

    @cached_property
    def _month_key(self) -> bytes:
        return keys.subkey(self.data_key, "month")

    @cached_property
    def _keep_key(self) -> bytes:
        return keys.subkey(self.data_key, "keep")

    def _entry_aad(self, entry_id: UUID) -> bytes:
        return self.owner.bytes + entry_id.bytes + _ENTRY_VERSION

    def _keep_aad(self, name: str, version: int) -> bytes:
        return self.owner.bytes + version.to_bytes(8, "big") + name.encode()


def new_vault(owner: UUID) -> OpenVault:
    """A fresh vault, open, with nothing in it. Wrap its `data_key` in slots before storing it."""
    data_key = keys.new_data_key()
    public_key, private_key = keys.new_key_pair()
    private_box = boxes.seal(
        keys.subkey(data_key, "private key"), private_key, owner.bytes + public_key
    )
    return OpenVault(uuid4(), owner, public_key, data_key, private_box)
