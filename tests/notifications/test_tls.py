"""Mail travels encrypted, to the server it is meant for, or not at all."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests.notifications.mails import MONDAY_TEN, a_mail, state
from tests.notifications.servers import MailServer, mail_server, only

from recul import clock
from recul.database import Database
from recul.notifications import outbox
from recul.notifications.smtp import Unreachable
from recul.settings import Settings

CERTIFICATES = Path(__file__).with_name("tls")
WAYS = ("starttls", "direct")
SECRETS = (b"AUTH", b"juste", b"anVzdGU", b"MAIL", b"RCPT", b"exemple.fr", b"Subject")


@dataclass
class Tap:
    """What somebody on the wire reads of what is sent to the mail server."""

    port: int = 0
    heard: bytearray = field(default_factory=bytearray)


@asynccontextmanager
async def tapped(server: MailServer) -> AsyncIterator[Tap]:
    tap = Tap()

    async def carry(source: asyncio.StreamReader, to: asyncio.StreamWriter, *, note: bool) -> None:
        with suppress(OSError):
            while some := await source.read(65536):
                tap.heard.extend(some if note else b"")
                to.write(some)
        to.close()

    async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection("127.0.0.1", server.port)
        await asyncio.gather(carry(reader, ours, note=True), carry(theirs, writer, note=False))

    listener = await asyncio.start_server(between, "127.0.0.1")
    tap.port = listener.sockets[0].getsockname()[1]
    try:
        yield tap
    finally:
        listener.close()


def certified(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


@asynccontextmanager
async def encrypted(way: str, certificate: str) -> AsyncIterator[tuple[MailServer, Tap]]:
    context = certified(certificate)
    how: dict[str, Any] = {"authenticator": only(b"recul", b"juste")}
    # aiosmtpd does not know that it is encrypted when it was from the first byte on.
    direct = {"direct": context, "auth_require_tls": False}
    how |= direct if way == "direct" else {"tls_context": context}
    async with mail_server(**how) as server, tapped(server) as tap:
        yield server, tap


def through(tap: Tap, server: MailServer, way: str) -> Settings:
    found = server.settings(timeout=5, tls=way, user="recul:juste")
    assert found.smtp
    return replace(found, smtp=replace(found.smtp, port=tap.port))


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates of our own authority count, as those of the system's do for real."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("way", WAYS)
async def test_nothing_but_the_greeting_can_be_read_on_the_wire(db: Database, way: str):
    async with encrypted(way, "localhost") as (server, tap):
        config = through(tap, server, way)
        with clock.set_to(MONDAY_TEN):
            mail = await a_mail(config)
            await outbox.send_due(config)
        assert await state(mail) == "sent"
        assert server.readers() == {"ana@exemple.fr": 1}
    heard = bytes(tap.heard)
    assert [secret for secret in SECRETS if secret in heard] == []
    clear = b"EHLO exemple.org\r\nSTARTTLS\r\n" if way == "starttls" else b""
    assert heard.startswith(clear + b"\x16\x03")  # then a handshake, and nothing else in clear


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("way", WAYS)
async def test_another_host_is_given_nothing(db: Database, way: str):
    async with encrypted(way, "elsewhere") as (server, tap):
        await _refused(through(tap, server, way), server, tap)


@pytest.mark.parametrize("way", WAYS)
async def test_who_vouches_for_itself_is_given_nothing(db: Database, way: str):
    async with encrypted(way, "localhost") as (server, tap):
        await _refused(through(tap, server, way), server, tap)


async def _refused(config: Settings, server: MailServer, tap: Tap) -> None:
    with clock.set_to(MONDAY_TEN):
        mail = await a_mail(config)
        with pytest.raises(Unreachable, match="SSLCertVerificationError"):
            await outbox.send_due(config)
    assert (await state(mail), server.received) == ("waiting", [])
    assert [secret for secret in SECRETS if secret in tap.heard] == []


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("answer", ["454 not now", "220 go on\r\n250 injected", "drop"])
async def test_who_will_not_encrypt_is_given_nothing(db: Database, answer: str):
    """Refused, answered in clear, or cut off by somebody in between."""
    async with encrypted("starttls", "localhost") as (server, tap):
        server.answers = {"STARTTLS": [answer]}
        config = through(tap, server, "starttls")
        with clock.set_to(MONDAY_TEN):
            mail = await a_mail(config)
            with pytest.raises(Unreachable):
                await outbox.send_due(config)
        assert (await state(mail), server.received) == ("waiting", [])
    assert [secret for secret in SECRETS if secret in tap.heard] == []
