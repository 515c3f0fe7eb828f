"""Attack: an address is given to the server, which fetches it from where it stands: the metadata of
its cloud, the database's port, the employer's intranet.

Nothing here fetches an address that somebody gave (a busy calendar by address, PRODUCT B19, is
not built). The proof is in two halves: no module of the sources can speak HTTP as a client, and
while everybody goes everywhere with addresses in every field, no connection leaves but to the
database and the mail server.
"""

import ast
import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from litestar import Litestar
from tests.booking.world import NOON
from tests.fuzz.people import built, closing
from tests.fuzz.sending import Desk
from tests.notifications.servers import mail_server
from tests.routes import routes
from tests.visitors import Visitor

from recul import clock, paths
from recul.accounts.actions import mailed
from recul.app import create_app
from recul.database import Database
from recul.journal.exporting import FORMAT
from recul.notifications import outbox
from recul.web.roles import Role

CLIENTS = set(
    "httpx requests urllib3 aiohttp http ftplib telnetlib pycurl smtplib imaplib poplib nntplib "
    "xmlrpc websockets paramiko socketserver".split()
)
PARTS = {"urllib.request", "urllib.error", "urllib.robotparser"}
SOCKETS = {
    # The lock of a job says which host holds it; the server listens.
    *("clockwork/leases.py", "serving.py", "listening.py", "supervising.py"),
    # Mail leaves here, to the one server that the settings name.
    *("notifications/connection.py", "notifications/smtp.py"),
    # The database and its replica.
    *("database/binding.py", "database/postgres.py", "database/replica.py"),
    *("database/postgres_link.py", "database/postgres_troubles.py"),
    # Commands: what stands in the settings, or what was named on the command line.
    *("keeping/snapshots.py", "keeping/targets.py", "keeping/trouble.py", "looks/ways.py"),
}
"""Who may open one: each connects only to what the operator names."""


def _imports() -> Iterator[tuple[str, str]]:
    sources = paths.templates().parent / "src" / "recul"
    for file in sources.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            yield from ((file.relative_to(sources).as_posix(), name) for name in names)


def test_no_module_is_a_client_of_anything_on_the_web():
    found = [(file, name) for file, name in _imports() if name.split(".")[0] in CLIENTS]
    assert found + [(file, name) for file, name in _imports() if name in PARTS] == []


def test_sockets_are_opened_in_few_places():
    tools = {"socket", "aiosmtplib", "asyncpg", "ssl"}
    assert {file for file, name in _imports() if name.split(".")[0] in tools} == SOCKETS


class _Heard:
    """Where connections went, and whose names were asked for. An audit hook cannot be taken out
    again, so it is put in once and listens only when asked."""

    def __init__(self) -> None:
        self.to: list[Any] | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if self.to is not None and event in ("socket.connect", "socket.getaddrinfo"):
            self.to.append(args[1] if event == "socket.connect" else args[:2])

    @contextmanager
    def listening(self) -> Iterator[list[Any]]:
        found: list[Any] = []
        self.to = found
        try:
            yield found
        finally:
            self.to = None


HEARD = _Heard()


@asynccontextmanager
async def trap() -> AsyncIterator[tuple[str, list[object]]]:
    """A server that nobody should ever visit, and who did: other threads and other languages
    included, which no hook hears."""
    visits: list[object] = []

    async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(writer.get_extra_info("peername"))
        writer.close()

    server = await asyncio.start_server(visited, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", visits


FIELDS = "video_link place access_note name purpose text memo outcome words display_name url link"


async def _goes_everywhere(desk: Desk, address: str) -> int:
    """Each form of each page with the address in its fields; each page, and each file."""
    asked, world = 0, desk.world
    for who, path in desk.reading():
        desk.learn(who, await world.visitors[who].get(path))
    for (who, action), fields in desk.forms.items():
        typed = {
            one.name: address if one.kind in ("text", "url", "textarea") else one.value
            for one in fields
            if one.sent
        }
        named = {name: address for name in FIELDS.split() if name not in typed}
        visitor = world.visitors[who]
        answer = await visitor.post(action, typed | named, Referer=address, Origin="null")
        if answer.status_code == 401:  # some forms lead out of the house, or lock a door
            await visitor.sign_in(visitor.email)
        asked += 1
    return asked


def _imports_of(address: str) -> list[tuple[str, bytes]]:
    note = f'<img src="{address}/a"><a href="{address}">x</a>'
    head = "full_date,date,weekday,time,mood,activities,note_title,note\n"
    row = f'2024-01-01,1 janvier,lundi,10:00,rad,"{address}","{address}","{note}"\n'
    whole = (
        f'{{"format": "{FORMAT}", "version": 1, "entries": [], "$schema": "{address}", '
        f'"own_contexts": ["{address}"]}}'
    )
    return [("daylio.csv", (head + row).encode()), ("recul.json", whole.encode())]


async def test_nothing_leaves_while_everybody_goes_everywhere(db: Database):
    async with trap() as (address, visits), mail_server() as post:
        app = create_app(post.settings())
        with clock.set_to(NOON), HEARD.listening() as heard:
            async with closing(await built(app)) as world:
                assert await _goes_everywhere(Desk(world), address) > 100
                await _files(app, world.visitors[Role.SELF.value], address)
                for visitor in world.visitors.values():
                    await _papers(app, visitor)
                await mailed.invite(post.settings(), "une@exemple.fr")
        with clock.set_to(NOON.replace(day=23)), HEARD.listening() as mail:
            await outbox.send_due(post.settings())
        own = {("127.0.0.1", post.port), ("localhost", post.port)}
        assert _outward(heard) == set()
        assert {tuple(one[:2]) for one in _outward(mail)} <= own
        assert post.received
        assert visits == []


async def _files(app: Litestar, visitor: Visitor, address: str) -> None:
    await visitor.sign_in(visitor.email)
    for name, content in _imports_of(address):
        answer = await visitor.upload("/carnet/import", {"file": (name, content, "text/plain")})
        assert answer.status_code in (303, 422)


async def _papers(app: Litestar, visitor: Visitor) -> None:
    """Documents are set in type by a library that could fetch packages."""
    for route in routes(app):
        if route.path.endswith((".pdf", ".html", ".csv", ".json")):
            await visitor.get(route.address())


def _outward(heard: list[Any]) -> set[Any]:
    """Without the database: PostgreSQL is asked through a file."""
    return {tuple(one) for one in heard if isinstance(one, tuple)}


async def test_the_trap_and_the_hook_hear(db: Database):
    async with trap() as (address, visits):
        host, port = address.removeprefix("http://").split(":")
        with HEARD.listening() as heard:
            _, writer = await asyncio.open_connection(host, int(port))
            await asyncio.sleep(0)
            writer.close()
            await writer.wait_closed()
        assert (host, int(port)) in heard
        for _ in range(100):
            if visits:
                break
            await asyncio.sleep(0.01)
        assert len(visits) == 1
