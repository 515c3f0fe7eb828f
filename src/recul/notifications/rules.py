"""When a mail may leave, when it is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=4)
"""Counted from the first try."""
KEPT_AFTER_SENDING = timedelta(hours=24)
FAILURE_KEPT = timedelta(days=30)
"""How long a row without its content says that something was not delivered."""
DIGEST = "digest"
"""The kind of a mail that tells several."""
MOST_UNSURE = 2
"""Often enough given to a mail server that then fell silent. Its silence may come before or
after it kept the mail. Never giving it again would lose an invitation or a way back in; giving
it each time would fill somebody's mailbox. Once more, under the same Message-ID, lets servers and
mail programs that know this mail already show it once."""

LATEST = timedelta(days=15)
"""No mail waits longer for its next try: a later time was set by a clock that was wrong."""
LONGEST_CLAIM = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Wall-clock hours on some days of the week."""

    weekdays: str = "12345"
    """ISO numbers: 1 is Monday."""
    starts: int = 8 * 60
    """Minutes after midnight."""
    ends: int = 18 * 60
    """Minutes after midnight; when not after `starts`, of the day that follows."""

    def next_open(self, now: datetime, time_zone: str) -> datetime:
        """`now` when these hours hold now, else the moment when they begin next."""
        zone = ZoneInfo(time_zone)
        today = now.astimezone(zone).date()
        # From yesterday, whose night may last until this morning.
        for day in (today + timedelta(days=n) for n in range(-1, 9)):
            if str(day.isoweekday()) not in self.weekdays:
                continue
            last = day + timedelta(days=self.ends <= self.starts)
            opens = datetime.combine(day, _clock(self.starts), zone).astimezone(UTC)
            closes = datetime.combine(last, _clock(self.ends), zone).astimezone(UTC)
            if now < closes:
                return max(now, opens)
        raise ValueError("hours without a day")


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def retry_after(tries: int) -> timedelta:
    """A minute after the first try, twice as long each time, at most four hours."""
    return min(FIRST_RETRY * (1 << min(tries - 1, 20)), LAST_RETRY)
