"""Attack: connections that begin and do not go on, a letter a minute (slowloris), heads without an
end, bodies without an end, requests that two readers understand differently (smuggling).

Behind a proxy most of it never arrives; an instance without one would run out of memory or of
connections, and nobody could sign in. A real server is attacked; how long it waits is shortened
where that is what is tested.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from tests.processes import RemoteVisitor, Served, serving, visiting
from uvicorn.server import ServerState

from recul import listening as listening_module
from recul.connections import HEAD, SECONDS, SWALLOWED, Connection

PATIENCE = 30.0
"""Seconds after which an answer that does not come has failed the test."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("slow")
    with serving(folder / "var", folder / "log") as server:
        yield server


Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Pair]:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield reader, writer
    finally:
        writer.close()


async def said(pair: Pair, *pieces: bytes) -> bytes:
    """All that is answered until the server closes, or until it has said what it wants to."""
    reader, writer = pair
    for piece in pieces:
        try:
            writer.write(piece)
            await writer.drain()
        except ConnectionError:
            break
    return await _read(reader)


async def _read(reader: asyncio.StreamReader) -> bytes:
    found = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while piece := await reader.read(65536):
                found += piece
    except ConnectionError:
        pass
    return found


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.mark.slow
async def test_others_are_served_beside_two_hundred_that_dawdle(served: Served):
    pairs: list[Pair] = []
    host, port = served.url.removeprefix("http://").split(":")
    for number in range(200):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nX-A: "[:number])
        pairs.append((reader, writer))
    visitor = RemoteVisitor(served.url)
    async with visiting(visitor):
        assert (await visitor.get("/connexion")).status_code == 200
    for _, writer in pairs:
        writer.close()
    assert "Error" not in served.log.read_text()


HEADS = {
    "a header without an end": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"a" * 4096),
    "headers without an end": (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-A: a\r\n" * 512),
    "an address without an end": (b"GET /", b"a" * 4096),
    "a method without an end": (b"", b"A" * 4096),
    "an empty line after another": (b"", b"\r\n" * 2048),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HEADS)
async def test_a_head_without_an_end(served: Served, name: str):
    first, more = HEADS[name]
    async with connected(served.url) as pair:
        answer = await said(pair, first, *[more] * (4 * HEAD // len(more)))
    # Told, or hung up on: in either case it is over long before four times the bound.
    assert status(answer) in (0, 400, 431)


@pytest.mark.slow
async def test_a_body_without_an_end(served: Served):
    """After the answer a browser may go on for a while; then the connection is closed."""
    head = b"POST /connexion HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    piece = b"10000\r\n" + b"a" * 65536 + b"\r\n"
    async with connected(served.url) as (reader, writer):
        answer = asyncio.ensure_future(_read(reader))
        sent = await _poured(writer, head + kind, piece)
        assert status(await answer) == 413
    assert sent < SWALLOWED + 16 * 1024 * 1024


async def _poured(writer: asyncio.StreamWriter, head: bytes, piece: bytes) -> int:
    sent = 0
    writer.write(head)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                writer.write(piece)
                await writer.drain()
                sent += len(piece)
    except ConnectionError:
        return sent


SMUGGLED = b"GET /invitation HTTP/1.1\r\nHost: x\r\n\r\n"
TWO_READINGS = {
    "two lengths": b"Content-Length: 0\r\nContent-Length: 39\r\n",
    "two lengths in one": b"Content-Length: 0, 39\r\n",
    "a length and pieces": b"Content-Length: 39\r\nTransfer-Encoding: chunked\r\n",
    "pieces and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 39\r\n",
    "pieces that are none": b"Content-Length: 39\r\nTransfer-Encoding: xchunked\r\n",
    "pieces, folded": b"Content-Length: 39\r\nTransfer-Encoding:\r\n chunked\r\n",
    "pieces, spaced": b"Content-Length: 39\r\nTransfer-Encoding : chunked\r\n",
    "a sign before the length": b"Content-Length: +39\r\n",
    "a length in sixteens": b"Content-Length: 0x27\r\n",
    "no length at all": b"Content-Length: \r\n",
    "a length below nothing": b"Content-Length: -1\r\n",
    "a name with a NUL": b"Content-Length\0: 39\r\n",
    "a bare line end": b"X-A: a\nContent-Length: 39\r\n",
}


@pytest.mark.slow
async def test_a_request_that_can_be_read_in_two_ways_is_read_in_none(served: Served):
    for name, headers in TWO_READINGS.items():
        async with connected(served.url) as pair:
            request = b"POST /langue HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers
            answer = await said(pair, request + b"\r\n" + SMUGGLED)
        # One answer at most, to the request that was sent, never one to what was hidden in it.
        assert answer.count(b"HTTP/1.1 ") <= 1, (name, answer[:300])
        assert status(answer) in (0, 400, 403), (name, answer[:100])


LINES = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET http://ailleurs.example/carnet HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET //ailleurs.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /%ff%fe%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"CONNECT ailleurs.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: close, upgrade\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
)


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
async def test_a_first_line_that_is_odd(served: Served, line: bytes):
    async with connected(served.url) as (reader, writer):
        writer.write(line)
        writer.write_eof()
        answer = await _read(reader)
    assert status(answer) in (0, 200, 303, 400, 404, 405), answer[:200]
    assert b"ailleurs.example" not in answer
    assert "Error" not in served.log.read_text()


class Quick(Connection):
    seconds = 0.3


@asynccontextmanager
async def listening() -> AsyncIterator[str]:
    """The connections of a server, less patient, before an application that takes any body."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            more = (await receive()).get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    config = uvicorn.Config(app, log_level="warning", timeout_keep_alive=1)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Quick(config, state, {}), "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"


@pytest.mark.parametrize(
    "sent", [b"", b"G", POST, POST + b"X-A: a", POST + b"\r\n", POST + b"\r\nab"]
)
async def test_who_does_not_go_on_is_left(sent: bytes):
    """`_read` ends only when the server has closed the connection."""
    async with listening() as url, connected(url) as pair:
        assert await said(pair, sent) == b""


async def test_who_is_slow_but_goes_on_is_waited_for():
    body = b"a" * 12
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 12\r\n\r\n"
    async with listening() as url, connected(url) as (reader, writer):
        writer.write(head)
        for letter in body:
            writer.write(bytes([letter]))
            await asyncio.sleep(0.05)  # twelve times: twice as long as one wait
        assert b"200 OK" in await _read(reader)


async def test_a_connection_that_is_kept_takes_the_next_request():
    async with listening() as url, connected(url) as (reader, writer):
        for _ in range(3):
            writer.write(POST + b"\r\nabcd")
            assert b"200 OK" in await reader.readuntil(b"ok")
        await asyncio.sleep(0.4)  # longer than a head may take: between two requests nothing is due
        writer.write(POST + b"\r\nabcd")
        assert b"200 OK" in await reader.readuntil(b"ok")
    assert Quick.seconds < SECONDS


def test_the_server_listens_with_these():
    assert listening_module._connections() == "recul.connections:Connection"
