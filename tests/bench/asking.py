"""What is asked, over which connections, and what came of it."""

import asyncio
import secrets
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

NONCE = "nonce-of-22-characters"
"""Stands in a request for something that is new each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    port: int
    request: str
    status: int = 200
    holds: str = ""
    """What each answer must have in it: proof that it did what is measured."""
    connections: int = 8
    warm_up: float = 0.0
    """Before it is over, nothing counts; nor does the first answer of a connection, which waits
    for its turn to be accepted."""
    seconds: float = 0.0
    times: int = 0
    """Requests of each connection; 0 for as many as the seconds allow."""
    pause: float = 0.0
    """Seconds between an answer and the next question."""

    def lasting(self, warm_up: float, seconds: float) -> "Load":
        return replace(self, warm_up=warm_up, seconds=seconds)


@dataclass(slots=True)
class Result:
    """`latencies`, in seconds, are of the answers that came after the warm-up."""

    seconds: float = 0.0
    bytes: int = 0
    latencies: list[float] = field(default_factory=list)
    answers: int = 0
    """Those of the warm-up too."""

    @property
    def a_second(self) -> float:
        return len(self.latencies) / self.seconds


class Connection(asyncio.Protocol):
    """Asks, reads the whole answer, asks again."""

    def __init__(self, load: Load, result: Result, begin: float) -> None:
        self.load, self.result, self.begin = load, result, begin
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = bytearray()
        self.accepted = False
        self.left = load.times or -1

    def connection_made(self, transport: Any) -> None:
        """It asks when all are connected: a server takes a new one in between its answers."""
        self.transport = transport

    def ask(self) -> None:
        if self.transport.is_closing():
            return
        request = self.load.request.replace(NONCE, secrets.token_urlsafe(16))
        self.asked = perf_counter()
        self.transport.write(request.encode())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n") + 4
        if end < 4:
            return
        head = bytes(self.buffer[:end]).lower()
        size = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
        if len(self.buffer) >= end + size:
            self.answered(int(head[9:12]), end + size)

    def answered(self, status: int, size: int) -> None:
        now = perf_counter()
        proven = self.load.holds.encode() in self.buffer
        self.buffer.clear()
        if status != self.load.status or not proven:
            self.fail(
                f"{self.load.request.splitlines()[0]}: {status}, {self.load.holds!r} {proven}"
            )
            return
        self.result.bytes = size
        self.result.answers += 1
        known, self.accepted = self.accepted, True
        if now >= self.begin and (known or not self.load.warm_up):
            self.result.latencies.append(now - self.asked)
        self.next()

    def next(self) -> None:
        self.left -= 1
        if not self.left:
            self.done.set_result(None)
        elif self.load.pause:
            asyncio.get_running_loop().call_later(self.load.pause, self.ask)
        else:
            self.ask()

    def fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(why))

    def connection_lost(self, error: Exception | None) -> None:
        self.fail("the server closed the connection")


class OneOfSeveral(Connection):
    """Asks when its turn has come."""

    async def turn(self) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self.ask()
        await self.done

    def next(self) -> None:
        self.done.set_result(None)


class OfAShift(Connection):
    """Asks as long as its shift lasts, and has `rested` after its last answer."""

    working = False
    rested: asyncio.Future[None]

    def start(self) -> None:
        self.working, self.rested = True, asyncio.get_running_loop().create_future()
        self.ask()

    def next(self) -> None:
        if self.working:
            self.ask()
        else:
            self.rested.set_result(None)

    def fail(self, why: str) -> None:
        if not self.rested.done():
            self.rested.set_exception(RuntimeError(why))
