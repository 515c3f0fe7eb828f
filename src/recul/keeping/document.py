"""What a backup says once it is opened: a header, then each table with its rows and their sum.

Records of a kind, a length and a content follow one another in the sealed stream.
"""

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from recul.keeping.refusals import Damaged
from recul.keeping.rows import KINDS, Row, decoded, encoder
from recul.keeping.sealing import Sealer
from recul.keeping.shapes import Shape

_HEADER, _TABLE, _ROWS, _SUM = b"H", b"T", b"R", b"S"
_HEAD = struct.Struct(">cI")
_COUNT = struct.Struct(">q")
Blocks = Iterator[list[tuple[Any, ...]]]


class Tally:
    """Counts rows and sums them up into a digest, in the order in which they come."""

    def __init__(self, shape: Shape) -> None:
        self._encode = encoder(shape.kinds)
        self._digest = sha256(json.dumps([shape.name, shape.columns]).encode())
        self._count = 0

    def add(self, rows: Iterable[Row]) -> bytes:
        """Returns the rows as bytes."""
        encoded = [self._encode(row) for row in rows]
        block = b"".join(encoded)
        self._digest.update(block)
        self._count += len(encoded)
        return block

    @property
    def sum(self) -> "Sum":
        return Sum(self._count, self._digest.digest())


@dataclass(frozen=True, slots=True)
class Sum:
    """Two tables with the same sum have the same rows."""

    rows: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.digest.hex()[:16]}"


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself."""

    version: str  # of Recul
    made_at: str  # UTC, to the minute
    engine: str
    migrations: list[str]
    tables: list[Shape]
    rows: dict[str, int]  # of each table
    left: dict[str, int] = field(default_factory=dict)  # rows that were not taken, by table

    def encode(self) -> bytes:
        tables = [[each.name, each.columns, each.key] for each in self.tables]
        said = [self.version, self.made_at, self.engine, self.migrations, tables]
        return json.dumps([*said, self.rows, self.left]).encode()

    @classmethod
    def decode(cls, content: bytes) -> "Header":
        """Raises ValueError or TypeError for what `encode` never made."""
        version, made_at, engine, migrations, tables, rows, left = json.loads(content)
        shapes = [Shape(n, tuple((c, k) for c, k in cs), tuple(key)) for n, cs, key in tables]
        kinds = {kind for shape in shapes for kind in shape.kinds}
        if not migrations or set(rows) != {s.name for s in shapes} or not kinds <= KINDS:
            raise ValueError("no header of a backup")
        return cls(version, made_at, engine, migrations, shapes, rows, left)


class Writer:
    def __init__(self, sealer: Sealer, header: Header) -> None:
        self._sealer = sealer
        self._write(_HEADER, header.encode())

    def table(self, shape: Shape) -> None:
        """What follows is of this table."""
        self._tally = Tally(shape)
        self._write(_TABLE, shape.name.encode())

    def rows(self, rows: Iterable[Row]) -> None:
        self._write(_ROWS, self._tally.add(rows))

    def end_table(self) -> None:
        found = self._tally.sum
        self._write(_SUM, _COUNT.pack(found.rows) + found.digest)

    def _write(self, kind: bytes, content: bytes) -> None:
        self._sealer.write(_HEAD.pack(kind, len(content)) + content)


class Reader:
    """Reads what `Writer` wrote, and raises Damaged where it is not that."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._records = _records(chunks)
        try:
            self.header = Header.decode(self._next(_HEADER))
        except (ValueError, TypeError):
            raise Damaged("This backup was made by a version of Recul unknown here.") from None
        self.sums: dict[str, Sum] = {}

    def tables(self) -> Iterator[tuple[Shape, Blocks]]:
        """Each table with its rows, which must be read before the next one is asked for."""
        for shape in self.header.tables:
            if self._next(_TABLE) != shape.name.encode():
                raise Damaged("The tables of this backup are not in their order.")
            yield shape, self._blocks(shape)
        if next(self._records, None) is not None:
            raise Damaged("This backup holds more than it says.")

    def _blocks(self, shape: Shape) -> Blocks:
        tally = Tally(shape)
        for kind, content in self._records:
            if kind == _SUM:
                return self._settle(shape, tally.sum, content)
            if kind != _ROWS:
                break
            rows = list(decoded(content, shape.kinds))
            tally.add(rows)
            yield rows
        raise Damaged(f"The table {shape.name} of this backup does not end.")

    def _settle(self, shape: Shape, found: Sum, said: bytes) -> None:
        counted = found.rows == self.header.rows[shape.name]
        if not counted or said != _COUNT.pack(found.rows) + found.digest:
            raise Damaged(f"The table {shape.name} of this backup is not as it was written.")
        self.sums[shape.name] = found

    def _next(self, wanted: bytes) -> bytes:
        kind, content = next(self._records, (b"", b""))
        if kind != wanted:
            raise Damaged("This backup does not hold what it should.")
        return content


def _records(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= _HEAD.size:
            kind, size = _HEAD.unpack_from(waiting)
            end = _HEAD.size + size
            if len(waiting) < end:
                break
            yield kind, bytes(waiting[_HEAD.size : end])
            del waiting[:end]
    if waiting:
        raise Damaged("This backup ends in the middle of something.")
