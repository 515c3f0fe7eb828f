"""Showing one's hours to an organisation, and what this organisation goes by."""

from datetime import date
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.queries import hours
from recul.booking.queries.hours import Rules
from recul.booking.tables import Certificate
from recul.database import fetch, write_transaction

SHOW = """
INSERT INTO certificate (id, account, organisation, first_day, last_day, minutes, made_on)
VALUES ({}, {}, {}, {}, {}, {}, {})
ON CONFLICT (account, organisation, first_day, last_day) DO UPDATE SET
    minutes = excluded.minutes, made_on = excluded.made_on
"""
SET = """
INSERT INTO booking_rules (organisation, rule_pack, area, zone) VALUES ({}, {}, {}, {})
ON CONFLICT (organisation) DO UPDATE SET
    rule_pack = excluded.rule_pack, area = excluded.area, zone = excluded.zone
"""


async def show(viewer: UUID, organisation: UUID, first: date, last: date) -> None:
    """Let an organisation read how many hours the viewer attended in a stretch of time: one
    number. Shown again, the number of today takes the place of the one before."""
    async with write_transaction():
        attended = await hours.own(viewer, organisation, first, last)
        minutes = sum(one.attended.minutes for one in attended)
        what = (viewer, organisation, first, last, minutes, clock.today())
        await fetch(QueryString(SHOW, uuid4(), *what))


async def take_back(viewer: UUID, certificate: UUID) -> bool:
    """Show a number no longer. False when the viewer shows nothing by this id."""
    mine = (Certificate.account == viewer) & (Certificate.id == certificate)
    return bool(await Certificate.delete().where(mine).returning(Certificate.id))


async def go_by(organisation: UUID, rules: Rules) -> None:
    """Set what an organisation goes by."""
    sql = QueryString(SET, organisation, rules.rule_pack, rules.area, rules.zone)
    async with write_transaction():
        await fetch(sql)
