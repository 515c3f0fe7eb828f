"""What was searched for, as it may stand in an address: sealed, since browsers keep a history."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault

NAMES = ("mots", "ressenti", "contexte")
NOTHING = dict.fromkeys(NAMES, "")


def sealed(vault: OpenVault, asked: dict[str, str]) -> str:
    """The words of a search, of which only this vault makes anything."""
    box = vault.seal_keep("search", json.dumps([asked[name] for name in NAMES]).encode(), 1)
    return urlsafe_b64encode(box).decode().rstrip("=")


def opened(vault: OpenVault, query: str) -> dict[str, str]:
    """The words again; nothing asked for when the address was made elsewhere, or cut."""
    try:
        box = urlsafe_b64decode(query.encode("ascii") + b"==")
        return dict(zip(NAMES, json.loads(vault.open_keep("search", box, 1)), strict=True))
    except (Unreadable, ValueError):
        return NOTHING
