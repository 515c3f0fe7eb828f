"""The whole product in one database, large or small: teams with figures, groups, supervision and
journals. Everything that the pages of the bench show is in it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from piccolo.querystring import QueryString
from tests.bench import booking_slots, booking_world, county, world
from tests.bench.booking_rush import Rush, prepared
from tests.bench.booking_world import Town
from tests.bench.county import County

from recul import clock
from recul.booking.tables import Meeting, MeetingCycle, MeetingGroup
from recul.database import bound, fetch
from recul.database.postgres import Postgres
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.settings import Settings

ORGANISER = "organisatrice@recul.example"
FEW_PLACES = (county.YOUNG, county.OLD)
"""Of two teams with 23 people; the figures of the first are never asked for."""


@dataclass(frozen=True, slots=True)
class Whole:
    county: County
    town: Town
    offer: UUID
    rush: Rush | None
    cycle: UUID
    """Of a group that the member may join or is in."""
    meeting: UUID
    """Begun, and led by the facilitator."""
    moment: UUID
    """Of the reader's."""


async def make(settings: Settings, *, large: bool, rushes: int = 0) -> Whole:
    """Fill an empty, migrated database."""
    places = range(county.TEAMS) if large else FEW_PLACES
    made = await county.make(settings, places)
    town = await booking_world.make(settings, booking_world.GROUPS if large else booking_world.FEW)
    offer = await booking_slots.make(town)
    organiser = await world.person(settings, ORGANISER, [])
    await roles.appoint(organiser.owner, made.organisation, rules.ORGANISER)
    moment = await world.people(settings)
    rush = await prepared(rushes) if rushes else None
    if isinstance(bound(), Postgres):  # it does so by itself, a minute later
        await fetch(QueryString("ANALYZE"))
    return Whole(made, town, offer, rush, await _a_cycle(town), await _a_meeting(town), moment)


async def _a_cycle(town: Town) -> UUID:
    found: UUID = (
        await MeetingCycle.select(MeetingCycle.id)
        .where(MeetingCycle.state == "confirmed")
        .order_by(MeetingCycle.id)
        .first()
        .output()
    )["id"]
    return found


async def _a_meeting(town: Town) -> UUID:
    """Of three weeks ago."""
    groups = await MeetingGroup.select(MeetingGroup.id).where(
        MeetingGroup.facilitator == town.facilitator
    )
    cycles = await MeetingCycle.select(MeetingCycle.id).where(
        MeetingCycle.meeting_group.is_in([one["id"] for one in groups])
    )
    found = (
        await Meeting.select(Meeting.id)
        .where(
            Meeting.cycle.is_in([one["id"] for one in cycles]),
            Meeting.day < clock.today() - timedelta(days=3),
        )
        .order_by(Meeting.day, ascending=False)
        .first()
    )
    if found is None:
        raise RuntimeError("the facilitator has led no meeting")
    return UUID(str(found["id"]))
