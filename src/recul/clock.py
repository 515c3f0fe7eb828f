"""The only place that asks the time, so that the demo world and tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_set: ContextVar[datetime | None] = ContextVar("recul_clock", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _set.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in UTC: what rows keep, never a person's own day."""
    return now().date()


def aware(stored: datetime) -> datetime:
    """An instant as the database gave it back: SQLite's has lost that it is of UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def local(time_zone: str) -> datetime:
    """This minute on the wall of somebody in `time_zone`."""
    return now().astimezone(ZoneInfo(time_zone)).replace(second=0, microsecond=0)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware `moment` for what runs inside."""
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)
