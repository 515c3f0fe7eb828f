"""Connections that are not waited for for ever, and whose requests begin within bounds.

uvicorn leaves both to a proxy: a thousand connections that send a letter a minute would stay, and
a header without an end would fill the memory. An instance is often tried out without a proxy.
"""

import asyncio
from typing import Any

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 64 * 1024
"""Bytes that the first line and the headers of a request may have together."""
SECONDS = 20.0
"""How long a head may take from its first byte, and how long the next piece of a body."""
SWALLOWED = 32 * 1024 * 1024
"""Bytes of a body that are still taken in after it was answered: a browser reads the page that
says *trop long* only when it has sent all."""
TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


class Connection(HttpToolsProtocol):
    """One connection of a browser or a proxy."""

    head: int | None = 0
    """Bytes of the head so far; none once it is whole."""
    swallowed = 0
    waiting: asyncio.TimerHandle | None = None
    seconds = SECONDS

    @override
    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        if self.head is None:
            self._more_body(len(data))
        else:
            self.head += len(data)
        super().data_received(data)
        if self.head is not None and self.head > HEAD and not self.transport.is_closing():
            self.transport.write(TOO_LONG)
            self.transport.close()

    def _more_body(self, size: int) -> None:
        self._wait()
        if self.cycle.response_complete:
            self.swallowed += size
            if self.swallowed > SWALLOWED:
                self.transport.close()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    @override
    def on_headers_complete(self) -> None:
        self.head = None
        self._wait()
        super().on_headers_complete()

    @override
    def on_message_complete(self) -> None:
        self.head = self.swallowed = 0
        self._stop_waiting()
        super().on_message_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self.waiting = self.loop.call_later(self.seconds, self._late)

    def _late(self) -> None:
        if self.flow.read_paused:  # we are the slow ones: the body is read when there is room
            self._wait()
        else:
            self.transport.close()

    def _stop_waiting(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None
