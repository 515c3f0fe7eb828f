"""Wall-clock time: nine o'clock stays nine o'clock when the clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A stretch of one day as people write it down: `starts` in minutes after midnight."""

    day: date
    starts: int
    minutes: int
    zone: str

    @property
    def wall(self) -> datetime:
        """Its beginning as the clocks of its zone show it: half past three where half past two
        was written down, in the hour that a spring night skips."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def starts_at(self) -> datetime:
        """The instant of its beginning, in UTC. In the hour that a spring night skips, the one of
        an unchanged clock; in the hour that comes twice, the first."""
        clock = time(self.starts // 60, self.starts % 60)
        return datetime.combine(self.day, clock, ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """Its end, in UTC: a meeting of two hours lasts two hours, whatever the clocks do."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def wall_end(self) -> datetime:
        """Its end on the wall of its zone."""
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    def elsewhere(self, zone: str) -> bool:
        """Walls in this other zone show another hour at its beginning."""
        return self.wall.utcoffset() != self.starts_at.astimezone(ZoneInfo(zone)).utcoffset()

    def overlaps(self, other: "Slot") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at
