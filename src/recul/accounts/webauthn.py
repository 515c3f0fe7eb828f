"""What authenticators and browsers sign: is it genuine, and for this site?

W3C Web Authentication, level 3, sections 7.1 and 7.2. Which challenge was asked of whom is for
`challenges`; whose credential it is, for the actions. Attestations are not asked for, nor read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AttestationObject, AuthenticatorData, CollectedClientData

CREATE, GET = "webauthn.create", "webauthn.get"
ALGORITHMS = (-8, -7, -257)
"""Ed25519, ECDSA on P-256, and RSA for Windows, as COSE numbers them; the first is preferred."""
PRF_INPUT = sha256(b"recul: opens a journal").digest()
"""What an authenticator computes a vault's secret from: the same for all, or nobody could open one
without saying first who she is. Its key is the passkey's own, and each slot has its salt."""
LONGEST_ID = 1023
_RSA_BYTES = range(256, 513)
_RSA_EXPONENT = b"\x01\x00\x01"

T = TypeVar("T")


class NotGenuine(Exception):
    """This was not signed for this site by that passkey, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Site:
    """Whom passkeys are made for: the domain of the instance, and the origin of its pages."""

    domain: str
    origin: str

    @classmethod
    def of(cls, url: str) -> "Site":
        """By the settings' address alone: what a request says of its host proves nothing."""
        parts = urlsplit(url)
        domain = (parts.hostname or "").encode("idna").decode()
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        port = f":{parts.port}" if parts.port not in (None, usual) else ""
        return cls(domain, f"{parts.scheme}://{domain}{port}")


@dataclass(frozen=True, slots=True)
class Created:
    """A new credential, as it is stored."""

    credential: bytes
    public_key: bytes
    sign_count: int
    verified: bool
    """Whether the authenticator knew its person: by a finger, a face or a code."""


@dataclass(frozen=True, slots=True)
class Used:
    """One use of a credential."""

    sign_count: int
    verified: bool


def challenge_of(site: Site, kind: str, client_data: bytes) -> bytes:
    """What the browser says it was asked. Raises NotGenuine when another site asked."""
    said = _read(CollectedClientData, client_data)
    if said.type != kind or said.origin != site.origin or said.cross_origin:
        raise NotGenuine
    return said.challenge


def created(site: Site, attestation: bytes) -> Created:
    """The credential that an authenticator made. Raises NotGenuine.

    Nobody vouches for it: it is believed because the person who is signed in sends it.
    """
    said = _read(AttestationObject, attestation).auth_data
    _check(site, said)
    made = said.credential_data
    if made is None or not 0 < len(made.credential_id) <= LONGEST_ID:
        raise NotGenuine
    public_key = cbor.encode(made.public_key)
    _require_usable(made.public_key)
    return Created(made.credential_id, public_key, said.counter, said.is_user_verified())


def used(
    site: Site, public_key: bytes, *, client_data: bytes, said: bytes, signature: bytes
) -> Used:
    """`said`: what the authenticator says of itself. Raises NotGenuine."""
    data = _read(AuthenticatorData, said)
    _check(site, data)
    key = _read(lambda raw: CoseKey.parse(_mapping(raw)), public_key)
    _read(lambda raw: key.verify(raw, signature), said + sha256(client_data).digest())
    return Used(data.counter, data.is_user_verified())


def _check(site: Site, said: AuthenticatorData) -> None:
    if said.rp_id_hash != sha256(site.domain.encode()).digest() or not said.is_user_present():
        raise NotGenuine
    if said.is_backed_up() and not said.is_backup_eligible():
        raise NotGenuine


def _require_usable(key: CoseKey) -> None:
    """Of an algorithm that was asked for, and a key that its signatures can be checked with."""
    if key.get(3) not in ALGORITHMS:
        raise NotGenuine
    if key[3] == -257 and (
        _read(len, key.get(-1, b"")) not in _RSA_BYTES or key.get(-2) != _RSA_EXPONENT
    ):
        raise NotGenuine
    try:
        key.verify(b"", b"")
    except InvalidSignature:
        return
    except Exception:
        raise NotGenuine from None


def _mapping(raw: bytes) -> dict[int, Any]:
    found = cbor.decode(raw)
    if not isinstance(found, dict):
        raise TypeError
    return found


def _read(reader: Callable[[bytes], T], raw: bytes) -> T:
    """Anybody may send anything: whatever a reader trips over is refused alike."""
    try:
        return reader(raw)
    except Exception:
        raise NotGenuine from None
