"""Attack: something small to send that is large to read. A file of people with millions of cells, a
journal nested a hundred thousand deep, a number of a million figures, a form of ten thousand
parts, a body that is only zeros once unpacked, a note that a paper cannot hold.

Each is answered with a page, and leaves nothing behind. What would break: the memory of the
server, or the patience of everybody else whose page waits behind it. `tests/test_bad_input.py` and
`tests/organisation/test_people_csv.py` have what is merely wrong.
"""

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from litestar import Litestar
from tests.booking.world import NOON, a_group, seat, somebody
from tests.fuzz import rows
from tests.organisation.world import House
from tests.raw import assert_kind, send
from tests.visitors import Visitor

from recul import clock
from recul.app import BODY
from recul.journal.exporting import FORMAT
from recul.journal.parsed import MOST_BYTES
from recul.organisation import people_csv
from recul.organisation.people_csv import ImportFailed
from recul.web.bodies import MOST_FIELDS
from recul.web.roles import Role

MIB = 1024 * 1024
HEAD = "nom;courriel;service;équipe;rôle\n"
ZIP = b"PK\x03\x04" + b"\0" * 2000
FILES: dict[str, bytes] = {
    "millions of cells": (HEAD + ";" * 3_500_000).encode(),
    "a million empty lines": (HEAD + "\n" * 1_000_000).encode(),
    "two million lines": (HEAD + ";\n" * 1_900_000).encode(),
    "one line of four megabytes": (HEAD + "x" * 3_900_000).encode(),
    "columns only": ("nom;" * 900_000 + "équipe\n").encode(),
    "the same column again": ("nom;équipe;" * 300_000 + "\nA;B\n").encode(),
    "a quote that never closes": (HEAD + '"' + "x\n" * 1_900_000).encode(),
    "quotes only": (HEAD + '"' * 3_900_000).encode(),
    "nothing but NUL": b"\0" * 3_900_000,
    "a NUL somewhere": (HEAD + "A\0;a@b.fr;;Polyvalence;\n").encode(),
    "a mark and nothing": b"\xef\xbb\xbf",
    "three marks": b"\xef\xbb\xbf" * 3 + HEAD.encode(),
    "UTF-16": (HEAD + "A;a@b.fr;;Polyvalence;\n").encode("utf-16"),
    "UTF-16 without a mark": (HEAD + "A;;;Polyvalence;\n").encode("utf-16-le"),
    "UTF-32": (HEAD + "A;;;Polyvalence;\n").encode("utf-32"),
    "brackets where a role stands": (HEAD + "A;;;Polyvalence;" + "(" * 130_000).encode(),
    "dots where a role stands": (HEAD + "A;;;Polyvalence;" + "·a" * 60_000).encode(),
    "marks on one letter": (HEAD + "e" + "\u0301" * 120_000 + ";;;Polyvalence;\n").encode(),
    "letters that grow": (HEAD + "\ufdfa" * 100_000 + ";;;Polyvalence;\n").encode(),
    "a zip": ZIP,
    "a zip behind a heading": HEAD.encode() + ZIP,
    "gzip": gzip.compress((HEAD + "A;;;Polyvalence;\n" * 100_000).encode()),
}


@pytest.mark.slow
async def test_files_of_people(house: House):
    address = f"/structure/{house.organisation}/import"
    before = await _people()
    for name, content in FILES.items():
        answer = await house.organiser.upload(address, {"file": ("x.csv", content, "text/csv")})
        assert_kind(answer, name)
        assert answer.status_code in (303, 413, 422), name
        if answer.status_code == 303:
            preview = await house.organiser.get(f"{address}/apercu")
            assert (preview.status_code, len(preview.content) < 2 * MIB) == (200, True), name
    assert await _people() == before


async def _people() -> dict[str, int]:
    found = await rows.everything()
    return {name: len(found[name]) for name in ("account", "team", "unit", "place", "membership")}


@pytest.mark.parametrize("name", ["millions of cells", "two million lines", "quotes only"])
def test_a_file_of_people_takes_no_more_memory_than_some_times_its_size(name: str):
    content = FILES[name][:400_000]
    assert _peak(lambda: _tried(content)) < 100 * len(content)


def _tried(content: bytes) -> None:
    with suppress(ImportFailed):
        people_csv.parse(content)


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _export(**more: object) -> bytes:
    return json.dumps({"format": FORMAT, "version": 1, "entries": []} | more).encode()


def _nested(sign: str, depth: int) -> bytes:
    start = f'{{"format": "{FORMAT}", "version": 1, "entries": '
    return (start + sign * depth).encode()


def journals() -> Iterator[tuple[str, bytes]]:
    yield "nested lists", _nested("[", 100_000)
    yield "nested and closed", _nested("[", 100_000) + b"]" * 100_000 + b"}"
    yield "nested objects", _nested('{"a":', 100_000)
    yield "half a megabyte of brackets", b"[" * 512 * 1024
    yield "sixteen megabytes of brackets", b"[" * (MOST_BYTES - 1)
    yield "a long number", _export(version=1).replace(b"1", b"9" * 1_000_000, 1)
    yield "a number with an exponent", _export().replace(b'"version": 1', b'"version": 1e999999999')
    yield "not a number", _export().replace(b'"version": 1', b'"version": NaN')
    yield "the same key again", b"{" + b'"entries": [], ' * 300_000 + _export()[1:]
    yield "many keys", _export(**{f"k{n}": n for n in range(200_000)})
    yield "many moments", _export(entries=[{}] * 300_000)
    yield "a moment of many keys", _export(entries=[{f"k{n}": 1 for n in range(100_000)}])
    yield "moments at the end of time", _export(entries=[{"at": "9999-12-31T23:59:59-23:59"}] * 100)
    yield "huge lists of words", _export(own_feelings=["x" * 10_000] * 500)
    yield "lone surrogates", _export(own_feelings=["\ud800"] * 10)
    yield "many sections", _export(entries=[{"sections": [{"key": "k", "text": "t"}] * 100_000}])


@pytest.mark.slow
async def test_journals_to_read_back(ana: Visitor):
    for name, content in journals():
        answer = await ana.upload("/carnet/import", {"file": ("j.json", content, "text/plain")})
        assert_kind(answer, name)
        assert answer.status_code in (303, 413, 422), name
        if answer.status_code == 303:
            page = await ana.get("/carnet/import/apercu")
            assert (page.status_code, len(page.content) < 2 * MIB) == (200, True), name
        await ana.post("/carnet/import/abandon")
    assert (await rows.everything())["entry"] == {}


def part(name: str, content: bytes = b"x", more: str = "") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


HEADER = (
    b"--b\r\n" + b"X-A: a\r\n" * 5000 + b'Content-Disposition: form-data; name="a"\r\n\r\nx\r\n'
)
FORMS = {
    "ten thousand parts": part("text-line") * 4500 + b"--b--\r\n",
    "parts of one name": part("a") * (MOST_FIELDS + 1) + b"--b--\r\n",
    "many headers": HEADER + b"--b--\r\n",
    "a long header": part("a" * 200_000) + b"--b--\r\n",
    "a long name of a file": part("f", b"x", f'; filename="{"x" * 200_000}"') + b"--b--\r\n",
    "no end": part("a") + b"--b\r\n" + b"x" * 100_000,
    "boundaries only": b"--b\r\n" * 50_000,
    "line ends only": b"\r\n" * 200_000,
    "nearly a boundary": part("a", b"\r\n--" * 100_000) + b"--b--\r\n",
    "a mixture inside": part("a", part("b") * 100, "\r\nContent-Type: multipart/mixed; boundary=c"),
}


async def test_forms_of_many_parts(ana: Visitor):
    kind = {"content-type": "multipart/form-data; boundary=b"}
    for name, body in FORMS.items():
        answer = await send(ana, "/carnet/vite", body, **kind)
        assert_kind(answer, name)
        assert answer.status_code in (303, 400, 413, 422), name


async def test_a_packed_body_is_not_unpacked(ana: Visitor):
    """Two hundred megabytes of zeros in two hundred kilobytes: taken as they come, they are no
    form, and as a form they are too long."""
    packed = gzip.compress(b"text-line=" + b"0" * 200 * MIB, 6)
    assert len(packed) < BODY
    for coding in ("gzip", "deflate", "br", "gzip, gzip"):
        peak = await _peak_of(ana, packed, coding)
        assert peak < 20 * MIB


async def _peak_of(visitor: Visitor, body: bytes, coding: str) -> int:
    tracemalloc.start()
    try:
        answer = await send(visitor, "/carnet/vite", body, **{"content-encoding": coding})
        assert answer.status_code in (303, 400, 403, 415, 422)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_fields_beyond_counting(ana: Visitor):
    for body, wanted in (
        (b"a=1&" * (MOST_FIELDS + 1), 400),
        (b"&" * (BODY - 1), 400),
        (b"%" * (BODY - 1), 422),
        (b"text-line=" + b"%f0" * 100_000, 422),
        (b"=" * (BODY - 1), 422),
    ):
        answer = await send(ana, "/carnet/vite", body)
        assert_kind(answer, body[:20])
        assert answer.status_code in (wanted, 303, 422), body[:20]


async def test_addresses_beyond_reading(ana: Visitor, nobody: Visitor):
    for query in ("a=1&" * 5000, "&" * 60_000, "%ff" * 20_000, "suite=/" + "a" * 60_000):
        for visitor in (ana, nobody):
            for path in ("/connexion", "/carnet", "/carnet/recherche"):
                answer = await visitor.get(f"{path}?{query}")
                assert answer.status_code < 500
                # Not a header as long as what was sent.
                assert len(answer.headers.get("location", "")) < 4000


WRITTEN = ("\u0301" * 200, "x" * 200, "\u202e" * 200, "ﷺ" * 200, "👩🏽\u200d⚕️" * 50, "#`$[" * 50)


@pytest.mark.slow
async def test_texts_that_no_paper_holds(app: Litestar, house: House):
    """All that people can write on a sheet of attendance, at its longest."""
    ferdinand = house.people[Role.FACILITATOR]
    with clock.set_to(NOON):
        for text in WRITTEN:
            circle = await a_group(house, name=text[:120], capacity=15)
            names = [await somebody(house, text[:80]) for _ in range(15)]
            await seat(circle, *names)
            path = f"/animation/seances/{circle.meetings[0]}/emargement.pdf"
            answer = await ferdinand.get(path)
            assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
            assert len(answer.content) < MIB


async def test_answers_are_no_bombs_themselves(app: Litestar, ana: Visitor):
    """A search, a month or a list that is asked for page after page stays a page."""
    paths = ("/carnet?page=9999", "/carnet/mois/9999-12", "/carnet/tendances?semaines=9999999")
    answers = [await ana.get(path) for path in paths]
    assert all(answer.status_code < 500 for answer in answers)
    assert all(len(answer.content) < MIB for answer in answers)
