"""An authenticator and its browser, in software: it answers the options that a page asks with.

It signs with real keys, in the shapes that the standard gives; what a test forges, it changes.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256, RS256, EdDSA

ORIGIN, DOMAIN = "https://recul.test", "recul.test"
PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40

Answer = dict[str, str]


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Es256:
    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def public(self) -> Any:
        return ES256.from_cryptography_key(self._key.public_key())

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text, ec.ECDSA(SHA256()))


class Ed25519:
    def __init__(self) -> None:
        self._key = ed25519.Ed25519PrivateKey.generate()

    def public(self) -> Any:
        return EdDSA.from_cryptography_key(self._key.public_key())

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text)


class Rs256:
    def __init__(self, size: int = 2048) -> None:
        self._key = rsa.generate_private_key(65537, size)

    def public(self) -> Any:
        return RS256.from_cryptography_key(self._key.public_key())

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text, padding.PKCS1v15(), SHA256())


@dataclass
class Credential:
    key: Any
    user: bytes
    id: bytes = field(default_factory=lambda: token_bytes(32))
    secret: bytes = field(default_factory=lambda: token_bytes(32))
    count: int = 0


@dataclass
class Authenticator:
    """What it can do, where its browser is, and the credentials that it holds."""

    prf: bool = True
    prf_at_creation: bool = True
    verifies: bool = True
    counts: bool = True
    origin: str = ORIGIN
    domain: str = DOMAIN
    algorithm: Any = Es256
    flags: int = 0
    held: list[Credential] = field(default_factory=list)

    def create(self, options: dict[str, Any]) -> Answer:
        """As `navigator.credentials.create`, in the letters that the page's script sends."""
        made = Credential(self.algorithm(), decoded(options["user"]["id"]))
        self.held.append(made)
        public = cbor.encode(made.key.public())
        held = bytes(16) + len(made.id).to_bytes(2, "big") + made.id + public
        said = self._said(made, ATTESTED) + held
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": said})
        at_once = self.prf_at_creation and self.verifies
        return {
            "client_data": encoded(self._client_data("webauthn.create", options)),
            "attestation": encoded(attestation),
            "computes": "1" if self.prf else "",
            "secret": encoded(self._secret(made, options) if at_once else b""),
        }

    def get(self, options: dict[str, Any], which: int = -1) -> Answer:
        """As `navigator.credentials.get`, with one of the credentials that it holds."""
        credential = self.held[which]
        credential.count += self.counts
        client_data = self._client_data("webauthn.get", options)
        said = self._said(credential, 0)
        return {
            "credential": encoded(credential.id),
            "client_data": encoded(client_data),
            "authenticator_data": encoded(said),
            "signature": encoded(credential.key.sign(said + sha256(client_data).digest())),
            "user": encoded(credential.user),
            "secret": encoded(self._secret(credential, options)),
        }

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said | {"crossOrigin": False}).encode()

    def _said(self, credential: Credential, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | self.flags | more
        count = credential.count.to_bytes(4, "big")
        return sha256(self.domain.encode()).digest() + bytes([flags]) + count

    def _secret(self, credential: Credential, options: dict[str, Any]) -> bytes:
        """The PRF extension; without a verified person an authenticator has another secret."""
        asked = options.get("extensions", {}).get("prf")
        if not self.prf or asked is None or "eval" not in asked:
            return b""
        salt = sha256(b"WebAuthn PRF\0" + decoded(asked["eval"]["first"])).digest()
        key = credential.secret if self.verifies else sha256(credential.secret).digest()
        return hmac.digest(key, salt, "sha256")
