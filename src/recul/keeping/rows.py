"""Rows as bytes: the same bytes for the same row, whichever database it comes from."""

import struct
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from recul.keeping.refusals import Damaged

Row = Sequence[Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ABSENT, _PRESENT = b"\0", b"\1"
_INT, _DAY, _SIZE = struct.Struct(">q"), struct.Struct(">I"), struct.Struct(">I")


def _text(value: str) -> bytes:
    return _bytes(value.encode())


def _bytes(value: bytes) -> bytes:
    return _SIZE.pack(len(value)) + bytes(value)


def _instant(value: datetime) -> bytes:
    return _INT.pack((value - _EPOCH) // _MICROSECOND)


_ENCODE: dict[str, Callable[[Any], bytes]] = {
    "uuid": lambda value: value.bytes,
    "text": _text,
    "bytes": _bytes,
    "bool": lambda value: _PRESENT if value else _ABSENT,
    "int": _INT.pack,
    "date": lambda value: _DAY.pack(value.toordinal()),
    "instant": _instant,
}

KINDS = frozenset(_ENCODE)
"""Of values that a row may hold."""


def encoder(kinds: Sequence[str]) -> Callable[[Row], bytes]:
    """What turns a row of these kinds of values into bytes."""
    encode = [_ENCODE[kind] for kind in kinds]

    def row(values: Row) -> bytes:
        return b"".join(
            _ABSENT if value is None else _PRESENT + each(value)
            for each, value in zip(encode, values, strict=True)
        )

    return row


class _Reader:
    """Walks through a block of rows."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        self.at = 0

    def take(self, size: int) -> bytes:
        self.at += size
        if self.at > len(self.block):
            raise Damaged("A row of this backup is cut off.")
        return self.block[self.at - size : self.at]

    def sized(self) -> bytes:
        return self.take(_SIZE.unpack(self.take(_SIZE.size))[0])


_DECODE: dict[str, Callable[[_Reader], Any]] = {
    "uuid": lambda reader: UUID(bytes=reader.take(16)),
    "text": lambda reader: reader.sized().decode(),
    "bytes": _Reader.sized,
    "bool": lambda reader: reader.take(1) == _PRESENT,
    "int": lambda reader: _INT.unpack(reader.take(_INT.size))[0],
    "date": lambda reader: date.fromordinal(_DAY.unpack(reader.take(_DAY.size))[0]),
    "instant": lambda reader: _EPOCH + _INT.unpack(reader.take(_INT.size))[0] * _MICROSECOND,
}


def decoded(block: bytes, kinds: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a block. Raises Damaged."""
    decode = [_DECODE[kind] for kind in kinds]
    reader = _Reader(block)
    try:
        while reader.at < len(block):
            yield tuple(each(reader) if reader.take(1) == _PRESENT else None for each in decode)
    except (ValueError, OverflowError) as error:
        raise Damaged(f"A row of this backup holds what no row can hold ({error}).") from None
