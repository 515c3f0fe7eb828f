"""One connection to the mail server for a round of sending, made when it is first needed."""

from contextlib import suppress
from datetime import timedelta
from types import TracebackType

import anyio
from aiosmtplib import SMTP, SMTPException

from recul.notifications import messages, smtp
from recul.notifications.smtp import Later, Unreachable
from recul.settings import Settings
from recul.values import MailServer

STEPS = 4
"""Answers to wait for until a mail is handed over: MAIL, RCPT, DATA, the content."""


class Connection:
    def __init__(self, config: Settings, server: MailServer) -> None:
        self._server = server
        self._name = messages.sender(config)[1].domain
        self._client: SMTP | None = None
        self.patience = timedelta(seconds=STEPS * server.timeout)

    async def __aenter__(self) -> "Connection":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        client, self._client = self._client, None
        if client is not None:
            with anyio.CancelScope(shield=True):
                await smtp.leave(client)

    @property
    def client(self) -> SMTP:
        if self._client is None:
            raise Later("SMTPServerDisconnected")
        return self._client

    async def ready(self) -> None:
        """Connect, unless the last mail left the connection open. Raises Unreachable."""
        if self._client is None or not self._client.is_connected:
            try:
                with anyio.fail_after(self.patience.total_seconds()):
                    self._client = await smtp.connect(self._server, self._name)
            except TimeoutError:
                raise Unreachable("TimeoutError") from None

    async def clear(self) -> None:
        """Forget a mail that was not taken, so that the next one can go."""
        if self._client is not None and self._client.is_connected:
            with suppress(SMTPException, OSError):
                await self._client.rset()
                return
        self.cut()

    def cut(self) -> None:
        """The server's next answer would be to a question of before."""
        if self._client is not None:
            self._client.close()
        self._client = None
