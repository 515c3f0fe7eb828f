"""The ledger of erased accounts: what a restored backup must not bring back.

A file beside the keys of open cycles, so in no backup: one id a line, nothing else. Such an id is
made of chance, and after the erasure nothing else has it. A line is on the disk before the row of
the account goes.
"""

import fcntl
import os
from pathlib import Path
from uuid import UUID

NAME = "effacements"


def ledger(folder: Path) -> set[UUID]:
    """The accounts that were erased here; a line that a crash cut short is none."""
    try:
        lines = (folder / NAME).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {found for line in lines if (found := _read(line)) is not None}


def _read(line: str) -> UUID | None:
    try:
        return UUID(line.strip()) if len(line.strip()) == 36 else None
    except ValueError:
        return None


def note(folder: Path, account: UUID) -> None:
    """Write it down for good; once, however often it is told. Raises OSError, and then the
    account must stay."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        if account not in ledger(folder):
            # Begun on a line of its own, also after one that a crash cut short.
            os.write(file, f"\n{account}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
    _sync(folder)


def _sync(folder: Path) -> None:
    """The name of a new file is on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
