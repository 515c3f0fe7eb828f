"""A file that is there as a whole or not at all, for its owner only, and never in place of
another one."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from recul.keeping.refusals import Refused

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Written under another name, safely on the disk when the body ends; nothing of it is left
    when the body fails. Raises Refused when `path` is there already, or OSError."""
    _refuse_existing(path)
    written = path.with_name(f".{path.name}.{token_hex(4)}")
    number = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(written, path)
    finally:
        with suppress(FileNotFoundError):
            written.unlink()


def _refuse_existing(path: Path) -> None:
    if path.is_symlink() or path.exists():
        raise Refused(f"{path} is there already, and is left as it is. Choose another name.")


def _name(written: Path, path: Path) -> None:
    try:
        path.hardlink_to(written)
    except FileExistsError:
        _refuse_existing(path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _refuse_existing(path)
        written.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
