"""`recul serve` as a process of its own, and visitors that come over the network."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import httpx
from tests.visitors import TEST_ENVIRONMENT, Visitor

from recul import paths

SOURCES = paths.templates().parent


@dataclass(frozen=True, slots=True)
class Served:
    """A running instance; `log` holds all that it said."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def invitation(self) -> str:
        """The path of the first administrator's link, that the server said."""
        found: list[str] = re.findall(r"/invitation/[0-9A-Z-]+", self.log.read_text())
        return found[0]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])


@contextmanager
def serving(
    var: Path,
    log: Path,
    database_url: str = "",
    *words: str,
    host: str = "127.0.0.1",
    within: Sequence[str] = (),
    **more: str,
) -> Iterator[Served]:
    """`words`: options of `recul serve`; `more`: settings; `within`: a command that starts it."""
    port = free_port()
    program = [*within, sys.executable, "-m", "recul.cli"]
    command = [*program, "serve", "--port", str(port), *words]
    env = environment(var, database_url, RECUL_HOST=host, **more)
    with log.open("wb") as sink:
        server = subprocess.Popen(command, cwd=var.parent, env=env, stdout=sink, stderr=sink)
        try:
            _wait(f"http://{host}:{port}/healthz", server, log)
            yield Served(f"http://{host}:{port}", log, server)
        finally:
            server.terminate()
            server.wait(20)


def environment(var: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """Nothing of the tests' own surroundings, and one cheap derivation."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env |= TEST_ENVIRONMENT | {"RECUL_VAR": str(var), "PYTHONPATH": str(SOURCES / "src")}
    return env | {"RECUL_DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    transport = httpx.HTTPTransport(retries=6)  # waits longer each time, 30 seconds in all
    with httpx.Client(transport=transport, timeout=30, trust_env=False) as client:
        try:
            assert client.get(url).text == "ok"
        except httpx.TransportError:
            raise AssertionError(f"no answer ({server.poll()}): {log.read_text()}") from None


class RemoteVisitor(Visitor):
    """A browser window on a served instance."""

    def __init__(self, url: str) -> None:
        self.client = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)
        self.email = ""

    @classmethod
    def of_several(cls, *urls: str) -> "RemoteVisitor":
        """Behind something that gives each request to another process, as one site."""
        visitor = cls("http://recul.test")
        visitor.client = httpx.AsyncClient(
            transport=InTurns(urls), base_url="http://recul.test", timeout=30
        )
        return visitor

    def moved(self, url: str) -> "RemoteVisitor":
        """The same cookies at another process."""
        other = RemoteVisitor(url)
        other.client.cookies.update(self.client.cookies)
        return other


class InTurns(httpx.AsyncBaseTransport):
    """Each request goes to the next of several servers, on a connection of its own."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._next = cycle([httpx.URL(url) for url in urls])
        self._wire = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self.asked: list[int | None] = []
        """The ports, in order."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        to = next(self._next)
        self.asked.append(to.port)
        url = request.url.copy_with(scheme=to.scheme, host=to.host, port=to.port)
        sent = httpx.Request(request.method, url, headers=request.headers, stream=request.stream)
        return await self._wire.handle_async_request(sent)

    async def aclose(self) -> None:
        await self._wire.aclose()


@asynccontextmanager
async def visiting(*visitors: Visitor) -> AsyncIterator[None]:
    """Closes their connections at the end."""
    try:
        yield
    finally:
        for visitor in visitors:
            await visitor.client.aclose()
