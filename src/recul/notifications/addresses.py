"""Addresses as a mail server takes them."""

import re
from dataclasses import dataclass
from email.headerregistry import Address

DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class Undeliverable(Exception):
    """No mail server could take this address. The message never repeats it."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox; its domain is in ASCII."""

    local: str
    domain: str

    @property
    def spec(self) -> str:
        """What stands between < and >, with the quotes that odd signs need."""
        return Address(username=self.local, domain=self.domain).addr_spec

    @property
    def in_ascii(self) -> bool:
        return self.local.isascii()


def mailbox(address: str) -> Mailbox:
    """Read an address. Raises Undeliverable: it may never end a header, or name two people."""
    local, _, domain = address.rpartition("@")
    if not local or not local.isprintable() or any(c.isspace() for c in local):
        raise Undeliverable
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        found = Mailbox(local, plain)
        whole = len(found.spec)
    except ValueError:
        raise Undeliverable from None
    if not DOMAIN.fullmatch(plain) or whole > 320:
        raise Undeliverable
    return found
