"""Groups, seats and supervision: two pages, a calendar, a rush for one cycle, free slots."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.bench import (
    booking_rush,
    booking_slots,
    booking_world,
    county,
    servers,
    statements,
)
from tests.bench.asking import Load
from tests.bench.booking_world import EVERYWHERE, FACILITATOR, FEW, GROUPS, MEMBER
from tests.bench.browser import Browser
from tests.bench.latency import one
from tests.bench.load import applied
from tests.bench.servers import Server
from tests.bench.table import Figure, middle
from tests.bench.thoroughness import Thoroughness

from recul import clock

PAGES = (
    ("/groupes", MEMBER),
    ("/animation", FACILITATOR),
)
"""Each with who looks at it."""
LISTED = booking_world.DATES * GROUPS // 6
"""Meetings in the calendar of who is everywhere."""
MAILS = {
    "RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none",
    "RECUL_MAIL_FROM": "Recul <recul@recul.example>",
}
"""They are written, and none is sent: nobody does the jobs."""


def figures(name: str, large: Any, few: Any, how: Thoroughness, say: Any) -> Iterator[Figure]:
    """`large` and `few`: houses with 300 groups, and with 30."""
    place, made = large.place, large.made
    say("a calendar, a rush")
    yield from _statements(name, few.place, place)
    with servers.recul(place[1], place[0], "--no-worker", **county.CHEAP) as server:
        yield from _feed(name, server, made.town.feed, how)
        yield _free_slots(name, server, made.offer, how)
        without, with_mails = made.rush.cycles[: how.rounds], made.rush.cycles[how.rounds :]
        yield _rush(name, "", booking_rush.a_second(place, server, made.rush, without))
    with servers.recul(place[1], place[0], "--no-worker", **county.CHEAP, **MAILS) as server:
        found = booking_rush.a_second(place, server, made.rush, with_mails)
        yield _rush(name, ", mails written", found)


def _statements(name: str, few: tuple[str, Path], many: tuple[str, Path]) -> Iterator[Figure]:
    for path, email in PAGES:
        less, more = (statements.of_page(*place, path, email) for place in (few, many))
        yield Figure(
            database=name,
            measure=f"GET {path}, statements",
            value=more,
            unit="",
            below=less,
            detail=f"{less} with {FEW} groups, {more} with {GROUPS}",
        )


def _feed(name: str, server: Server, path: str, how: Thoroughness) -> Iterator[Figure]:
    """From the question to the answer, which is longer than the time in the server."""
    answer, content = Browser(server.port).get(path)
    if content.count(b"BEGIN:VEVENT") != LISTED:
        raise RuntimeError(f"{content.count(b'BEGIN:VEVENT')} dates of {EVERYWHERE}")
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    known = f"{asked}If-None-Match: {answer.headers['etag']}\r\n\r\n"
    whole = one(server, f"{asked}\r\n", holds="BEGIN:VEVENT")
    again = one(server, known, status=304)
    for measure, load, size in (("whole", whole, len(content)), ("unchanged, 304", again, 0)):
        wait, cpu = _waited(server, load, how)
        yield Figure(
            database=name,
            measure=f"feed of {LISTED} meetings, {measure}",
            value=wait,
            unit="ms",
            below=50,
            detail=f"{size / 1000:.0f} kB; {cpu:.1f} ms of processor",
        )


def _waited(server: Server, load: Load, how: Thoroughness) -> tuple[float, float]:
    """Milliseconds in the middle, until the answer and of processor."""
    load = load.lasting(how.warm_up, how.seconds)
    before = server.cpu_seconds
    [result] = applied(load)
    share = load.seconds / (load.seconds + load.warm_up)
    used = 1000 * share * (server.cpu_seconds - before) / len(result.latencies)
    return 1000 * middle(result.latencies), used


def _free_slots(name: str, server: Server, offer: UUID, how: Thoroughness) -> Figure:
    """The page of the last two weeks: all six months are worked out for it."""
    who = Browser(server.port).sign_in(MEMBER)
    late = clock.today() + timedelta(days=booking_slots.SIX_MONTHS - 13)
    path = f"/supervision/{offer}?depuis={late}"
    slots = who.get(path)[1].count(b'name="slot"')
    wait, cpu = _waited(server, one(server, who.written(path), holds='name="slot"'), how)
    return Figure(
        database=name,
        measure="page of free slots in six months",
        value=wait,
        unit="ms",
        below=30,
        detail=f"the last two weeks, {slots} slots; {cpu:.1f} ms of processor",
    )


def _rush(name: str, how: str, found: tuple[float, float]) -> Figure:
    rate, cpu = found
    return Figure(
        database=name,
        measure=f"enrolments for one cycle{how}",
        value=rate,
        unit="a second",
        at_least=None if how or name != "SQLite" else 150,
        detail=f"{booking_rush.PEOPLE} people at once for {booking_rush.SEATS} seats; "
        f"{cpu:.1f} ms of processor each",
    )
