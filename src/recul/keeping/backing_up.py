"""Writing a backup, while the server goes on writing into the database."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from recul import __version__, clock
from recul.database import Database
from recul.keeping.decisions import DECISIONS, Kept
from recul.keeping.document import Header, Writer
from recul.keeping.files import new_file
from recul.keeping.keys import Recipient
from recul.keeping.refusals import Refused
from recul.keeping.sealing import Sealer
from recul.keeping.shapes import Shape
from recul.keeping.snapshots import Snapshot, migrations_of, snapshot
from recul.progress import Progress


async def back_up(engine: Database, path: Path, recipient: Recipient, progress: Progress) -> Header:
    """Write a backup of the database as it is now. Raises Refused, Unreachable or OSError."""
    async with snapshot(engine) as source:
        header = await _header(engine, source)
        key, about = recipient.new_key()
        with new_file(path) as file, progress.of("Backup", sum(header.rows.values())) as done:
            sealer = Sealer(file, key, about)
            writer = Writer(sealer, header)
            for shape in header.tables:
                writer.table(shape)
                async for rows in _taken(source, shape):
                    writer.rows(rows)
                    done(len(rows))
                writer.end_table()
            sealer.end()
    return header


async def _header(engine: Database, source: Snapshot) -> Header:
    found = await source.shapes()
    if unknown := [shape.name for shape in found if shape.name not in DECISIONS]:
        raise Refused(
            f"The table {unknown[0]} is unknown to this version of Recul, and nobody decided "
            "whether it belongs in a backup. Use the version that made it."
        )
    if "account" not in {shape.name for shape in found}:
        raise Refused("There is nothing in this database yet.")
    rows = {s.name: await source.value(f'SELECT COUNT(*) FROM "{s.name}"') for s in found}
    kept = [shape for shape in found if isinstance(DECISIONS[shape.name], Kept)]
    return Header(
        version=__version__,
        made_at=f"{clock.now():%Y-%m-%d %H:%M}",
        engine=engine.engine_type,
        migrations=await migrations_of(source, ["migration"]),
        tables=kept,
        rows={shape.name: rows.pop(shape.name) for shape in kept},
        left={name: count for name, count in rows.items() if count},
    )


async def _taken(source: Snapshot, shape: Shape) -> AsyncIterator[Sequence[Sequence[Any]]]:
    """The rows as they go into the backup."""
    decision = DECISIONS[shape.name]
    instead = decision.instead if isinstance(decision, Kept) else {}
    async for rows in source.blocks(shape):
        yield [_row(shape, row, instead) for row in rows] if instead else rows


def _row(shape: Shape, row: Sequence[Any], instead: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(instead.get(name, value) for name, value in zip(shape.names, row, strict=True))
