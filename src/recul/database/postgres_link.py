"""A connection that notices within seconds that nobody is there any more.

When a cable is cut or a firewall forgets the connection, no word comes: TCP alone would wait for
a quarter of an hour or for ever. How long a statement may take has nothing to do with it.
"""

import socket
from contextlib import suppress
from typing import Any

import asyncpg

SILENT_SECONDS = 5
PROBES = 3

_OPTIONS: tuple[tuple[int, str, int], ...] = (
    (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", SILENT_SECONDS),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", SILENT_SECONDS),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", PROBES),
    (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", SILENT_SECONDS * PROBES * 1000),
)


class Link(asyncpg.Connection):  # type: ignore[misc]
    """asyncpg asks for such a class by name: it is made with the connection's transport."""

    def __init__(self, protocol: Any, transport: Any, *more: Any) -> None:
        super().__init__(protocol, transport, *more)
        line = transport.get_extra_info("socket")
        if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
            for level, name, value in _OPTIONS:
                with suppress(AttributeError, OSError):  # not every system has each of them
                    line.setsockopt(level, getattr(socket, name), value)
