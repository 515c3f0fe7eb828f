"""PostgreSQL's errors in the words of both engines."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from recul.database import trouble
from recul.database.errors import Busy, Full, Unavailable, Unreachable, Unwritable

KINDS: tuple[tuple[type[Exception], type[Unavailable]], ...] = (
    (asyncpg.DiskFullError, Full),
    (asyncpg.ReadOnlySQLTransactionError, Unwritable),
    (asyncpg.PostgresSystemError, Unwritable),
    (asyncpg.InsufficientResourcesError, Busy),
    (asyncpg.exceptions.TransactionRollbackError, Busy),
    (asyncpg.LockNotAvailableError, Busy),
    (asyncpg.QueryCanceledError, Busy),
    (asyncpg.exceptions.OperatorInterventionError, Unreachable),
    (asyncpg.PostgresConnectionError, Unreachable),
    (asyncpg.InvalidAuthorizationSpecificationError, Unreachable),
    (asyncpg.InvalidCatalogNameError, Unreachable),
    (asyncpg.InternalClientError, Unreachable),  # a connection that broke in the middle of a word
    (TimeoutError, Unreachable),
    (OSError, Unreachable),
)
# A connection or a pool that is closed, or closing; one that the pool took back when it broke.
_GONE = ("closed", "closing", "released back to the pool")


@contextmanager
def spoken(away: type[Unavailable] = Unreachable) -> Iterator[None]:
    """Around everything that asks the server. Raises Unavailable; `away` when it went away."""
    try:
        yield
    except Exception as error:
        if (kind := kind_of(error)) is None:
            raise
        kind = away if kind is Unreachable else kind
        raise trouble.met(kind(str(error))) from error


def kind_of(error: Exception) -> type[Unavailable] | None:
    """None: it is our own mistake, or nothing that time mends."""
    for engine_error, kind in KINDS:
        if isinstance(error, engine_error):
            return kind
    said = str(error)
    if isinstance(error, asyncpg.InsufficientPrivilegeError) and " file " in said:
        return Unwritable  # what the server says of a file system that is read-only
    if type(error) is asyncpg.InterfaceError and any(word in said for word in _GONE):
        return Unreachable
    return None
