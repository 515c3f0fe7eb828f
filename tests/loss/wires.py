"""A wire between the server and PostgreSQL that can be cut, or go silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Wire:
    """A port of this machine that leads to the socket of a PostgreSQL server."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.lines: set[asyncio.StreamWriter] = set()
        self.open = asyncio.Event()
        self.open.set()
        self.port = 0

    async def carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        await self.open.wait()
        try:
            there, onward = await asyncio.open_unix_connection(self.place)
        except OSError:
            back.transport.abort()
            return
        self.lines |= {back, onward}
        await asyncio.gather(self._pass(here, onward), self._pass(there, back))
        self.lines -= {back, onward}

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                await self.open.wait()
                sink.write(data)
                await sink.drain()
        sink.close()

    def cut(self) -> None:
        """Every connection ends at once, in the middle of whatever was said."""
        for line in self.lines:
            line.transport.abort()

    def silence(self) -> None:
        """Nothing comes through, and nobody is told."""
        self.open.clear()

    def speak(self) -> None:
        self.open.set()

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


@asynccontextmanager
async def wire(place: Path) -> AsyncIterator[Wire]:
    made = Wire(place)
    server = await asyncio.start_server(made.carry, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.speak()
        made.cut()
        server.close()
