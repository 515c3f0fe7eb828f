"""What blocks the event loop: heavy work done while nobody else asks for anything."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import county, growth, waits, world
from tests.bench.asking import Load
from tests.bench.browser import Browser
from tests.bench.latency import one
from tests.bench.load import applied
from tests.bench.pages import CHECK_IN
from tests.bench.servers import Server
from tests.bench.table import Figure
from tests.bench.waits import Watch
from tests.bench.whole import Whole

TIMES = 3
Place = tuple[str, Path]


def figures(name: str, place: Place, whole: Whole) -> Iterator[Figure]:
    """With the real cost of passwords."""
    with waits.watching(place[1], place[0], "--no-worker") as (server, watch):
        _first_visit(server, watch)
        with watch.over("20 sign-ins"):
            signing = (Browser(server.port).written_sign_in(email) for email in world.CROWD)
            applied(*(one(server, each, status=303, times=1) for each in list(signing)))
        _heavy(server, watch, whole)
        yield from watch.figures(name)


def _first_visit(server: Server, watch: Watch) -> None:
    with watch.over("just started, first pages"):
        reader = Browser(server.port).sign_in(world.READER)
        for path in ("/", "/carnet", "/groupes", "/compte"):
            reader.get(path)


def _heavy(server: Server, watch: Watch, whole: Whole) -> None:
    long, writer = (
        Browser(server.port).sign_in(email) for email in (growth.LONG, county.WRITERS[0])
    )
    sheet = f"/equipes/{whole.county.old}/feuille.pdf"
    search = long.sent_to("/carnet/recherche", {"mots": "cantine"})
    with watch.over("PDF"):
        applied(_times(server, writer.written(sheet), 4 * TIMES))
    for what, path in (
        ("export of a long journal, JSON", "/carnet/export/carnet.json"),
        ("export of a long journal, CSV", "/carnet/export/carnet.csv"),
        ("export of a long journal, HTML", "/carnet/export/carnet.html"),
        ("search in a long journal", search),
        ("trends of a long journal", "/carnet/tendances"),
    ):
        with watch.over(what):
            long.get(path)
    with watch.over("import of a long journal"):
        content = long.get("/carnet/export/carnet.json")[1]
        reader = Browser(server.port).sign_in(world.WRITER)
        reader.sends("/carnet/import", "file", content)
        reader.get("/carnet/import/apercu")
        reader.post("/carnet/import/confirmation", {})
    with watch.over("check-ins of 8 at once"):
        applied(*(_check_in(server, email) for email in county.WRITERS))


def _times(server: Server, request: str, times: int) -> Load:
    return Load(port=server.port, request=request, connections=1, times=times)


def _check_in(server: Server, email: str) -> Load:
    written = Browser(server.port).sign_in(email).written("/carnet/vite", CHECK_IN)
    return Load(port=server.port, request=written, status=303, connections=1, times=50)
