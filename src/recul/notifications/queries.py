"""Reads of the outbox, of working hours and of unwanted mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch
from recul.notifications.rules import LATEST, LONGEST_CLAIM, WorkHours
from recul.notifications.tables import Hours, Muted, OutboxMail

AT_ONCE = 100
WAITING = "m.sent_at IS NULL AND NOT m.failed AND m.joined IS NULL"
"""On its own, not as a line of a digest."""


@dataclass(frozen=True, slots=True)
class Due:
    """A mail whose turn has come, unless its reader is not at work."""

    id: UUID
    kind: str
    account: UUID | None
    box: bytes
    time_zone: str
    urgent: bool
    useful_until: datetime | None
    hours: WorkHours
    joinable: bool
    """May be told in a digest: it was certainly never taken by a mail server."""

    def may_leave_at(self, now: datetime) -> datetime:
        return now if self.urgent else self.hours.next_open(now, self.time_zone)


async def due() -> list[Due]:
    """What should be sent now, urgent mail first."""
    now = clock.now()
    rows = await fetch(
        QueryString(
            f"""
            SELECT m.id, m.kind, m.account, m.box, m.time_zone, m.urgent, m.useful_until,
                   m.joinable AND m.unsure = 0 AND NOT m.handing AS joinable, h.weekdays,
                   h.starts, h.ends
            FROM outbox_mail m LEFT JOIN hours h ON h.account = m.account
            WHERE {WAITING} AND (m.next_try_at <= {{}} OR m.next_try_at > {{}})
              AND (m.claimed_until IS NULL OR m.claimed_until <= {{}} OR m.claimed_until > {{}})
            ORDER BY m.urgent DESC, m.next_try_at LIMIT {AT_ONCE}
            """,  # noqa: S608 - the one name in it is a constant
            *(now, now + LATEST),
            *(now, now + LONGEST_CLAIM),
        )
    )
    return [
        Due(
            id=row["id"],
            kind=row["kind"],
            account=row["account"],
            box=bytes(row["box"]),
            time_zone=row["time_zone"],
            urgent=bool(row["urgent"]),
            useful_until=row["useful_until"],
            hours=_hours(row),
            joinable=bool(row["joinable"]),
        )
        for row in rows
    ]


def _hours(row: dict[str, Any]) -> WorkHours:
    if row["weekdays"] is None:
        return WorkHours()
    return WorkHours(row["weekdays"], row["starts"], row["ends"])


async def hours(account: UUID) -> WorkHours:
    """When a person works: what she said, else Monday to Friday from 8 to 18."""
    row = await Hours.objects().get(Hours.account == account)
    return WorkHours(row.weekdays, row.starts, row.ends) if row else WorkHours()


async def muted_kinds(viewer: UUID) -> set[str]:
    """The kinds of mail that she turned off."""
    rows = await Muted.select(Muted.kind).where(Muted.account == viewer)
    return {row["kind"] for row in rows}


async def waiting(viewer: UUID, kind: str) -> list[UUID]:
    """Her mails of a kind that have not left, those that a digest tells too."""
    rows = await OutboxMail.select(OutboxMail.id).where(
        OutboxMail.account == viewer, OutboxMail.kind == kind, OutboxMail.sent_at.is_null()
    )
    return [row["id"] for row in rows]


async def digests_of(mails: Sequence[UUID]) -> list[UUID]:
    """The digests that tell some of these mails."""
    rows = await OutboxMail.select(OutboxMail.joined).where(
        OutboxMail.id.is_in(list(mails)), OutboxMail.joined.is_not_null()
    )
    return sorted({row["joined"] for row in rows})


async def states(mails: list[UUID]) -> dict[UUID, str]:
    """waiting, sent or failed, for those that are not forgotten yet."""
    if not mails:
        return {}
    rows = await OutboxMail.select(OutboxMail.id, OutboxMail.sent_at, OutboxMail.failed).where(
        OutboxMail.id.is_in(mails)
    )
    return {
        row["id"]: "failed" if row["failed"] else "sent" if row["sent_at"] else "waiting"
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Counts:
    """The outbox in figures."""

    waiting: int
    in_trouble: int
    """Of them: tried without success, the first time more than an hour ago."""
    failed: int
    unsure: int
    """Of the failed ones: perhaps delivered all the same."""


async def counts(hour_ago: datetime) -> Counts:
    sql = f"""
        SELECT COALESCE(SUM(CASE WHEN {WAITING} THEN 1 ELSE 0 END), 0) AS waiting,
               COALESCE(SUM(CASE WHEN {WAITING} AND m.first_try_at < {{}} THEN 1 ELSE 0 END), 0)
                   AS in_trouble,
               COALESCE(SUM(CASE WHEN m.failed THEN 1 ELSE 0 END), 0) AS failed,
               COALESCE(SUM(CASE WHEN m.failed AND m.unsure > 0 THEN 1 ELSE 0 END), 0) AS unsure
        FROM outbox_mail m WHERE m.joined IS NULL
    """  # noqa: S608 - the one name in it is a constant
    [row] = await fetch(QueryString(sql, hour_ago))
    return Counts(**{name: int(value) for name, value in row.items()})


async def stored_rows(viewer: UUID) -> dict[str, list[dict[str, Any]]]:
    """The viewer's rows of every table of notifications, exactly as they are stored."""
    statements = {
        "hours": "SELECT * FROM hours WHERE account = {}",
        "muted": "SELECT * FROM muted WHERE account = {}",
        "outbox_mail": "SELECT * FROM outbox_mail WHERE account = {}",
    }
    return {
        table: await fetch(QueryString(statement, viewer))
        for table, statement in statements.items()
    }
