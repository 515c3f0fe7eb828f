"""Reading one value of a setting. Each raises ValueError with what to write instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_network
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SECRET_CHARACTERS = 32
DATABASES = ("sqlite:///", "postgresql://", "postgres://")


def text(value: str) -> str:
    return value


def flag(value: str) -> bool:
    words = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
    if value.lower() not in words:
        raise ValueError("write yes or no")
    return words[value.lower()]


def between(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"write a whole number from {low} to {high}")
        return int(value)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError("write one of: " + ", ".join(choices))
        return value

    return read


def networks(value: str) -> str:
    """Addresses such as 127.0.0.1 or 172.17.0.0/16. Not every one: callers would name their own."""
    found = [part.strip() for part in value.split(",")]
    for part in found:
        try:
            open_to_all = ip_network(part).prefixlen == 0
        except ValueError:
            open_to_all = True
        if open_to_all:
            raise ValueError("write addresses or networks such as 127.0.0.1, 172.17.0.0/16")
    return ",".join(found)


def zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("write a time zone such as Europe/Paris") from None
    return value


def address(value: str) -> str:
    parts = urlsplit(value)
    whole = parts.scheme in ("http", "https") and parts.netloc and not parts.query
    if not whole or not _one_line(value):
        raise ValueError("write an address such as https://recul.example.org")
    return value.rstrip("/")


def site(value: str) -> str:
    """The address of an instance, which is alone on its host: its own links begin with a slash."""
    if urlsplit(value).path.strip("/"):
        raise ValueError("write an address without a path, such as https://recul.example.org")
    return address(value)


def way_out(value: str) -> str:
    """A path of the application itself, or a whole address."""
    here = value.startswith("/") and not value.startswith(("//", "/\\")) and _one_line(value)
    return value if here else address(value)


def _one_line(value: str) -> bool:
    """Fit for a header: `urlsplit` passes over line ends, browsers over tabs."""
    return value.isascii() and value.isprintable() and " " not in value


def database(value: str) -> str:
    if not any(value.startswith(scheme) and value != scheme for scheme in DATABASES):
        raise ValueError("write sqlite:///path or postgresql://user:password@host/name")
    return value


def replica(value: str) -> str:
    if not any(value.startswith(scheme) and value != scheme for scheme in DATABASES[1:]):
        raise ValueError("write postgresql://user:password@host/name")
    return value


def secret(value: str) -> str:
    if len(value) < SECRET_CHARACTERS:
        raise ValueError(f"write at least {SECRET_CHARACTERS} characters drawn at random")
    return value


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over."""

    host: str
    port: int
    tls: str
    """starttls, direct or none."""
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20
    """Seconds that one answer of the server may take."""


def mail_server(value: str) -> MailServer:
    """``smtp://user:password@host:587?tls=starttls`` or ``smtps://…``. Its errors repeat nothing
    of the value, which may hold a password."""
    wrong = ValueError(
        "write smtp://user:password@host:587?tls=starttls (or tls=direct, tls=none), "
        "with odd signs of the password as %2F"
    )
    try:
        parts = urlsplit(value)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        direct = parts.scheme == "smtps"
        tls = options.pop("tls", "direct" if direct else "starttls")
        timeout = float(options.pop("timeout", 20))
        port = parts.port or {"direct": 465, "starttls": 587, "none": 25}[tls]
    except (ValueError, KeyError):
        raise wrong from None
    known = parts.scheme in ("smtp", "smtps") and tls in ("starttls", "direct", "none")
    if not known or options or not parts.hostname or not 0 < timeout <= 300:
        raise wrong
    if parts.path not in ("", "/") or parts.fragment or (direct and tls != "direct"):
        raise wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and tls == "none" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("write tls=starttls or tls=direct: a password travels encrypted only")
    return MailServer(parts.hostname, port, tls, user, password, timeout)


def mail_from(value: str) -> str:
    """An address, with or without a name in front: Recul <recul@example.org>."""
    address = parseaddr(value)[1]
    plain = re.fullmatch(r"[^\s@<>()\",;:]+@[A-Za-z0-9.-]+", address)
    if plain is None or not address.isascii() or not value.isprintable():
        raise ValueError("write an address such as Recul <recul@example.org>")
    return value
