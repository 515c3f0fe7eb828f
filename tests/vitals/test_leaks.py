"""Everything that a person does, and everything that goes wrong, searched for in the log."""

import asyncio
import json
import re
import socket
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from litestar import Litestar
from tests.processes import RemoteVisitor, Served, serving, visiting
from tests.raw import ENDS
from tests.routes import Route, routes
from tests.visitors import PASSWORD

from recul.web.reach import Reach

pytestmark = pytest.mark.slow

EMAIL, NAME = "zenobie.marqueur@exemple.fr", "Zenobie Marqueur"
TEXT = "phrase-marquee-du-carnet"
MARKS = [EMAIL, "zenobie", "Zenobie", TEXT, PASSWORD, "marque-de-chemin", "marque-de-requete"]
MARKS += ["marque-agent", "marque-temoin", "10.99.98.97", "127.0.0.1", "exemple.fr"]

POSTGRES_TRAP = """
CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'refused for {mark}: %', NEW; END $$;
CREATE TRIGGER trap BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION trap();
"""
SQLITE_TRAP = """
CREATE TRIGGER trap BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'refused for {mark}'); END;
"""


async def sabotage(url: str) -> None:
    """From now on the database refuses to keep a moment, and repeats what it refuses."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            file.executescript(SQLITE_TRAP.format(mark=TEXT))
        file.close()
        return
    connection = await asyncpg.connect(url)
    await connection.execute(POSTGRES_TRAP.format(mark=TEXT))
    await connection.close()


async def everything(ana: RemoteVisitor, every: list[Route]) -> None:
    """Every page at a forged address, and a form with a marked text to every route."""
    for route in every:
        address = route.address(code="marque-de-chemin", link="marque-de-chemin")
        if route.method == "GET":
            await ana.get(f"{address}?q=marque-de-requete&suite=marque-de-requete")
        elif route.path not in ENDS:
            await ana.post(address, {"text-line": TEXT, "name": NAME, "email": EMAIL, "q": TEXT})
    for path in ("/carnet/moments/marque-de-chemin", "/marque-de-chemin", "/carnet/2026-marque"):
        await ana.get(f"{path}?q=marque-de-requete")


async def broken(served: Served) -> None:
    """What no browser sends."""
    for line in (
        b"GET /marque-de-chemin HTTP/9.9\r\n\r\n",
        b"marque-de-chemin\r\n\r\n",
        b"GET /\x00marque-de-chemin HTTP/1.1\r\nHost: marque-de-chemin\r\n\r\n",
        b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nemail=zenobie",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"marque-temoin" * 9000 + b"\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", served.port), timeout=5) as wire:
            wire.sendall(line)
            wire.shutdown(socket.SHUT_WR)
            with suppress(ConnectionResetError):
                while await asyncio.to_thread(wire.recv, 65536):
                    pass


def lines(served: Served) -> list[dict[str, Any]]:
    """All but the words at the start are JSON."""
    _, _, _, *said = served.log.read_text().splitlines()
    return [json.loads(line) for line in said]


async def test_the_log_says_what_happened_and_nothing_of_anybody(
    live_url: str, app: Litestar, tmp_path: Path
):
    more = {"RECUL_LOG": "json", "RECUL_LOG_REQUESTS": "all"}
    with serving(tmp_path / "var", tmp_path / "log", live_url, "--workers", "2", **more) as served:
        ana = RemoteVisitor(served.url)
        ana.client.headers["User-Agent"] = "marque-agent"
        ana.client.headers["X-Forwarded-For"] = "10.99.98.97"
        ana.client.cookies["autre"] = "marque-temoin"
        async with visiting(ana):
            fields = {"email": EMAIL, "display_name": NAME, "new_password": PASSWORD}
            assert (await ana.post(served.invitation(), fields)).status_code == 303
            await ana.post("/carnet/vite", {"text-line": TEXT, "nonce": "n"})
            assert TEXT in (await ana.get("/carnet")).text
            known = [r for r in routes(app) if r.reach is not Reach.ADMINISTRATOR]
            # What differs between the databases is how they refuse; every page is tried on one.
            await everything(ana, known if live_url.startswith("sqlite") else known[::10])
            await broken(served)
            await ana.sign_in(EMAIL)
            await sabotage(live_url)
            failed = await ana.post("/carnet/vite", {"text-line": TEXT, "nonce": "m"})
            assert failed.status_code == 500
            await ana.sign_in(EMAIL, "un faux mot marque-de-requete")
            served.process.terminate()
            served.process.wait(20)
    said = served.log.read_text()
    said = re.sub(r"Recul answers at .*\n|http://127\.0\.0\.1:\d+/invitation/\S+\n", "", said)
    assert [mark for mark in MARKS if mark in said] == []
    _says_what_happened(lines(served), failed.headers["x-request-id"])


def _says_what_happened(lines: list[dict[str, Any]], number: str) -> None:
    asked = [line for line in lines if line["message"] == "request"]
    assert {"/carnet", "/carnet/vite", "(none)"} <= {line["route"] for line in asked}
    assert any("{" in line["route"] for line in asked)
    assert set(asked[0]) == {
        "time", "level", "logger", "message", "request", "method", "route", "status", "ms",
    }  # fmt: skip
    of_it = [line for line in lines if line.get("request") == number]
    assert {line["message"].split(" at ")[0] for line in of_it} >= {"request"}
    [error] = [line["errors"] for line in of_it if "errors" in line]
    assert any("recul/journal/actions" in frame for frame in error[0]["frames"])
