"""What a job is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from recul.clockwork.rules import DAY
from recul.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """Work done once a period, by one process. It must bear being killed and begun again."""

    name: str
    """At most 40 characters; it stays the same over versions."""
    work: Callable[[Settings], Awaitable[object]]
    every: timedelta = DAY
    hour: int | None = None
    """A daily job: the hour of the instance's time zone at which it becomes due."""
    needs_right_time: bool = False
    """It does what cannot be undone because a time has come: purges, closes, sends. It waits
    while the clock cannot be trusted (``steady``)."""
