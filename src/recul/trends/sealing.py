"""A cell's sums, sealed under a key of the keyring and bound to their place."""

from recul.trends import keyring
from recul.trends.keyring import KeyLost, Name
from recul.trends.sums import Sums
from recul.vault import boxes
from recul.vault.errors import Unreadable

__all__ = ["STORE", "KeyLost", "opened", "opened_with", "seal"]

STORE = "UPDATE sealed_cell SET key_version = {}, box = {} WHERE cell = {} AND cycle = {}"


def seal(key: bytes, name: Name, sums: Sums) -> bytes:
    """Always of the same size."""
    return boxes.seal(key, sums.encode(), _aad(name))


def opened(name: Name, box: bytes) -> Sums:
    """Raises KeyLost, also when the key that is here is not this box's."""
    return opened_with(keyring.bound().key(name), name, box)


def opened_with(key: bytes, name: Name, box: bytes) -> Sums:
    """Raises KeyLost."""
    try:
        return Sums.decode(boxes.open_box(key, box, _aad(name)))
    except (Unreadable, ValueError):
        raise KeyLost from None


def _aad(name: Name) -> bytes:
    return name.cell.bytes + name.cycle.to_bytes(4, "big") + name.version.to_bytes(4, "big")
