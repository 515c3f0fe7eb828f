"""What may go wrong with a command, as a sentence and exit status 1."""

import asyncio
import errno
import sqlite3
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import asyncpg
import click

from recul import database
from recul.database import DatabaseTooNew, Full, Unavailable, Unreachable
from recul.keeping.refusals import Refused
from recul.settings import SettingError

T = TypeVar("T")
FULL = "The disk is full. Nothing was kept of it: make room, then begin again."
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


_TROUBLES = (
    Unavailable,
    OSError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)


class Stopped(click.ClickException):
    """A sentence, and nothing around it."""

    def show(self, file: object = None) -> None:
        click.secho(self.message, err=True)


def stopped_by_trouble(work: Callable[[], T]) -> T:
    """Do some work. Raises Stopped."""
    try:
        return work()
    except (Refused, DatabaseTooNew, SettingError) as error:
        raise Stopped(str(error)) from None
    except Unreachable as error:
        raise Stopped(f"The database cannot be reached: {error}.") from None
    except _TROUBLES as error:
        raise Stopped(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    full = isinstance(error, OSError) and error.errno in NO_ROOM
    if full or isinstance(error, Full | asyncpg.DiskFullError) or "is full" in str(error):
        return FULL
    return f"It did not work, and nothing was changed: {error}."


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do some work on the bound database, and close it."""

    async def closed() -> T:
        try:
            return await work
        finally:
            await database.close_database()

    return asyncio.run(closed())
