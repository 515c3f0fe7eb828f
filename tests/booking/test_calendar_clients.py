"""An agenda as real programs fetch and show it, from a real server over the network."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from litestar import Litestar
from tests.booking.clients import Desk
from tests.booking.world import Circle, a_group, meetings_of, seat
from tests.organisation.world import House, inhabited
from tests.processes import RemoteVisitor, serving

from recul import clock
from recul.booking.actions import meetings
from recul.booking.tables import Meeting
from recul.booking.wall import Slot
from recul.database import Database
from recul.web.roles import Role

pytestmark = pytest.mark.slow
NINE, HOURS = 9 * 60, timedelta(hours=2)
WEEKS = 54
"""More than a year: both changes of the clocks, whenever these tests are run."""


async def a_year(app: Litestar, zone: str) -> Circle:
    """A meeting a week at nine, in two cycles since one has sixty dates at most."""
    house = await inhabited(app, Role.FACILITATOR, Role.SELF)
    first = clock.today() + timedelta(days=2)
    days = [first + timedelta(weeks=week) for week in range(WEEKS)]
    circle = await a_group(house, *(Slot(day, NINE, 120, zone) for day in days))
    await seat(circle, house.ids[Role.SELF])
    return circle


async def address(url: str, house: House, role: Role, detail: str = "title") -> str:
    """What the page shows to somebody, at the server that answers at `url`."""
    window = RemoteVisitor(url)
    async with window.client:
        await window.sign_in(house.people[role].email)
        page = (await window.post("/compte/agenda", {"detail": detail})).text
    return f"{url}/agenda/" + page.split("/agenda/", 1)[1].split('"')[0]


@pytest.mark.parametrize("zone", ["Europe/Paris", "Europe/Zurich"])
async def test_a_year_of_meetings(
    live_db: Database, live_url: str, app: Litestar, tmp_path: Path, zone: str
):
    circle = await a_year(app, zone)
    rows = await Meeting.select().where(Meeting.cycle == circle.cycle).order_by(Meeting.day)
    with serving(tmp_path / "var", tmp_path / "log", live_url) as served:
        (tmp_path / "a").mkdir()
        desk = Desk(tmp_path / "a", await address(served.url, circle.house, Role.SELF))
        desk.fetch()
        log = served.log.read_text()
    here = desk.look(zone)
    assert [(one.starts.date(), one.starts.hour) for one in here] == [(r["day"], 9) for r in rows]
    assert {one.ends - one.starts for one in here} == {HOURS}
    assert {one.title for one in here} == {"Tilleuls et Rivage"}
    assert {one.location for one in here} == {"Maison du Rivage, salle 2"}
    there = ZoneInfo("America/Montreal")
    abroad = [one.starts.replace(tzinfo=there) for one in desk.look("America/Montreal")]
    assert abroad == [row["starts_at"] for row in rows]
    assert {at.hour for at in abroad} == {3, 4}
    assert "/agenda/" not in log


async def test_what_changes_arrives(
    live_db: Database, live_url: str, app: Litestar, tmp_path: Path
):
    """The facilitator's own programs: one date moved, one cancelled, and one of them revoked."""
    house = await inhabited(app, Role.FACILITATOR, Role.SELF)
    day = clock.today() + timedelta(days=10)
    slots = [Slot(day + timedelta(weeks=n), NINE, 120, "Europe/Paris") for n in range(3)]
    circle = await a_group(house, *slots)
    with serving(tmp_path / "var", tmp_path / "log", live_url) as served:
        (tmp_path / "a").mkdir()
        url = await address(served.url, house, Role.FACILITATOR, "busy")
        desk = Desk(tmp_path / "a", url)
        desk.fetch()
        before = desk.look("Europe/Paris")
        await change(circle, slots)
        desk.fetch()
        after = desk.look("Europe/Paris")
    assert [(one.starts.date(), one.starts.hour) for one in before] == [(s.day, 9) for s in slots]
    assert {(one.title, one.location) for one in before} == {("Occupé", "")}
    assert [(one.starts.date(), one.starts.hour, one.title) for one in after] == [
        (slots[0].day, 9, "Occupé"),
        (slots[1].day, 9, "Annulé"),
        (slots[2].day + timedelta(days=1), 15, "Occupé"),
    ]
    assert "CANCELLED" in after[1].status.upper()


async def change(circle: Circle, slots: list[Slot]) -> None:
    from tests.visitors import settings

    _, second, third = await meetings_of(circle.cycle)
    later = Slot(slots[2].day + timedelta(days=1), 15 * 60, 120, "Europe/Paris")
    await meetings.cancel(settings(), circle.cycle, UUID(str(second)))
    await meetings.move(settings(), circle.cycle, UUID(str(third)), 0, later, None)
