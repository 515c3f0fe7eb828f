"""When a job is due next."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
FIRST_RETRY = timedelta(seconds=10)
LAST_RETRY = timedelta(minutes=15)


def next_due(now: datetime, every: timedelta, hour: int | None, time_zone: str) -> datetime:
    """A period from now, or the next time that the clocks of `time_zone` show `hour`."""
    if hour is None:
        return now + every
    zone = ZoneInfo(time_zone)
    day = now.astimezone(zone).date()
    today = datetime.combine(day, time(hour), zone).astimezone(UTC)
    return today if today > now else datetime.combine(day + DAY, time(hour), zone).astimezone(UTC)


def retry_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: 10 s, twice as long each time, at most
    a quarter of an hour."""
    return min(FIRST_RETRY * (1 << min(failures - 1, 20)), LAST_RETRY)
