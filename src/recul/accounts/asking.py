"""What a browser is told to ask of an authenticator: JSON, its bytes in base64url."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from recul.accounts.webauthn import ALGORITHMS, PRF_INPUT, Site

Options = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A credential, and the ways in which a browser reaches it."""

    credential: bytes
    transports: str


def for_creation(
    site: Site, challenge: bytes, account: UUID, email: str, held: Sequence[Descriptor]
) -> Options:
    """The account's id says nothing of its person; the address stays with the authenticator, which
    shows it where somebody has several accounts."""
    return {
        "challenge": letters(challenge),
        "rp": {"id": site.domain, "name": "Recul"},
        "user": {"id": letters(account.bytes), "name": email, "displayName": email},
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in ALGORITHMS],
        "excludeCredentials": [_described(each) for each in held],
        "authenticatorSelection": {
            "residentKey": "preferred",
            "requireResidentKey": False,
            "userVerification": "preferred",
        },
        "attestation": "none",
        "extensions": {"credProps": True, "prf": _prf()},
    }


def for_use(
    site: Site, challenge: bytes, held: Sequence[Descriptor], *, verified: bool, computes: bool
) -> Options:
    """`held` empty: whichever the person chooses. `computes`: with a vault's secret."""
    return {
        "challenge": letters(challenge),
        "rpId": site.domain,
        "allowCredentials": [_described(each) for each in held],
        "userVerification": "required" if verified else "preferred",
        "extensions": {"prf": _prf()} if computes else {},
    }


def letters(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _prf() -> Options:
    return {"eval": {"first": letters(PRF_INPUT)}}


def _described(each: Descriptor) -> Options:
    ways = each.transports.split(",") if each.transports else []
    described: Options = {"type": "public-key", "id": letters(each.credential)}
    return described | ({"transports": ways} if ways else {})
