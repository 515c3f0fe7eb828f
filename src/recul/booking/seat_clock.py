"""How long a seat is kept for somebody: 48 hours that run on working days only."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKING_DAYS = 2
"""48 hours of the clock, on days that are worked."""
DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)


def kept_until(
    made_at: datetime, zone: str, works: Callable[[date], bool], last_start: datetime
) -> datetime:
    """The instant at which an offer runs out, in UTC: the same time of the clock two working days
    on, or the last minute of the second one when it was made on a day off; at the latest when the
    last date begins."""
    wall = made_at.astimezone(ZoneInfo(zone))
    day, clock = wall.date(), wall.time() if works(wall.date()) else LAST_MINUTE
    for _ in range(WORKING_DAYS):
        day = _next(day, works)
    until = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    return min(until, last_start)


def _next(day: date, works: Callable[[date], bool]) -> date:
    day += DAY
    while not works(day):
        day += DAY
    return day
