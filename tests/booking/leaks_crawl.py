"""Everything that somebody can obtain by asking: pages, papers, tables, calendars."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice, product
from typing import Any, NamedTuple
from uuid import UUID

import httpx
from litestar import Litestar
from piccolo.querystring import QueryString
from tests.booking.leaks_world import Hidden
from tests.documents import papers
from tests.routes import Route, routes
from tests.visitors import Visitor, undone

from recul.database import fetch, recorded_statements

Ids = dict[str, list[Any]]
MORE = (
    "/animation?semaine=2026-W45",
    "/animation?semaine=2026-W48",
    "/animation/emargement.pdf?semaine=2026-W45",
    "/animation/emargement.pdf?semaine=2026-W49",
    "/animation/mois?mois=2026-12",
    "/animation/releve?structure={organisation}&mois=2026-11",
    "/animation/releve.pdf?structure={organisation}&mois=2026-11",
    "/animation/releve.csv?structure={organisation}&mois=2026-11",
    "/animation/supervision/nouvelle?structure={organisation}",
    "/groupes/proposes?page=1",
    "/planification/groupes/nouveau?structure={organisation}",
    "/structure/{organisation}/heures?annee=2025",
)
"""Addresses that are whole only with a question."""
ENDS = ("/deconnexion", "/quitter", "/carnet/verrou")
"""What would end the visit."""
MOST = 4
"""Ids that a form is sent to."""


class Answer(NamedTuple):
    route: str
    """GET /groupes/cycles/{cycle}"""
    address: str
    status: int
    said: str
    """Its words, whatever it is made of, and its headers."""
    asked: int
    """How many statements ran."""


async def _ids(table: str) -> list[Any]:
    return [row["id"] for row in await fetch(QueryString(f"SELECT id FROM {table} ORDER BY id"))]


async def guessed(found: Hidden) -> Ids:
    """By the names of paths, as if somebody had guessed every id there is."""
    circles = found.circles.values()
    ids: Ids = {
        "group": [one.group for one in circles],
        "cycle": [one.cycle for one in circles],
        "meeting": [one.meetings[number] for one in circles for number in (0, -1)],
        "person": [found.accounts["Zéphyrine"], found.accounts["Ulysse"]],
        "membership": await _of(found.accounts["Zéphyrine"]),
        "offer": [found.offer, *await _ids("seat_offer")],
    }
    for name in ("organisation", "unit", "team", "enrolment", "appointment", "supervision"):
        ids[name] = await _ids(name)
    every = ("meeting", "cycle", "enrolment", "appointment", "supervision", "offer")
    ids["engagement"] = [one for name in every for one in ids[name]]
    return ids


async def _of(account: UUID) -> list[Any]:
    rows = await fetch(QueryString("SELECT id FROM membership WHERE account = {}", account))
    return [row["id"] for row in rows]


def addresses(route: Route, ids: Ids) -> Iterator[str]:
    """Of a route, with each of these ids in it; what is not among them is made up."""
    names = [part.strip("{}") for part in route.path.split("/") if part.startswith("{")]
    known = [name for name in names if name in ids]
    for values in product(*(ids[name] for name in known)):
        yield route.address(**dict(zip(known, values, strict=True)))


def asking(app: Litestar, ids: Ids) -> Iterator[tuple[str, str]]:
    """(route, address) of everything that only shows."""
    for route in routes(app):
        if route.method == "GET" and not route.path.startswith("/static"):
            for address in addresses(route, ids):
                yield f"GET {route.path}", address
    for path in MORE:
        for organisation in ids["organisation"] if "{" in path else ids["organisation"][:1]:
            yield f"GET {path}", path.format(organisation=organisation)


async def shown(app: Litestar, visitor: Visitor, ids: Ids) -> list[Answer]:
    """What she is shown, and what her own calendar reads."""
    found, calendar = [], await calendar_of(visitor)
    for route, address in [*asking(app, ids), *calendar]:
        with recorded_statements() as ran:
            answer = await visitor.get(address)
        found.append(Answer(route, address, answer.status_code, words(answer), len(ran)))
    return found


async def calendar_of(visitor: Visitor) -> list[tuple[str, str]]:
    """Her own, with all that it tells: at the same address each time."""
    made = await visitor.post("/compte/agenda", {"detail": "title", "nonce": "always"})
    found = re.findall(r"/agenda/[\w-]+\.ics", made.text)
    return [("calendar", found[0])] if found else []


async def answered(app: Litestar, visitor: Visitor, ids: Ids) -> list[Answer]:
    """What she is told when she sends empty forms; nothing of it stays."""
    found = []
    for route in routes(app):
        if route.method != "POST" or route.path in ENDS:
            continue
        for address in islice(addresses(route, ids), MOST):
            async with undone(visitor):
                answer = await visitor.post(address)
            name = f"POST {route.path}"
            found.append(Answer(name, address, answer.status_code, words(answer), 0))
    return found


def words(answer: httpx.Response) -> str:
    """What can be read in an answer."""
    kind = answer.headers.get("content-type", "")
    if kind.startswith("application/pdf"):
        return papers.words(answer.content) + papers.joined(answer.content)
    said = answer.text.replace("\r\n ", "") if kind.startswith("text/calendar") else answer.text
    return unescape(said) + repr(answer.headers)
