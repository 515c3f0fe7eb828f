"""Moments for tests, said in one line."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from recul.journal.moments import Entry, Moment

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def moment(ago: int = 0, **fields: Any) -> Moment:
    """A moment at noon, some days before Tuesday 24 November 2026."""
    return Moment(at=NOON - timedelta(days=ago), **fields)


def entry(ago: int = 0, **fields: Any) -> Entry:
    return Entry(UUID(int=abs(ago)), moment(ago, **fields))


def said(text: str, ago: int = 0, **fields: Any) -> Entry:
    return entry(ago, sections=(("line", text),), **fields)
