"""Groups of the demo world: made by the application's own actions, whatever the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests import visitors

from recul import clock
from recul.accounts.queries import account_by_email
from recul.booking.queries import facilitation, service_agreements
from recul.booking.tables import (
    Appointment,
    Enrolment,
    Meeting,
    MeetingCycle,
    MeetingGroup,
    SeatOffer,
)
from recul.database import Database
from recul.demo import world
from recul.demo.circles import CIRCLES

pytestmark = pytest.mark.usefixtures("app")


async def cycle_of(name: str) -> dict[str, object]:
    [group] = await MeetingGroup.select(MeetingGroup.id).where(MeetingGroup.name == name)
    [cycle] = await MeetingCycle.select().where(MeetingCycle.meeting_group == group["id"])
    return dict(cycle)


async def states(cycle: object) -> list[str]:
    rows = await Enrolment.select(Enrolment.state).where(Enrolment.cycle == cycle)
    return sorted(row["state"] for row in rows)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 12, 27)])
async def test_eight_groups_over_three_organisations(db: Database, day: date):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with clock.set_to(noon):
        await world.seed(visitors.settings(), reset=False)
        rows = await MeetingGroup.select(MeetingGroup.organisation, MeetingGroup.name)
        assert {row["name"] for row in rows} == {circle.name for circle in CIRCLES}
        assert (len(rows), len({row["organisation"] for row in rows})) == (8, 3)
        past = await Meeting.count().where(Meeting.ends_at < noon)
        assert past == await Meeting.count().where(Meeting.noted_on.is_not_null()) > 0

        full = await cycle_of("Co-développement du Territoire Sud")
        assert await states(full["id"]) == ["left"] + ["seated"] * 7 + ["waiting"] * 3
        nadia = await account_by_email("educatrice@recul.example")
        assert nadia
        [offer] = await SeatOffer.select(SeatOffer.enrolment.account, SeatOffer.state)
        assert offer == {"enrolment.account": nadia.id, "state": "open"}

        few = await cycle_of("Accueils difficiles, analyse de la pratique")
        assert await states(few["id"]) == ["asked"] * 2 + ["seated"] * 3
        assert (few["state"], few["asked_on"]) == ("planned", day)

        anne = await account_by_email("superviseure@recul.example")
        assert anne
        for weeks in (0, 1):
            monday = noon - timedelta(days=day.weekday(), hours=12) + timedelta(weeks=weeks)
            week = await facilitation.dates(anne.id, monday, monday + timedelta(days=7))
            assert len(week) >= 3
        assert await Appointment.count() >= 6
        yesterday = noon - timedelta(hours=12)
        over = Appointment.select(Appointment.attended).where(Appointment.ends_at < yesterday)
        assert {row["attended"] for row in await over} == {True}

        for agreed in await service_agreements.agreements(anne.id, noon):
            hours = agreed.hours
            assert hours.held > 0
            assert hours.coming > 0
            assert hours.unnoted == 0
            assert agreed.left > 0
