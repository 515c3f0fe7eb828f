"""A real mail server on loopback that can be told to behave badly."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from tests import visitors

from recul.settings import Settings


@dataclass
class Received:
    to: list[str]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def text(self) -> str:
        """The plain twin."""
        return self._twin("plain")

    @property
    def html(self) -> str:
        return self._twin("html")

    def _twin(self, kind: Literal["plain", "html"]) -> str:
        part = self.mail.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])


@dataclass
class MailServer:
    """What came in, and how the next commands are answered.

    `answers` holds, by command, what to say instead of yes: a text is sent as it is, "drop" hangs
    up, "stall" says nothing, "slow" waits for `go_on`. One that ends with "…" stays in
    force.
    """

    port: int = 0
    received: list[Received] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    connections: int = 0
    stalled: int = 0
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    server: asyncio.Server | None = None
    options: dict[str, Any] = field(default_factory=dict)
    direct: ssl.SSLContext | None = None

    def ids(self) -> Counter[str]:
        return Counter(received.id for received in self.received)

    def readers(self) -> Counter[str]:
        return Counter(to for received in self.received for to in received.to)

    def settings(self, timeout: float = 0.4, tls: str = "none", user: str = "") -> Settings:
        return visitors.settings(**self.environment(timeout, tls, user))

    def environment(
        self, timeout: float = 0.4, tls: str = "none", user: str = ""
    ) -> dict[str, str]:
        at = f"{user}@" if user else ""
        url = f"smtp://{at}localhost:{self.port}?tls={tls}&timeout={timeout}"
        return {"RECUL_SMTP_URL": url, "RECUL_MAIL_FROM": "L’équipe de Recul <recul@exemple.org>"}

    async def listen(self) -> None:
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(
            lambda: Badly(self, **self.options), "127.0.0.1", self.port, ssl=self.direct
        )
        self.port = self.server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None

    def next_answer(self, command: str) -> str:
        waiting = self.answers.get(command, [])
        if not waiting:
            return ""
        return waiting[0].removesuffix("…") if waiting[0].endswith("…") else waiting.pop(0)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.received.append(Received(list(envelope.rcpt_tos), envelope.content))
        return await self._answered(server, "taken") or "250 taken"

    async def _answered(self, server: SMTP, command: str) -> str:
        answer = self.next_answer(command)
        if answer == "slow":
            await self.go_on.wait()
            return ""
        if answer == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        if answer in ("drop", "stall"):
            self.stalled += 1
            await asyncio.sleep(3600)  # until the connection ends
        return answer


class Badly(SMTP):
    """aiosmtpd's server, with a word to say before each command."""

    def __init__(self, book: MailServer, **options: Any) -> None:
        self._book = book
        super().__init__(book, enable_SMTPUTF8=True, hostname="courrier.exemple", **options)

    def connection_made(self, transport: Any) -> None:
        self._book.connections += 1
        super().connection_made(transport)

    async def _instead(
        self, command: str, usual: Callable[[str], Awaitable[Any]], arg: str
    ) -> None:
        answer = await self._book._answered(self, command)
        if answer:
            await self.push(answer)
        else:
            await usual(arg)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        await self._instead("EHLO", super().smtp_EHLO, hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        await self._instead("STARTTLS", super().smtp_STARTTLS, arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        await self._instead("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        await self._instead("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        await self._instead("DATA", super().smtp_DATA, arg)


def only(user: bytes, password: bytes) -> Callable[..., AuthResult]:
    """An authenticator that lets one user in."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return check


@asynccontextmanager
async def mail_server(
    direct: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[MailServer]:
    """`direct`: encrypted from the first byte on."""
    book = MailServer(options=options, direct=direct)
    await book.listen()
    try:
        yield book
    finally:
        await book.close()
        await asyncio.sleep(0)


async def until(condition: Callable[[], Any], seconds: float = 30) -> None:
    """Wait for something to become so; it must, within a bound."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.02)
