"""Reminders: a week and two days before, once, to those who are expected."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.booking.alone import an_appointment
from tests.booking.seats import people
from tests.booking.told import email_of, sent, waiting
from tests.booking.world import FIRST, Circle, a_group, enrol, seat, slots
from tests.notifications.servers import MailServer, mail_server
from tests.organisation.world import House

from recul import clock
from recul.booking import notices
from recul.booking.actions import decisions, meetings, reminders
from recul.booking.queries.within import led_cycle
from recul.booking.tables import Appointment, Attendance, Meeting
from recul.booking.wall import Slot
from recul.settings import Settings
from recul.web.roles import Role

WEEK, TWO = FIRST - timedelta(days=7), FIRST - timedelta(days=2)


def ten(day: date) -> datetime:
    """Ten o'clock in Paris, in winter."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def circle(small: House) -> Circle:
    """One date, on Thursday 3 December."""
    return await a_group(small, *slots(1))


@pytest.fixture
async def lea(small: House) -> UUID:
    [account] = await people(small, 1)
    return account


async def remind(post: MailServer, at: datetime) -> list[str]:
    """Run the job at an hour; whom it wrote to."""
    with clock.set_to(at):
        await reminders.remind(post.settings())
    return [one.to for one in await sent(post, at)]


async def test_a_week_before_and_two_days_before(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    both = sorted([await email_of(lea), circle.house.people[Role.FACILITATOR].email])
    told = {day: await remind(post, ten(FIRST - timedelta(days=day))) for day in range(10, -1, -1)}
    assert told == {day: both if day in (7, 2) else [] for day in range(10, -1, -1)}


async def test_what_a_reminder_says(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    with clock.set_to(ten(WEEK)):
        await reminders.remind(post.settings())
    told, _ = await sent(post, ten(WEEK))
    assert told.subject == "Recul : un rendez-vous approche"
    assert "Un rendez-vous approche : jeudi 3 décembre, de 14 h 00 à 16 h 00." in told.text
    assert f"/rendez-vous/{circle.meetings[0]}\n" in told.text
    assert told.calendars == []


async def test_once_however_often_it_is_looked(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    counts = [len(await remind(post, ten(WEEK) + timedelta(hours=n))) for n in range(4)]
    assert counts == [2, 0, 0, 0]


async def test_a_server_that_was_away_for_a_day(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    assert len(await remind(post, ten(FIRST - timedelta(days=6)))) == 2
    assert len(await remind(post, ten(FIRST - timedelta(days=1)))) == 2


class Killed(BaseException):
    """As when the process ends."""


async def test_killed_in_the_middle_it_is_sent_once(
    circle: Circle, lea: UUID, post: MailServer, monkeypatch: pytest.MonkeyPatch
):
    """After the mails of a date were written, before that was noted: neither stays."""
    await seat(circle, lea)
    tell = notices.reminded

    async def killed(settings: Settings, *args: object) -> None:
        await tell(settings, *args)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(notices, "reminded", killed)
    with pytest.raises(Killed), clock.set_to(ten(WEEK)):
        await reminders.remind(post.settings())
    assert await waiting() == []
    monkeypatch.undo()
    assert len(await remind(post, ten(WEEK))) == 2
    assert await remind(post, ten(WEEK)) == []


async def test_by_the_calendar_of_the_place(small: House, lea: UUID, post: MailServer):
    """In Auckland it is the third of December long before it is in Europe."""
    circle = await a_group(small, Slot(FIRST, 9 * 60, 60, "Pacific/Auckland"))
    await seat(circle, lea)
    eve = datetime(WEEK.year, WEEK.month, WEEK.day - 1, 10, 30, tzinfo=UTC)
    assert await remind(post, eve) == []  # 23:30 there, on the day before
    assert len(await remind(post, eve + timedelta(hours=1))) == 2


async def test_who_excused_herself_left_or_waits_is_not_reminded(
    circle: Circle, small: House, post: MailServer
):
    there, excused, gone, queues = await people(small, 4)
    await seat(circle, there, excused)
    await enrol(circle, gone, "left")
    await enrol(circle, queues, "waiting")
    meeting = circle.meetings[0]
    await Attendance.insert(Attendance(meeting=meeting, account=excused, state="excused"))
    facilitator = small.people[Role.FACILITATOR].email
    assert await remind(post, ten(WEEK)) == sorted([await email_of(there), facilitator])


async def test_a_date_that_is_off_is_not_reminded_of(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.cycle == circle.cycle)
    assert await remind(post, ten(WEEK)) == []


async def test_a_cycle_that_is_off(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    found = await led_cycle(circle.house.ids[Role.FACILITATOR], circle.cycle)
    assert found
    seen = decisions.mark(found.state, found.decide_on, await decisions.to_come(circle.cycle))
    await decisions.cancel(post.settings(), circle.cycle, seen)
    await sent(post, ten(WEEK))
    assert await remind(post, ten(WEEK)) == []


async def test_a_date_that_moved_is_reminded_of_again(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    assert len(await remind(post, ten(WEEK))) == 2
    later = Slot(FIRST + timedelta(days=7), 14 * 60, 120, "Europe/Paris")
    with clock.set_to(ten(WEEK) + timedelta(hours=1)):
        await meetings.move(post.settings(), circle.cycle, circle.meetings[0], 0, later, None)
    assert len(await sent(post, ten(WEEK) + timedelta(hours=1))) == 2  # that it moved
    told = {n: len(await remind(post, ten(later.day - timedelta(days=n)))) for n in (7, 5, 2)}
    assert told == {7: 2, 5: 0, 2: 2}


async def test_a_reminder_that_has_not_left_is_taken_back(
    circle: Circle, lea: UUID, post: MailServer
):
    await seat(circle, lea)
    with clock.set_to(ten(WEEK)):
        await reminders.remind(post.settings())
        assert await waiting() == ["meeting-reminder-7", "meeting-reminder-7"]
        await meetings.cancel(post.settings(), circle.cycle, circle.meetings[0])
    assert await waiting() == ["meeting-change", "meeting-change"]


async def test_appointments_too(small: House, lea: UUID, post: MailServer):
    appointment = await an_appointment(small, lea)
    both = sorted([await email_of(lea), small.people[Role.FACILITATOR].email])
    told = [await remind(post, ten(FIRST - timedelta(days=day))) for day in (8, 7, 6, 2, 1)]
    assert told == [[], both, [], both, []]
    [row] = await Appointment.select(Appointment.reminded).where(Appointment.id == appointment)
    assert row["reminded"] == 3


async def test_without_a_mail_server_nothing_is_noted(circle: Circle, lea: UUID):
    from tests.visitors import settings

    await seat(circle, lea)
    with clock.set_to(ten(WEEK)):
        await reminders.remind(settings())
    assert (await Meeting.select(Meeting.reminded))[0]["reminded"] == 0


async def test_several_at_once_are_one_mail(small: House, lea: UUID, post: MailServer):
    """Two dates on the same day: the reader finds both in one mail."""
    for hour in (9, 14):
        circle = await a_group(small, Slot(FIRST, hour * 60, 60, "Europe/Paris"))
        await seat(circle, lea)
    told = await remind(post, ten(WEEK))
    assert told == sorted([await email_of(lea), small.people[Role.FACILITATOR].email])
