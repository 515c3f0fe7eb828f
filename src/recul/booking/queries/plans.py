"""What planners see: dates, seats taken, how many wait. Never who: no statement here reads the
name, the address, the rank or the presence of a participant."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.queries.agenda import Engagement, clashes
from recul.booking.queries.raw import day_of, instant
from recul.booking.queries.shapes import GroupRow
from recul.booking.queries.within import GROUP, PLANS, PLANS_ARGS, SEATS_TAKEN
from recul.booking.wall import Slot
from recul.database import fetch

CYCLES = f"""
SELECT c.id, c.meeting_group, g.kind, c.state, c.zone, c.capacity, c.minimum, c.decide_on,
    c.asked_on,
    {SEATS_TAKEN} AS seated,
    (SELECT count(*) FROM enrolment e WHERE e.cycle = c.id AND e.state = 'waiting') AS waiting,
    (SELECT count(*) FROM seat_offer s
        WHERE s.cycle = c.id AND s.state = 'open' AND s.until > {{}}) AS offered,
    (SELECT count(*) FROM meeting m WHERE m.cycle = c.id AND NOT m.cancelled) AS dates,
    (SELECT min(m.starts_at) FROM meeting m
        WHERE m.cycle = c.id AND NOT m.cancelled AND m.ends_at > {{}}) AS next_at,
    (SELECT min(m.day) FROM meeting m WHERE m.cycle = c.id) AS first_day
FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group
"""
GROUNDS = """
SELECT o.id, o.name, max(CASE WHEN r.kind = 'organiser' THEN 1 ELSE 0 END) AS organised
FROM role r JOIN organisation o ON o.id = r.organisation
WHERE r.account = {} AND r.ended_on IS NULL GROUP BY o.id, o.name ORDER BY lower(o.name), o.id
"""
CHARTER = """
SELECT version, text, made_on FROM group_agreement WHERE meeting_group = {}
ORDER BY version DESC LIMIT 1
"""
GOES_ON = """
EXISTS (SELECT 1 FROM meeting m WHERE m.cycle = c.id AND NOT m.cancelled AND m.ends_at > {})
"""
LISTED = f"""
ORDER BY CASE WHEN EXISTS (SELECT 1 FROM meeting_cycle c WHERE c.meeting_group = g.id
        AND c.state = 'planned' AND c.asked_on IS NOT NULL AND {GOES_ON}) THEN 0 ELSE 1 END,
    lower(o.name), o.id, lower(g.name), g.id LIMIT {{}} OFFSET {{}}
"""
PAGE = 30
"""Groups that a page lists."""
TO_DECIDE = f"""
SELECT c.id, c.zone, c.decide_on FROM meeting_cycle c
WHERE c.state = 'planned' AND c.decide_on <= {{}} AND {GOES_ON}
    AND (c.asked_on IS NULL OR {SEATS_TAKEN} >= c.minimum)
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """An organisation in which somebody may found groups."""

    id: UUID
    name: str
    organised: bool
    """The viewer organises it; else she facilitates there, and founds groups of her own."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A cycle in numbers."""

    id: UUID
    kind: str
    """Of its group."""
    state: str
    zone: str
    capacity: int
    minimum: int
    decide_on: date
    asked_on: date | None
    seated: int
    waiting: int
    offered: int
    """Seats that are kept for somebody who was offered one."""
    dates: int
    """Those that were not cancelled."""
    next_at: datetime | None
    first_day: date

    @property
    def taken(self) -> int:
        return self.seated + self.offered

    @property
    def next_day(self) -> date | None:
        """The day of its next date, where it meets."""
        return self.next_at.astimezone(ZoneInfo(self.zone)).date() if self.next_at else None

    @property
    def missing(self) -> int:
        """People that the minimum still wants."""
        return max(0, self.minimum - self.seated)


@dataclass(frozen=True, slots=True)
class Planned:
    """A group and those of its cycles that are not over."""

    group: GroupRow
    cycles: list[Counts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Charter:
    version: int
    text: str
    made_on: date


async def grounds(viewer: UUID) -> list[Ground]:
    rows = await fetch(QueryString(GROUNDS, viewer))
    return [Ground(row["id"], row["name"], bool(row["organised"])) for row in rows]


async def groups(viewer: UUID, page: int = 0) -> tuple[list[Planned], bool]:
    """PLANNER: the open groups that the viewer leads or organises, what is to be decided first,
    and whether there are more; in two statements."""
    where = f"{PLANS} AND g.closed_on IS NULL"
    args = [*[viewer] * PLANS_ARGS, clock.now(), PAGE + 1, page * PAGE]
    rows = await fetch(QueryString(f"{GROUP} WHERE {where} {LISTED}", *args))
    found = {row["id"]: Planned(GroupRow(**row)) for row in rows[:PAGE]}
    await _with_cycles(found)
    return list(found.values()), len(rows) > PAGE


async def _with_cycles(found: dict[UUID, Planned]) -> None:
    """Give groups their cycles with dates to come, the next one first."""
    if not found:
        return
    now, groups = clock.now(), ", ".join(["{}"] * len(found))
    statement = f"{CYCLES} WHERE g.id IN ({groups}) AND {GOES_ON}"
    for row in await fetch(QueryString(statement, now, now, *found, now)):
        found[row["meeting_group"]].cycles.append(_counts(row))
    for one in found.values():
        one.cycles.sort(key=lambda counts: (counts.next_at, counts.id))


async def cycles_of(group: UUID) -> list[Counts]:
    """Every cycle of a group that is within reach, the latest first."""
    now = clock.now()
    rows = await fetch(QueryString(f"{CYCLES} WHERE g.id = {{}}", now, now, group))
    found = [_counts(row) for row in rows]
    return sorted(found, key=lambda one: (one.first_day, one.id), reverse=True)


async def counts(cycle: UUID) -> Counts:
    """Of a cycle that is within reach."""
    now = clock.now()
    [row] = await fetch(QueryString(f"{CYCLES} WHERE c.id = {{}}", now, now, cycle))
    return _counts(row)


def _counts(row: dict[str, Any]) -> Counts:
    row.pop("meeting_group")
    first, coming = row.pop("first_day"), row.pop("next_at")
    return Counts(
        next_at=instant(coming) if coming else None,
        first_day=day_of(first),
        **row,
    )


async def charter(group: UUID) -> Charter:
    """The version in force, of a group that is within reach."""
    [row] = await fetch(QueryString(CHARTER, group))
    return Charter(**row)


async def to_decide() -> list[UUID]:
    """Planned cycles about which something is to be done: their day of decision has come, by the
    date of their own zone, and nobody was asked, or they have their minimum since."""
    # Nowhere is a date ahead of UTC's by more than one.
    tomorrow = clock.today().toordinal() + 1
    rows = await fetch(QueryString(TO_DECIDE, date.fromordinal(tomorrow), clock.now()))
    return [row["id"] for row in rows if row["decide_on"] <= clock.local(row["zone"]).date()]


async def known_clashes(
    viewer: UUID, group: GroupRow, slots: Iterable[Slot], but: UUID | None = None
) -> list[Engagement]:
    """What the group's facilitator has at the same time, as far as the viewer may know of it:
    everything of her own; of somebody else only the groups led in the same organisation."""
    if group.facilitator is None:
        return []
    return [
        one
        for one in await clashes(group.facilitator, list(slots), but)
        if viewer == group.facilitator
        or (one.part == "lead" and one.organisation == group.organisation)
    ]
