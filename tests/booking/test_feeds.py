"""The secret address of an agenda: who gets in, what is there, and how little else."""

import re
from datetime import timedelta

import pytest
from tests.booking.alone import an_appointment
from tests.booking.ical import by_icalendar
from tests.booking.seats import people
from tests.booking.world import FIRST, NOON, Circle, a_group, enrol, seat, slots
from tests.organisation.world import House
from tests.visitors import Visitor

from recul import clock
from recul.accounts.tables import Account
from recul.booking.actions.feeds import MOST
from recul.booking.tables import (
    Attendance,
    CalendarFeed,
    Meeting,
    MeetingCycle,
)
from recul.database import recorded_statements
from recul.web.roles import Role

TITLE, PLACE, KIND = "Tilleuls et Rivage", "Maison du Rivage, salle 2", "Groupe d’analyse"
NOTE = "interphone"
ADDRESS = re.compile(r'value="http://[^"]+(/agenda/[\w-]{43}\.ics)"')


@pytest.fixture
async def circle(house: House, noon: None) -> Circle:
    """Anabelle has a seat in it, Ferdinand leads it."""
    made = await a_group(house)
    await seat(made, house.ids[Role.SELF])
    return made


async def made(visitor: Visitor, detail: str = "busy", **more: str) -> str:
    """The path of a new address."""
    answer = await visitor.post("/compte/agenda", {"detail": detail} | more)
    assert answer.status_code == 200
    return str(ADDRESS.findall(answer.text)[0])


async def fetched(nobody: Visitor, path: str) -> bytes:
    answer = await nobody.get(path)
    assert answer.status_code == 200
    return answer.content


async def test_an_agenda_is_read_without_signing_in(circle: Circle, nobody: Visitor):
    path = await made(circle.house.self)
    answer = await nobody.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    assert not nobody.client.cookies
    read = by_icalendar(answer.content)
    assert {one.uid for one in read} == {f"{meeting}@recul" for meeting in circle.meetings}
    assert {one.starts for one in read} == {slot.starts_at for slot in slots()}


@pytest.mark.parametrize(
    ("detail", "summary", "location"),
    [
        ("busy", "Occupé", ""),
        ("type", "Groupe d’analyse de la pratique", PLACE),
        ("title", TITLE, PLACE),
    ],
)
async def test_what_each_level_tells(
    circle: Circle, nobody: Visitor, detail: str, summary: str, location: str
):
    content = await fetched(nobody, await made(circle.house.self, detail))
    assert {(one.summary, one.location) for one in by_icalendar(content)} == {(summary, location)}
    shown = content.decode().replace("\r\n ", "")
    hidden = {"busy": (TITLE, "Rivage", KIND, "analyse"), "type": (TITLE,), "title": ()}[detail]
    for secret in (*hidden, NOTE, "Ferdinand", "Anabelle", "Val-Clair", "exemple.fr"):
        assert secret not in shown
    assert "VALARM" not in shown


async def test_in_the_owners_language(circle: Circle, nobody: Visitor):
    path = await made(circle.house.self)
    await Account.update({Account.language: "en"}).where(Account.id == circle.house.ids[Role.SELF])
    assert {one.summary for one in by_icalendar(await fetched(nobody, path))} == {"Busy"}


async def test_nothing_of_somebody_else_is_there(circle: Circle, nobody: Visitor):
    """Another group, with its own people; a feed of each, at the most telling level."""
    house = circle.house
    other = await a_group(house, *slots(2, FIRST + timedelta(days=1)), name="Autre cercle")
    [lea] = await people(house, 1)
    await seat(other, lea, house.ids[Role.COLLEAGUE])
    own = await fetched(nobody, await made(house.self, "title"))
    hers = await fetched(nobody, await made(house.people[Role.COLLEAGUE], "title"))
    assert {one.summary for one in by_icalendar(own)} == {TITLE}
    assert {one.summary for one in by_icalendar(hers)} == {"Autre cercle"}
    for meeting in other.meetings:
        assert str(meeting).encode() not in own
    facilitators = await fetched(nobody, await made(house.people[Role.FACILITATOR], "title"))
    assert {one.summary for one in by_icalendar(facilitators)} == {TITLE, "Autre cercle"}
    organisers = await fetched(nobody, await made(house.people[Role.ORGANISER], "title"))
    assert by_icalendar(organisers) == []


@pytest.mark.parametrize("state", ["asked", "waiting", "left", "refused"])
async def test_who_has_no_seat_has_no_date(house: House, noon: None, nobody: Visitor, state: str):
    circle = await a_group(house)
    await enrol(circle, house.ids[Role.SELF], state)
    assert by_icalendar(await fetched(nobody, await made(house.self, "title"))) == []


async def test_an_appointment_is_in_two_agendas(house: House, noon: None, nobody: Visitor):
    appointment = await an_appointment(house, house.ids[Role.SELF])
    for role in (Role.SELF, Role.FACILITATOR):
        content = await fetched(nobody, await made(house.people[role], "title"))
        [read] = by_icalendar(content)
        assert (read.uid, read.summary) == (f"{appointment}@recul", "Supervision individuelle")
        assert read.location == "En visioconférence"
        for secret in ("visio.exemple", "Ferdinand", "Anabelle"):
            assert secret not in content.decode()
    other = await fetched(nobody, await made(house.people[Role.COLLEAGUE], "title"))
    assert by_icalendar(other) == []


async def test_a_date_that_is_off_is_said_to_be_for_a_month(circle: Circle, nobody: Visitor):
    path = await made(circle.house.self, "title")
    first, second, third = circle.meetings
    ago = {first: timedelta(days=29), second: timedelta(days=31)}
    for meeting, since in ago.items():
        await Meeting.update(cancelled=True, sequence=1, changed_at=NOON - since).where(
            Meeting.id == meeting
        )
    me = circle.house.ids[Role.SELF]
    await Attendance.insert(Attendance(meeting=third, account=me, state="excused"))
    read = {one.uid: one for one in by_icalendar(await fetched(nobody, path))}
    assert read.keys() == {f"{first}@recul", f"{third}@recul"}
    assert {one.status for one in read.values()} == {"CANCELLED"}
    assert {one.summary for one in read.values()} == {f"Annulé\u202f: {TITLE}"}
    assert [read[f"{one}@recul"].sequence for one in (first, third)] == [1, 0]


async def test_a_cycle_that_is_off(circle: Circle, nobody: Visitor):
    path = await made(circle.house.self)
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    read = by_icalendar(await fetched(nobody, path))
    assert {(one.status, one.summary) for one in read} == {("CANCELLED", "Annulé")}


async def test_from_sixty_days_ago_to_four_hundred_ahead(house: House, noon: None, nobody: Visitor):
    days = [NOON.date() + timedelta(days=n) for n in (-62, -59, 0, 398, 402)]
    circle = await a_group(house, *(slots(1, day)[0] for day in days))
    await seat(circle, house.ids[Role.SELF])
    read = by_icalendar(await fetched(nobody, await made(house.self)))
    assert sorted(one.starts.date() for one in read) == days[1:4]


async def test_unchanged_is_said_in_a_word(circle: Circle, nobody: Visitor):
    path = await made(circle.house.self, "title")
    first = await nobody.get(path)
    tag = first.headers["etag"]
    for sent in (tag, f"W/{tag}", f'"x", {tag}'):
        again = await nobody.get(path, if_none_match=sent)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "private, no-cache"
    with clock.set_to(NOON + timedelta(days=1)):
        assert (await nobody.get(path, if_none_match=tag)).status_code == 304
    await Meeting.update({Meeting.place: "Ailleurs"}).where(Meeting.id == circle.meetings[0])
    changed = await nobody.get(path, if_none_match=tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_only_a_trace_of_an_address_is_kept(circle: Circle, nobody: Visitor):
    path = await made(circle.house.self)
    token = path.removeprefix("/agenda/").removesuffix(".ics")
    [row] = await CalendarFeed.select()
    assert token not in repr(row)
    assert len(bytes(row["token_hash"])) == 32
    assert token not in (await circle.house.self.get("/compte/agenda")).text


async def test_a_wrong_or_revoked_address_is_not_found(circle: Circle, nobody: Visitor):
    ana = circle.house.self
    path = await made(ana)
    [feed] = await CalendarFeed.select(CalendarFeed.id)
    token = path.removesuffix(".ics")
    for wrong in (token, f"{token}.txt", f"{token}x.ics", "/agenda/.ics", f"{path}.ics"):
        assert (await nobody.get(wrong)).status_code == 404
    stranger = circle.house.people[Role.STRANGER]
    assert (await stranger.post(f"/compte/agenda/{feed['id']}/fin")).status_code == 404
    assert (await nobody.get(path)).status_code == 200
    assert (await ana.post(f"/compte/agenda/{feed['id']}/fin")).status_code == 303
    assert (await nobody.get(path)).status_code == 404
    assert (await ana.post(f"/compte/agenda/{feed['id']}/fin")).status_code == 404


async def test_a_double_click_makes_one_address(ana: Visitor, boris: Visitor):
    both = [await made(ana, nonce="n" * 43) for _ in range(2)]
    assert both[0] == both[1]
    assert await made(boris, nonce="n" * 43) != both[0]
    assert await CalendarFeed.count() == 2


async def test_so_many_addresses_and_no_more(ana: Visitor):
    paths = {await made(ana) for _ in range(MOST)}
    answer = await ana.post("/compte/agenda", {"detail": "busy"})
    assert answer.status_code == 422
    assert "Supprimez-en une" in answer.text
    assert (len(paths), await CalendarFeed.count()) == (MOST, MOST)


async def test_an_address_can_tell_more_or_less(circle: Circle, nobody: Visitor):
    house = circle.house
    path = await made(house.self)
    [feed] = await CalendarFeed.select(CalendarFeed.id)
    there = f"/compte/agenda/{feed['id']}/detail"
    stranger = house.people[Role.STRANGER]
    assert (await stranger.post(there, {"detail": "title"})).status_code == 404
    assert (await house.self.post(there, {"detail": "everything"})).status_code == 422
    assert {one.summary for one in by_icalendar(await fetched(nobody, path))} == {"Occupé"}
    assert (await house.self.post(there, {"detail": "title"})).status_code == 303
    assert {one.summary for one in by_icalendar(await fetched(nobody, path))} == {TITLE}


async def test_the_page_of_addresses(circle: Circle):
    ana = circle.house.self
    await made(ana)
    text = (await ana.get("/compte/agenda")).text
    assert "Adresse du 21 nov. 2026" in text
    answer = await ana.post("/compte/agenda", {"detail": "type"})
    assert 'href="webcal://127.0.0.1:8000/agenda/' in answer.text
    assert "/compte/agenda" in (await ana.get("/compte")).text


async def test_where_an_address_of_a_mail_leads(house: House, noon: None):
    circle = await a_group(house)
    enrolment = await enrol(circle, house.ids[Role.SELF])
    request = await enrol(circle, house.ids[Role.COLLEAGUE], "asked")
    gone = await enrol(circle, house.ids[Role.STEWARD], "left")
    appointment, meeting = await an_appointment(house, house.ids[Role.SELF]), circle.meetings[0]
    cycle, here = f"/groupes/cycles/{circle.cycle}", "/rendez-vous/"
    led = f"/animation/seances/{meeting}"
    given = f"/animation/supervision/rendez-vous/{appointment}"
    expected = {
        (Role.SELF, meeting): cycle,
        (Role.SELF, circle.cycle): cycle,
        (Role.SELF, enrolment): cycle,
        (Role.COLLEAGUE, request): cycle,
        (Role.STEWARD, gone): "/groupes",
        (Role.FACILITATOR, meeting): led,
        (Role.FACILITATOR, circle.cycle): f"/planification/cycles/{circle.cycle}",
        (Role.FACILITATOR, request): f"/animation/cycles/{circle.cycle}",
        (Role.SELF, appointment): f"/supervision/rendez-vous/{appointment}",
        (Role.FACILITATOR, appointment): given,
    }
    for (role, wanted), path in expected.items():
        answer = await house.people[role].get(f"{here}{wanted}")
        assert (answer.status_code, answer.headers["location"]) == (303, path)
    for role in (Role.STRANGER, Role.ORGANISER, Role.MANAGER):
        for wanted in (meeting, circle.cycle, enrolment, request, appointment):
            assert (await house.people[role].get(f"{here}{wanted}")).status_code == 404


async def test_the_statements_of_a_feed_are_two(house: House, noon: None, nobody: Visitor):
    for count in (1, 60):
        circle = await a_group(house, *slots(count, every=3))
        await seat(circle, house.ids[Role.SELF])
        path = await made(house.self)
        with recorded_statements() as ran:
            await fetched(nobody, path)
        assert len(ran) == 2
