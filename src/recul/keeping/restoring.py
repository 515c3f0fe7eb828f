"""Opening a backup: to see that it is whole, or to make a database of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recul import database
from recul.database import Database, DatabaseTooNew
from recul.keeping import keys
from recul.keeping.document import Blocks, Reader, Sum
from recul.keeping.keys import Beginning
from recul.keeping.refusals import Damaged, Refused
from recul.keeping.sealing import opened
from recul.keeping.shapes import Shape
from recul.keeping.snapshots import sum_of
from recul.keeping.targets import Target, empty_target, refuse_other_schema
from recul.progress import Done, Progress

KeyOf = Callable[[Beginning], bytes]
"""The key of a file, from what stands in clear at its beginning. Asked once."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file and its key."""

    path: Path
    key: bytes

    @classmethod
    def at(cls, path: Path, key_of: KeyOf) -> "Backup":
        """Raises Refused, Damaged or OSError."""
        with path.open("rb") as file:
            return cls(path, key_of(keys.beginning(file)))

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Raises Damaged."""
        with self.path.open("rb") as file:
            about = keys.beginning(file).raw
            yield Reader(opened(file, self.key, about))


@dataclass(frozen=True, slots=True)
class Verified:
    """A backup that was read from its beginning to its end."""

    backup: Backup
    reader: Reader

    @property
    def sums(self) -> dict[str, Sum]:
        return self.reader.sums

    @property
    def last_migration(self) -> str:
        return self.reader.header.migrations[-1]


def verified(backup: Backup, progress: Progress) -> Verified:
    """Read all of it: authentic, complete, every count and sum as it was written. Raises
    Damaged."""
    with backup.reading() as reader:
        whole = sum(reader.header.rows.values())
        with progress.of("Verifying", whole) as done:
            for _, blocks in reader.tables():
                for rows in blocks:
                    done(len(rows))
        return Verified(backup, reader)


async def restore(
    found: Verified,
    engine: Database,
    progress: Progress,
    re_erase: Callable[[], Awaitable[int]],
) -> int:
    """Make a database of a backup, in the place of an empty one: all of it or nothing.

    `re_erase` erases again whoever was erased since, before anybody can sign in; returns how
    many. Raises Refused, Damaged, Unreachable or what the database raises.
    """
    await _refuse_newer(found)
    async with empty_target(engine) as target:
        await database.migrate(until=found.last_migration)
        await refuse_other_schema(found.reader.header.tables, target)
        await _fill(found, target, progress)
        await target.check()
        await _compare(found, target, progress)
        await database.migrate()
        return await re_erase()


async def _refuse_newer(found: Verified) -> None:
    known = database.known_migrations()
    theirs = found.reader.header.migrations
    if unknown := sorted(set(theirs) - set(known)):
        raise DatabaseTooNew(
            f"This backup was made by Recul {found.reader.header.version}, whose database knows "
            f"{unknown[-1]}: newer than this version. Install that one, then restore."
        )
    if theirs != known[: len(theirs)]:
        raise Refused("This backup knows of other migrations than this version of Recul.")


async def _fill(found: Verified, target: Target, progress: Progress) -> None:
    with found.backup.reading() as reader:
        with progress.of("Restoring", sum(reader.header.rows.values())) as done:
            for shape, blocks in reader.tables():
                await target.fill(shape, _told(blocks, done))
        if reader.sums != found.sums:
            raise Damaged("The backup changed while it was read.")


async def _told(blocks: Blocks, done: Done) -> AsyncIterator[Sequence[Sequence[Any]]]:
    for rows in blocks:
        yield rows
        done(len(rows))


async def _compare(found: Verified, target: Target, progress: Progress) -> None:
    """What is in the database now, row by row."""
    snapshot = target.reading()
    tables: list[Shape] = found.reader.header.tables
    with progress.of("Comparing", len(tables)) as done:
        for shape in tables:
            if await sum_of(snapshot, shape) != found.sums[shape.name]:
                raise Damaged(f"The table {shape.name} is not in the database as it was backed up.")
            done(1)
