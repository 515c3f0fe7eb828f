"""The load: a process of its own that asks as fast as it is answered, over kept connections.

Reads a JSON list of loads from its input, applies them together, prints a list of results.
A load with `times` ends by itself and ends the others; without one, `seconds` count. Loads that
are compared may ask in turns, one of them after the answer to the other, or in shifts, all their
connections for a moment each: whatever else the machine does hits them alike.
"""

import asyncio
import json
import secrets
import subprocess
import sys
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from time import perf_counter
from typing import Any

import uvloop

SHIFT = 0.12
"""Seconds."""
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


async def apply(load: Load, result: Result) -> None:
    """Until its time is over, or each connection has had its answers."""
    begin = perf_counter() + load.warm_up
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(
            lambda: Connection(load, result, begin), "127.0.0.1", load.port
        )
        for _ in range(load.connections)
    ]
    for _, connection in made:
        connection.ask()
    ends = [connection.done for _, connection in made]
    wait = None if load.times else load.warm_up + load.seconds
    done, _ = await asyncio.wait(ends, timeout=wait, return_when=asyncio.FIRST_EXCEPTION)
    result.seconds = perf_counter() - begin
    for transport, connection in made:
        connection.done.cancel()
        transport.abort()
    for ended in done:
        ended.result()


async def apply_all(loads: list[Load]) -> list[Result]:
    results = [Result() for _ in loads]
    tasks = [asyncio.create_task(apply(*pair)) for pair in zip(loads, results, strict=True)]
    finite = [task for task, load in zip(tasks, loads, strict=True) if load.times]
    await asyncio.gather(*(finite or tasks))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return results


async def apply_in_turns(loads: list[Load]) -> list[Result]:
    """Each over one connection, for as long as the first of them says."""
    results = [Result() for _ in loads]
    begin = perf_counter() + loads[0].warm_up
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(partial(OneOfSeveral, *pair, begin), "127.0.0.1", pair[0].port)
        for pair in zip(loads, results, strict=True)
    ]
    while perf_counter() < begin + loads[0].seconds:
        for _, connection in made:
            await connection.turn()
    for transport, _ in made:
        transport.abort()
    return results


async def apply_in_shifts(loads: list[Load]) -> list[Result]:
    """Each load as long as the first says, shift by shift; the first of each is to warm up."""
    results = [Result() for _ in loads]
    teams = [await _team(*pair) for pair in zip(loads, results, strict=True)]
    shifts = max(1, round(loads[0].seconds / SHIFT))
    for number in range(shifts + 1):
        for team, result in zip(teams, results, strict=True):
            if number == 1:
                result.latencies, result.seconds = [], 0.0
            result.seconds += await _shift(team)
    for team in teams:
        for connection in team:
            connection.transport.abort()
    return results


async def _team(load: Load, result: Result) -> list[OfAShift]:
    loop = asyncio.get_running_loop()
    made = partial(OfAShift, load, result, 0.0)
    return [
        (await loop.create_connection(made, "127.0.0.1", load.port))[1]
        for _ in range(load.connections)
    ]


async def _shift(team: list[OfAShift]) -> float:
    """How long it was until the last of them had rested."""
    started = perf_counter()
    for connection in team:
        connection.start()
    await asyncio.sleep(SHIFT)
    for connection in team:
        connection.working = False
    await asyncio.gather(*(connection.rested for connection in team))
    return perf_counter() - started


def applied(*loads: Load, how: str = "together") -> list[Result]:
    """The results of loads applied by a process of their own: together, in turns or in shifts."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.load", how],
        input=json.dumps([asdict(load) for load in loads]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Result(**fields) for fields in json.loads(ran.stdout)]


def main() -> None:
    loads = [Load(**fields) for fields in json.load(sys.stdin)]
    work = {"together": apply_all, "turns": apply_in_turns, "shifts": apply_in_shifts}
    results = uvloop.run(work[sys.argv[1]](loads))
    json.dump([asdict(result) for result in results], sys.stdout)


if __name__ == "__main__":
    main()
