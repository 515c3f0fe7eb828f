"""What columns hold, as Python has it: those of unions and of aggregates come back from SQLite
as they are kept."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from recul import clock
from recul.booking.wall import Slot


def slot_of(row: dict[str, Any]) -> Slot:
    """Take its parts out of a row."""
    day, starts, minutes, zone = (row.pop(name) for name in ("day", "starts", "minutes", "zone"))
    return Slot(day_of(day), starts, minutes, zone)


def instant(value: Any) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return clock.aware(found)


def day_of(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def id_of(value: Any) -> UUID:
    return UUID(value) if isinstance(value, str) else value
