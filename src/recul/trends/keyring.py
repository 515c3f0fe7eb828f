"""The keys of open cells: files outside the database and outside its backups.

One file a key, named by its cell, cycle and version, readable by its owner alone. Several
processes may share the folder: a key that exists is never written again, and a destroyed one is
not made anew. The folder also remembers, against a restored backup, which cycle closed last.
"""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from recul.trends import steps
from recul.vault.keys import KEY_SIZE, new_data_key

_SUFFIX = ".key"
_CLOSED = "closed"
# Reading leaves no time behind: it would be that of a check-in.
_QUIETLY = getattr(os, "O_NOATIME", 0)


class KeyLost(Exception):
    """There is no such key here: it was destroyed, or the folder is another one."""


class Name(NamedTuple):
    """Which key: the first version of a cell's key is 1, and each night makes the next."""

    cell: UUID
    cycle: int
    version: int

    @property
    def file(self) -> str:
        return f"{self.cell.hex}-{self.cycle}-{self.version}{_SUFFIX}"

    @classmethod
    def of(cls, file: str) -> "Name | None":
        """None for a file that is no key."""
        if not file.endswith(_SUFFIX):
            return None
        try:
            cell, cycle, version = file.removesuffix(_SUFFIX).split("-")
            return cls(UUID(cell), int(cycle), int(version))
        except ValueError:
            return None


class Keyring:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, *names: Name) -> list[bytes]:
        """The keys of these names, made where they do not exist yet, and safely on the disk."""
        with self._alone():
            for name in names:
                if not self._path(name).exists():
                    self._write(self._path(name), new_data_key())
        return [_read(self._path(name)) for name in names]

    def _path(self, name: Name) -> Path:
        return self.folder / name.file

    def _write(self, path: Path, content: bytes) -> None:
        """All of a file or nothing of it."""
        file = os.open(self._begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            if os.write(file, content) < len(content):
                raise OSError(errno.ENOSPC, "the key folder has no space left")
            os.fsync(file)
        finally:
            os.close(file)
        steps.reached("key written")
        self._begun.replace(path)

    @property
    def _begun(self) -> Path:
        """There is one, since who writes is alone: what a stopped process began, the next ends."""
        return self.folder / "begun"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process writes meanwhile, and everything is on the disk at the end."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._begun.unlink(missing_ok=True)
            yield
            os.fsync(folder)
        finally:
            os.close(folder)
            os.close(lock)

    def key(self, name: Name) -> bytes:
        """Raises KeyLost."""
        try:
            return _read(self._path(name))
        except FileNotFoundError:
            raise KeyLost from None

    def names(self) -> list[Name]:
        """Every key that is here."""
        files = self.folder.iterdir() if self.folder.is_dir() else []
        return [name for file in files if (name := Name.of(file.name))]

    def destroy(self, names: Iterable[Name]) -> None:
        """For good. It is no error when they are gone already."""
        with self._alone():
            for name in names:
                steps.reached("key about to go")
                self._path(name).unlink(missing_ok=True)

    @property
    def last_closed(self) -> int:
        """The number of the last cycle that was closed with this folder; 0 before the first."""
        try:
            return int((self.folder / _CLOSED).read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0

    def note_closed(self, cycle: int) -> None:
        """Remember that figures of this cycle may be out: it never opens again."""
        with self._alone():
            if cycle > self.last_closed:
                self._write(self.folder / _CLOSED, str(cycle).encode())


def _read(path: Path) -> bytes:
    """Raises FileNotFoundError."""
    try:
        file = os.open(path, os.O_RDONLY | _QUIETLY)
    except PermissionError:  # only the owner of a file may read it quietly
        file = os.open(path, os.O_RDONLY)
    try:
        key = os.read(file, KEY_SIZE + 1)
    finally:
        os.close(file)
    if len(key) != KEY_SIZE:
        raise KeyLost
    return key


_bound: Keyring | None = None


def bind(folder: Path) -> None:
    """The keyring of this process, as there is one database."""
    global _bound  # noqa: PLW0603 - one process works with one keyring
    _bound = Keyring(folder)


def bound() -> Keyring:
    if _bound is None:
        raise RuntimeError("No keyring is bound: call recul.trends.keyring.bind() first.")
    return _bound
