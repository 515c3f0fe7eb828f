"""What a backup says is held to what it holds, also when whoever made it had the key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from recul.keeping.document import Header, Reader, Writer
from recul.keeping.refusals import Damaged
from recul.keeping.sealing import Sealer, opened
from recul.keeping.shapes import Shape

KEY = b"k" * 32
DAYS = Shape("days", (("day", "date"), ("id", "uuid")), ("id",))
WORDS = Shape("words", (("id", "int"), ("word", "text")), ("id",))
HEADER = Header(
    version="1",
    made_at="2026-12-01 09:00",
    engine="sqlite",
    migrations=["a", "b"],
    tables=[DAYS, WORDS],
    rows={"days": 3, "words": 2},
    left={"sign_in": 7},
)
DAY_ROWS = [(date(2026, 1, n), uuid4()) for n in (1, 2, 3)]
WORD_ROWS = [(1, "un"), (2, None)]


def made(write: Callable[[Writer], None], header: Header = HEADER) -> bytes:
    file = BytesIO()
    sealer = Sealer(file, KEY, b"")
    write(Writer(sealer, header))
    sealer.end()
    return file.getvalue()


def whole(writer: Writer) -> None:
    for shape, rows in ((DAYS, DAY_ROWS), (WORDS, WORD_ROWS)):
        writer.table(shape)
        writer.rows(rows[:2])
        writer.rows(rows[2:])
        writer.end_table()


def read(content: bytes) -> tuple[Reader, dict[str, list[tuple[object, ...]]]]:
    reader = Reader(opened(BytesIO(content), KEY, b""))
    return reader, {
        shape.name: [row for rows in blocks for row in rows] for shape, blocks in reader.tables()
    }


def test_there_and_back():
    reader, found = read(made(whole))
    assert found == {"days": DAY_ROWS, "words": WORD_ROWS}
    assert reader.header == HEADER
    assert {name: each.rows for name, each in reader.sums.items()} == HEADER.rows


def test_rows_that_are_not_those_that_were_counted():
    with pytest.raises(Damaged, match="days of this backup is not as it was written"):
        read(made(whole, replace(HEADER, rows={"days": 4, "words": 2})))


def test_tables_in_another_order():
    with pytest.raises(Damaged, match="not in their order"):
        read(made(whole, replace(HEADER, tables=[WORDS, DAYS])))


def test_more_or_less_than_the_header_says():
    with pytest.raises(Damaged, match="more than it says"):
        read(made(whole, replace(HEADER, tables=[DAYS], rows={"days": 3})))
    with pytest.raises(Damaged, match="does not hold what it should"):
        read(made(lambda writer: None))


@pytest.mark.parametrize(
    "wrong",
    [
        {"migrations": []},
        {"rows": {"days": 3}},
        {"tables": [DAYS, Shape("words", (("id", "int"), ("word", "money")), ("id",))]},
    ],
)
def test_a_header_of_something_else(wrong: dict[str, Any]):
    with pytest.raises(Damaged, match="unknown here"):
        read(made(lambda writer: None, replace(HEADER, **wrong)))


def test_a_table_that_does_not_end():
    def write(writer: Writer) -> None:
        writer.table(DAYS)
        writer.rows(DAY_ROWS)

    with pytest.raises(Damaged, match="does not end"):
        read(made(write))


@pytest.mark.parametrize(
    "content", [b"", b"H\0\0\0\2[]", b"H\0\0\0\1x", b"R\0\0\0\0", b"H\0\0\0\x09x"]
)
def test_what_is_no_document(content: bytes):
    file = BytesIO()
    sealer = Sealer(file, KEY, b"")
    sealer.write(content)
    sealer.end()
    with pytest.raises(Damaged):
        read(file.getvalue())
