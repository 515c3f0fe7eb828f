"""Forgetting who was where, some years after it ended."""

from datetime import timedelta

from recul import clock
from recul.organisation.tables import LineManager, Membership, Role

KEPT = timedelta(days=5 * 365)
"""After the day on which somebody left a team, or gave a role back."""


async def forget_old() -> None:
    since = clock.today() - KEPT
    for table in (Membership, Role, LineManager):
        await table.delete().where(table.ended_on < since)
