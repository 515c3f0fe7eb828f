"""Rows as bytes, and back."""

from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.keeping.refusals import Damaged
from recul.keeping.rows import decoded, encoder

INSTANTS = st.datetimes(timezones=st.just(UTC))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "uuid": st.uuids(),
    "text": st.text(),
    "bytes": st.binary(),
    "bool": st.booleans(),
    "int": st.integers(-(2**63), 2**63 - 1),
    "date": st.dates(),
    "instant": INSTANTS,
}
ROW = st.tuples(*(values | st.none() for values in VALUES.values()))


@given(st.lists(ROW))
def test_there_and_back(rows: list[tuple[Any, ...]]):
    encode = encoder(list(VALUES))
    block = b"".join(map(encode, rows))
    assert list(decoded(block, list(VALUES))) == rows


@given(ROW, st.data())
def test_a_row_that_is_cut_off(row: tuple[Any, ...], data: st.DataObject):
    block = encoder(list(VALUES))(row)
    cut = data.draw(st.integers(1, len(block) - 1))
    with pytest.raises(Damaged):
        list(decoded(block[:cut], list(VALUES)))


def test_different_rows_are_different_bytes():
    rows = [("", ""), ("a", ""), ("", "a"), (None, ""), ("", None), (None, None)]
    assert len(set(map(encoder(["text", "text"]), rows))) == len(rows)


def test_what_no_row_can_hold():
    for kind, content in (("text", b"\1\0\0\0\1\xff"), ("date", b"\1\0\0\0\0")):
        with pytest.raises(Damaged, match="no row can hold"):
            list(decoded(content, [kind]))
    assert list(decoded(encoder(["date"])([date(1, 1, 1)]), ["date"])) == [(date(1, 1, 1),)]
