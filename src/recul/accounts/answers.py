"""What the page's script sends of a passkey: one JSON object, its bytes in base64url."""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field

from recul.accounts.webauthn import NotGenuine

LONGEST = 16_000
"""Letters of an answer; an honest one has about 2,000."""
TRANSPORTS = frozenset({"ble", "hybrid", "internal", "nfc", "smart-card", "usb"})


@dataclass(frozen=True, slots=True)
class Creation:
    """A new passkey. The secret is what its authenticator computes, if it does and has done so."""

    client_data: bytes
    attestation: bytes
    transports: str
    computes: bool
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A passkey was used. `user` is whom the authenticator holds it for, if it knows."""

    credential: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes = field(repr=False)
    user: bytes
    secret: bytes = field(repr=False)


def creation(sent: str) -> Creation:
    """Raises NotGenuine when it cannot be read."""
    fields = _fields(sent)
    ways = set(fields.get("transports", "").split(",")) & TRANSPORTS
    return Creation(
        client_data=_raw(fields, "client_data"),
        attestation=_raw(fields, "attestation"),
        transports=",".join(sorted(ways)),
        computes=bool(fields.get("computes") or fields.get("secret")),
        secret=_raw(fields, "secret"),
    )


def assertion(sent: str) -> Assertion:
    """Raises NotGenuine when it cannot be read."""
    fields = _fields(sent)
    return Assertion(
        credential=_raw(fields, "credential"),
        client_data=_raw(fields, "client_data"),
        authenticator_data=_raw(fields, "authenticator_data"),
        signature=_raw(fields, "signature"),
        user=_raw(fields, "user"),
        secret=_raw(fields, "secret"),
    )


def _fields(sent: str) -> dict[str, str]:
    try:
        found = json.loads(sent) if len(sent) <= LONGEST else None
    except (ValueError, RecursionError):
        raise NotGenuine from None
    if not isinstance(found, dict):
        raise NotGenuine
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _raw(fields: dict[str, str], name: str) -> bytes:
    """Empty when it was left out."""
    letters = fields.get(name, "")
    try:
        return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    except ValueError:
        raise NotGenuine from None
