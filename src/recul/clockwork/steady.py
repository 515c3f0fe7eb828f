"""Whether the clock can be trusted with what cannot be undone: purging, closing, publishing.

A clock jumps when a machine starts with the wrong date, or somebody sets it. Each process compares
it with a second clock that only counts, and with when the jobs that cannot be undone ran last, in
whichever process. After a jump, or when nobody was at work for long, those jobs wait until the
clock has gone evenly for an hour: time to notice, and to set it right. All other jobs go on.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(minutes=2)
AWAY = timedelta(hours=1)
SETTLES = timedelta(hours=1)
PAUSE = timedelta(seconds=30)
"""After a jump nobody begins anything: whoever holds a lease renews it in the new time first."""
log = logging.getLogger("recul")


def ticks() -> float:
    """Seconds that pass evenly, those of a sleeping machine included where it counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Watch:
    """One process's eye on its clock."""

    def __init__(self, count: Callable[[], float] = ticks) -> None:
        self._count = count
        self._seen: tuple[datetime, float] | None = None
        self._newest: datetime | None = None
        self._jumped_at = self._doubted_at = float("-inf")

    def look(self, now: datetime, newest: datetime | None) -> None:
        """Call it every second or so. `newest`: when a job that cannot be undone ran last."""
        count = self._count()
        if self._seen is not None:
            moment, before = self._seen
            if abs(now - moment - timedelta(seconds=count - before)) > JUMP:
                self._jumped_at = count
                self._doubt(count)
        # Somebody was at work by another clock, or nobody was for long. Once for each sight of it.
        if newest is not None and newest != self._newest and abs(now - newest) > AWAY:
            self._doubt(count)
        self._seen, self._newest = (now, count), newest

    def _doubt(self, count: float) -> None:
        if self.trusted():
            log.warning("clockwork: is the clock right? What cannot be undone waits for an hour")
        self._doubted_at = count

    def trusted(self) -> bool:
        return self._count() - self._doubted_at >= SETTLES.total_seconds()

    def allows(self, needs_right_time: bool) -> bool:
        """Whether a job may begin."""
        paused = self._count() - self._jumped_at < PAUSE.total_seconds()
        return not paused and (self.trusted() or not needs_right_time)


WATCH = Watch()
"""Of this process. It trusts the clock until it was told to look."""
