"""*Ma semaine* and the month of a facilitator: hers, of every organisation, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from litestar import Litestar
from tests.booking.world import a_group, enrol, seat, slots, somebody
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul.booking.calendar_days import month_of, week_of
from recul.booking.tables import Attendance, Meeting, MeetingCycle, MeetingGroup
from recul.database import recorded_statements
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.usefixtures("noon")


async def read(visitor: Visitor, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text)


async def test_a_week_shows_each_day_with_who_is_expected(house: House):
    circle = await a_group(house, *slots(2, date(2026, 11, 26), every=7))
    people = [await somebody(house, f"Personne {n}") for n in range(3)]
    await seat(circle, *people)
    await Attendance(meeting=circle.meetings[0], account=people[0], state="excused").save()
    facilitator = house.people[Role.FACILITATOR]
    shown = await read(facilitator, "/animation?semaine=2026-W48")
    assert "Tilleuls et Rivage" in shown
    assert "2 personnes, 1 excusée" in shown.replace("\u202f", " ").replace("\u00a0", " ")
    assert str(circle.meetings[0]) in shown
    assert str(circle.meetings[1]) not in shown
    month = await read(facilitator, "/animation/mois?mois=2026-12")
    assert (str(circle.meetings[0]) in month, str(circle.meetings[1]) in month) == (False, True)
    assert "Personne 1" not in shown + month


async def test_several_organisations_stand_side_by_side_for_their_facilitator_only(
    app: Litestar, house: House
):
    await a_group(house, *slots(1, date(2026, 11, 26)))
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    elsewhere.ids[Role.FACILITATOR] = house.ids[Role.FACILITATOR]
    await roles.appoint(house.ids[Role.FACILITATOR], elsewhere.organisation, rules.FACILITATOR)
    await a_group(elsewhere, *slots(1, date(2026, 11, 27)), name="Bellerive en cercle")
    shown = await read(house.people[Role.FACILITATOR], "/animation?semaine=2026-W48")
    assert all(name in shown for name in ("Val-Clair", "Bellerive en cercle", "Tilleuls"))
    other = await read(house.people[Role.STRANGER], "/animation?semaine=2026-W48")
    assert not any(name in other for name in ("Val-Clair", "Bellerive", "Tilleuls"))


async def test_what_waits_is_called_to_mind(house: House):
    circle = await a_group(house, *slots(3, date(2026, 11, 26), every=7))
    await enrol(circle, await somebody(house), "asked")
    await seat(circle, await somebody(house))
    await MeetingCycle.update({MeetingCycle.asked_on: TODAY}).where(MeetingCycle.id == circle.cycle)
    past = await a_group(house, *slots(1, date(2026, 11, 12)), name="Déjà tenue")
    await seat(past, await somebody(house))
    shown = await read(house.people[Role.FACILITATOR], "/animation")
    assert f"/planification/cycles/{circle.cycle}/decision" in shown
    assert "1 demande" in shown.replace("\u00a0", " ").replace("\u202f", " ")
    assert f"/animation/seances/{past.meetings[0]}" in shown
    await Meeting.update({Meeting.noted_on: TODAY}).where(Meeting.id == past.meetings[0])
    await MeetingCycle.update({MeetingCycle.state: "confirmed"}).where(
        MeetingCycle.id == circle.cycle
    )
    shown = await read(house.people[Role.FACILITATOR], "/animation")
    assert "Déjà tenue" not in shown
    assert "/decision" not in shown


async def test_a_week_costs_the_same_with_one_and_with_three_groups(house: House):
    circle = await a_group(house, *slots(1, date(2026, 11, 26)))
    await seat(circle, await somebody(house))
    counts = []
    for _ in range(2):
        with recorded_statements() as statements:
            await read(house.people[Role.FACILITATOR], "/animation?semaine=2026-W48")
        counts.append(len(statements))
        for name in ("Deux", "Trois"):
            other = await a_group(house, *slots(2, date(2026, 11, 25), every=1), name=name)
            await seat(other, *[await somebody(house) for _ in range(3)])
    assert counts == [6, 6]


async def test_whoever_leads_nothing_has_no_week(house: House, nobody: Visitor):
    await a_group(house)
    for role in (Role.SELF, Role.COLLEAGUE, Role.MANAGER, Role.ORGANISER, Role.ADMINISTRATOR):
        for path in ("/animation", "/animation/mois"):
            assert (await house.people[role].get(path)).status_code == 404
    assert (await nobody.get("/animation")).status_code == 303


@pytest.mark.parametrize(
    ("typed", "monday"),
    [
        ("2026-W01", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("2026-W54", date(2026, 11, 16)),
        ("9999-W52", date(2026, 11, 16)),
        ("0001-W01", date(2026, 11, 16)),
        ("²026-W٣", date(2026, 11, 16)),
        ("", date(2026, 11, 16)),
        ("-W-W" * 900, date(2026, 11, 16)),
    ],
)
def test_weeks_in_addresses(typed: str, monday: date):
    assert week_of(typed, TODAY).monday == monday


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2026-02", date(2026, 2, 1)),
        ("2026-13", date(2026, 11, 1)),
        ("9999-12", date(2026, 11, 1)),
        ("0000-01", date(2026, 11, 1)),
        ("\x00", date(2026, 11, 1)),
    ],
)
def test_months_in_addresses(typed: str, first: date):
    assert month_of(typed, TODAY).first == first


def test_a_week_across_a_new_year_has_its_neighbours():
    week = week_of("2026-W53", TODAY)
    assert (week.before.name, week.name, week.after.name) == ("2026-W52", "2026-W53", "2027-W01")
    assert week.sunday == week.monday + timedelta(days=6)


async def test_a_date_is_shown_on_the_day_of_whoever_looks(house: House):
    """Close to midnight in Paris it is the same evening in Montréal."""
    await a_group(house, *slots(1, date(2026, 11, 30), starts=1, minutes=60))
    [row] = await Meeting.select(Meeting.starts_at)
    assert row["starts_at"] == datetime(2026, 11, 29, 23, 1, tzinfo=UTC)
    facilitator = house.people[Role.FACILITATOR]
    assert "Tilleuls" in await read(facilitator, "/animation?semaine=2026-W49")
    await MeetingGroup.update({MeetingGroup.name: "Loin"}).where(MeetingGroup.name.is_not_null())
    assert "Loin" not in await read(facilitator, "/animation?semaine=2026-W48")


def test_a_zone_is_named_only_where_its_clock_says_something_else():
    [here] = slots(1, zone="Europe/Paris")
    wanted = ("Europe/Zurich", "Europe/Lisbon", "America/Montreal")
    assert [here.elsewhere(zone) for zone in wanted] == [False, True, True]
