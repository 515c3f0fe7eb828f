"""What people are told of seats and dates, by mails that a real server takes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.booking.seats import people
from tests.booking.told import MONDAY, email_of, sent, waiting
from tests.booking.world import FIRST, NOON, Circle, a_group, enrol, seat, slots
from tests.notifications.servers import MailServer, mail_server
from tests.organisation.world import House

from recul import clock
from recul.accounts.tables import Account
from recul.booking import notices
from recul.booking.actions import cycles, decisions, excuses, meetings
from recul.booking.plan import Setting
from recul.booking.queries import within
from recul.booking.tables import Enrolment, Meeting, MeetingCycle, SeatOffer
from recul.booking.wall import Slot
from recul.notifications import actions as notifications
from recul.web.roles import Role

PRIVATE = (
    *("Ferdinand", "Tilleuls", "Rivage", "interphone", "Val-Clair", "Polyvalence", "groupe"),
    *("analyse de la pratique", "practice_analysis", "supervision", "Groupe", "Supervision"),
)
THURSDAY = "jeudi 3 décembre, de 14 h 00 à 16 h 00"


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def circle(small: House) -> Circle:
    """Three dates that Ferdinand leads, on Saturday at noon."""
    return await a_group(small)


@pytest.fixture
async def lea(small: House) -> UUID:
    [account] = await people(small, 1)
    return account


async def later(circle: Circle, number: int, post: MailServer, **more: int) -> Slot:
    """Move a date to the day after, at nine."""
    [row] = await Meeting.select().where(Meeting.id == circle.meetings[number])
    slot = Slot(row["day"] + timedelta(days=1), more.get("starts", 9 * 60), 120, "Europe/Paris")
    meeting = circle.meetings[number]
    await meetings.move(post.settings(), circle.cycle, meeting, row["sequence"], slot, None)
    return slot


async def test_a_seat_comes_with_its_dates(circle: Circle, lea: UUID, post: MailServer):
    [enrolment] = await seat(circle, lea)
    await notices.seated(post.settings(), enrolment)
    assert await sent(post, NOON) == []  # nobody is written to on a Saturday
    [told] = await sent(post)
    assert (told.to, told.subject) == (
        await email_of(lea),
        "Recul : du nouveau dans vos rendez-vous",
    )
    assert f"- {THURSDAY}\n- jeudi 17 décembre" in told.text
    assert f"/rendez-vous/{enrolment}\n" in told.text
    assert told.method == "PUBLISH"
    assert {one.uid for one in told.entries} == {f"{one}@recul" for one in circle.meetings}
    assert [one.starts for one in sorted(told.entries, key=lambda one: one.starts)] == [
        slot.starts_at for slot in slots()
    ]


async def test_how_such_a_mail_is_made(circle: Circle, lea: UUID, post: MailServer):
    """Two twins, then the calendar as the last of them, then the calendar as a file."""
    [enrolment] = await seat(circle, lea)
    await notices.seated(post.settings(), enrolment)
    [told] = await sent(post)
    mixed = told.mail
    assert mixed.get_content_type() == "multipart/mixed"
    alternative, file = mixed.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert (file.get_content_type(), file.get_filename()) == (
        "application/ics",
        "rendez-vous.ics",
    )
    assert file.get_payload(decode=True) == told.calendar
    assert b"METHOD:PUBLISH\r\n" in told.calendar


async def test_nothing_private_is_in_any_mail(small: House, circle: Circle, post: MailServer):
    """Each notice, to everybody whom it concerns: neither the bytes nor what they say."""
    config, (lea, tim) = post.settings(), await people(small, 2)
    [hers] = await seat(circle, lea)
    his = await enrol(circle, tim, "waiting")
    offer = await an_offer(circle, his)
    everything = []
    for tell in (
        notices.seated(config, hers),
        notices.waiting(config, his),
        notices.asked(config, his),
        notices.offered(config, offer),
        notices.moved(config, circle.meetings[0], slots()[0]),
        notices.cancelled(config, circle.meetings[1]),
        notices.added(config, circle.meetings[2]),
        notices.relocated(config, circle.cycle),
        notices.decision_wanted(config, circle.cycle),
        notices.kept(config, circle.cycle),
        notices.put_off(config, circle.cycle),
        notices.called_off(config, circle.cycle),
        notices.left(config, hers),
        notices.refused(config, his),
    ):
        await tell
        everything += await sent(post)
    readers = [small.people[Role.FACILITATOR].email, await email_of(lea), await email_of(tim)]
    assert {one.to for one in everything} == set(readers)
    assert len(everything) == 20
    for told in everything:
        others = [email for email in readers if email != told.to]
        for secret in (*PRIVATE, "Personne", *others):
            assert secret not in told.everything, (told.subject, secret)
        if told.calendars and told.method != "PUBLISH":
            assert told.calendar.count(b"ATTENDEE") == 1


async def an_offer(circle: Circle, enrolment: UUID, hours: int = 48) -> UUID:
    offer = uuid4()
    await SeatOffer.insert(
        SeatOffer(
            id=offer,
            cycle=circle.cycle,
            enrolment=enrolment,
            seat=uuid4(),
            made_at=clock.now(),
            until=clock.now() + timedelta(hours=hours),
            state="open",
        )
    )
    return offer


async def test_a_date_that_moves(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    slot = await later(circle, 0, post)
    told = {one.to: one for one in await sent(post)}
    facilitator = circle.house.people[Role.FACILITATOR].email
    assert told.keys() == {await email_of(lea), facilitator}
    for one in told.values():
        assert f"prévu {THURSDAY} a changé" in one.text
        assert "- vendredi 4 décembre, de 9 h 00 à 11 h 00\n" in one.text
        assert one.method == "REQUEST"
        [entry] = one.entries
        assert (entry.uid, entry.sequence) == (f"{circle.meetings[0]}@recul", 1)
        assert (entry.starts, entry.summary) == (slot.starts_at, "Occupé")
        assert f"mailto:{one.to}" in one.everything
        assert 'ORGANIZER;CN="L’équipe de Recul":mailto:recul@exemple.org' in one.everything


async def test_a_date_that_is_cancelled(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    await meetings.cancel(post.settings(), circle.cycle, circle.meetings[0])
    told, _ = await sent(post)
    assert f"annulé :\n\n- {THURSDAY}\n" in told.text
    assert told.method == "CANCEL"
    [entry] = told.entries
    assert (entry.uid, entry.sequence, entry.status) == (
        f"{circle.meetings[0]}@recul",
        1,
        "CANCELLED",
    )


async def test_who_has_not_heard_of_her_seat_hears_of_it_as_it_is_now(
    circle: Circle, lea: UUID, post: MailServer
):
    [enrolment] = await seat(circle, lea)
    await notices.seated(post.settings(), enrolment)
    await later(circle, 0, post)
    await meetings.cancel(post.settings(), circle.cycle, circle.meetings[1])
    told = next(one for one in await sent(post) if one.to != _facilitator(circle))
    assert "Votre place est réservée" in told.text
    assert [one.starts.date() for one in sorted(told.entries, key=lambda one: one.starts)] == [
        FIRST + timedelta(days=1),
        FIRST + timedelta(days=28),
    ]


def _facilitator(circle: Circle) -> str:
    return circle.house.people[Role.FACILITATOR].email


async def test_several_changes_become_one_mail(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    await later(circle, 0, post)
    await later(circle, 1, post)
    await meetings.cancel(post.settings(), circle.cycle, circle.meetings[2])
    told = next(one for one in await sent(post) if one.to != _facilitator(circle))
    assert "Du changement dans vos rendez-vous" in told.text
    assert "- jeudi 31 décembre, de 14 h 00 à 16 h 00 : annulé\n" in told.text
    by_uid = {one.uid: one for one in told.entries}
    assert [by_uid[f"{one}@recul"].status for one in circle.meetings] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]
    assert {one.sequence for one in told.entries} == {1}


async def test_a_date_that_moves_twice_is_told_once(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    await later(circle, 0, post)
    await later(circle, 0, post)
    told = next(one for one in await sent(post) if one.to != _facilitator(circle))
    assert "Un rendez-vous a changé" in told.text
    assert "vendredi 4" not in told.text  # she never knew of it
    [entry] = told.entries
    assert (entry.starts.date(), entry.sequence) == (FIRST + timedelta(days=2), 2)


async def test_a_change_after_a_mail_that_left_is_told(circle: Circle, lea: UUID, post: MailServer):
    """Their ids do not collide with those of the day."""
    await seat(circle, lea)
    for sequence in range(1, 9):
        with clock.set_to(MONDAY + timedelta(minutes=sequence)):
            await later(circle, 0, post)
        told = await sent(post, MONDAY + timedelta(minutes=sequence))
        assert [one.entries[0].sequence for one in told] == [sequence, sequence]


async def test_one_more_date(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    new = uuid4()
    [slot] = slots(1, FIRST + timedelta(days=7))
    await meetings.add(post.settings(), circle.cycle, slot, new)
    told = next(one for one in await sent(post) if one.to != _facilitator(circle))
    assert "Une date s’ajoute" in told.text
    assert [(one.uid, told.method) for one in told.entries] == [(f"{new}@recul", "REQUEST")]


async def test_a_date_that_came_and_went_unheard(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    new = uuid4()
    [slot] = slots(1, FIRST + timedelta(days=7))
    await meetings.add(post.settings(), circle.cycle, slot, new)
    await meetings.cancel(post.settings(), circle.cycle, new)
    assert await sent(post) == []


async def test_leaving(circle: Circle, lea: UUID, post: MailServer):
    [enrolment] = await seat(circle, lea)
    await notices.seated(post.settings(), enrolment)
    await sent(post)
    await leave(circle, enrolment, post)
    [told] = await sent(post)
    assert (told.to, told.method) == (await email_of(lea), "PUBLISH")
    assert {one.status for one in told.entries} == {"CANCELLED"}
    assert len(told.entries) == 3


async def test_leaving_before_anything_was_said(circle: Circle, lea: UUID, post: MailServer):
    [enrolment] = await seat(circle, lea)
    await notices.seated(post.settings(), enrolment)
    await leave(circle, enrolment, post)
    assert await sent(post) == []


async def leave(circle: Circle, enrolment: UUID, post: MailServer) -> None:
    await Enrolment.update({Enrolment.state: "left"}).where(Enrolment.id == enrolment)
    await notices.left(post.settings(), enrolment)


async def test_a_seat_that_is_offered(circle: Circle, lea: UUID, post: MailServer):
    enrolment = await enrol(circle, lea, "waiting")
    await notices.waiting(post.settings(), enrolment)
    with clock.set_to(MONDAY):
        await notices.offered(post.settings(), await an_offer(circle, enrolment))
    told = await sent(post)
    [only] = told  # two of them at once are one
    assert "liste d’attente" in only.text
    assert "gardée pour vous jusqu’au mercredi 25 novembre à 10 h 00" in only.text
    assert only.calendars == []


async def test_an_offer_that_ran_out_is_not_told(circle: Circle, lea: UUID, post: MailServer):
    enrolment = await enrol(circle, lea, "waiting")
    await notices.offered(post.settings(), await an_offer(circle, enrolment, hours=24))
    assert await sent(post) == []


async def test_what_is_settled_takes_its_mails_back(circle: Circle, lea: UUID, post: MailServer):
    enrolment = await enrol(circle, lea, "waiting")
    config = post.settings()
    await notices.waiting(config, enrolment)
    offer = await an_offer(circle, enrolment)
    await notices.offered(config, offer)
    assert await waiting() == ["meeting-enrolment", "meeting-offer"]
    await notices.settled(config, enrolment)
    assert await waiting() == []
    await notices.offered(config, offer)
    await notices.seated(config, enrolment)
    assert await waiting() == ["meeting-enrolment"]


async def test_a_request_that_was_followed_waits_for_nobody(
    small: House, lea: UUID, post: MailServer
):
    circle = await a_group(small, admission="request")
    enrolment = await enrol(circle, lea, "asked")
    await notices.asked(post.settings(), enrolment)
    [told] = await sent(post)
    assert (told.to, told.subject) == (
        _facilitator(circle),
        "Recul : du nouveau dans vos rendez-vous",
    )
    await notices.asked(post.settings(), enrolment)
    await notices.refused(post.settings(), enrolment)
    [told] = await sent(post)
    assert told.to == await email_of(lea)
    assert "n’a pas pu aboutir" in told.text


async def test_members_of_a_group_that_runs_itself_are_asked(small: House, post: MailServer):
    circle = await a_group(small, kind="peer_supervision")
    members = await people(small, 3)
    await seat(circle, *members[:2])
    enrolment = await enrol(circle, members[2], "asked")
    await notices.asked(post.settings(), enrolment)
    told = await sent(post)
    assert {one.to for one in told} == {await email_of(one) for one in members[:2]}


async def test_members_of_a_group_that_lost_its_facilitator_are_not_asked(
    small: House, post: MailServer
):
    circle, [lea, new] = await a_group(small, admission="request"), await people(small, 2)
    await seat(circle, lea)
    await Account.delete().where(Account.id == small.ids[Role.FACILITATOR])
    await notices.asked(post.settings(), await enrol(circle, new, "asked"))
    assert await sent(post) == []


async def test_a_cycle_under_its_minimum(small: House, lea: UUID, post: MailServer):
    circle = await a_group(small)
    await seat(circle, lea)
    await notices.decision_wanted(post.settings(), circle.cycle)
    assert await waiting() == ["meeting-minimum"]
    await decide(circle, post, "maintain")
    assert await waiting() == ["meeting-change", "meeting-change"]
    told, _ = await sent(post)
    assert f"aura lieu. Premier rendez-vous : {THURSDAY}." in told.text
    assert told.calendars == []


async def test_a_cycle_that_is_kept_before_she_heard_of_her_seat(
    small: House, lea: UUID, post: MailServer
):
    circle = await a_group(small)
    [enrolment] = await seat(circle, lea)
    await notices.seated(post.settings(), enrolment)
    await decide(circle, post, "maintain")
    told = {one.to: one for one in await sent(post)}
    assert told.keys() == {_facilitator(circle), await email_of(lea)}
    hers = told[await email_of(lea)]
    assert f"Votre place est réservée. Ce qui est prévu :\n\n- {THURSDAY}" in hers.text
    assert {one.status for one in hers.entries} == {"CONFIRMED"}
    assert len(hers.entries) == 3


async def decide(circle: Circle, post: MailServer, what: str, *more: int) -> None:
    found = await within.led_cycle(circle.house.ids[Role.FACILITATOR], circle.cycle)
    assert found
    seen = decisions.mark(found.state, found.decide_on, await decisions.to_come(circle.cycle))
    await getattr(decisions, what)(post.settings(), circle.cycle, seen, *more)


async def test_a_cycle_that_is_called_off(small: House, post: MailServer):
    circle = await a_group(small)
    lea, tim = await people(small, 2)
    await seat(circle, lea)
    await enrol(circle, tim, "waiting")
    await decide(circle, post, "cancel")
    told = {one.to: one for one in await sent(post)}
    assert told.keys() == {_facilitator(circle), await email_of(lea), await email_of(tim)}
    hers, his = told[await email_of(lea)], told[await email_of(tim)]
    for one in (hers, his):
        assert f"n’aura pas lieu :\n\n- {THURSDAY}\n" in one.text
    assert {(one.status, one.sequence) for one in hers.entries} == {("CANCELLED", 1)}
    assert (len(hers.entries), his.calendars) == (3, [])


async def test_a_cycle_that_is_put_off(small: House, lea: UUID, post: MailServer):
    circle = await a_group(small)
    await seat(circle, lea)
    await decide(circle, post, "postpone", 1)
    told, other = await sent(post)
    assert {told.to, other.to} == {_facilitator(circle), await email_of(lea)}
    assert "reporté. Voici ce qui est prévu maintenant :\n\n- jeudi 10 décembre" in told.text
    assert {(one.status, one.sequence) for one in told.entries} == {("CONFIRMED", 1)}
    assert len(told.entries) == 3


async def test_another_place_is_told_once(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    setting = Setting(place="Hôtel de ville", capacity=12, minimum=6)
    await cycles.arrange(post.settings(), circle.cycle, setting)
    told = await sent(post)
    assert sorted(one.to for one in told) == sorted([_facilitator(circle), await email_of(lea)])
    for one in told:
        assert "Du changement dans vos rendez-vous" in one.text
        assert {entry.sequence for entry in one.entries} == {1}
        assert len(one.entries) == 3
        assert "Hôtel" not in one.everything


@pytest.mark.parametrize(("hours", "urgent"), [(23, True), (25, False)])
async def test_only_what_is_near_leaves_at_night(
    small: House, lea: UUID, post: MailServer, hours: int, urgent: bool
):
    """A Saturday at noon; the meeting is so many hours ahead."""
    start = NOON + timedelta(hours=hours)
    circle = await a_group(small, Slot(start.date(), start.hour * 60, 60, "UTC"))
    await seat(circle, lea)
    await meetings.cancel(post.settings(), circle.cycle, circle.meetings[0])
    assert len(await sent(post, NOON)) == (2 if urgent else 0)


async def test_what_she_turned_off_is_not_sent(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    await notifications.mute(lea, "meeting-change")
    await later(circle, 0, post)
    [told] = await sent(post)
    assert told.to == _facilitator(circle)


async def test_the_zone_is_named_where_clocks_differ(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    await Account.update({Account.time_zone: "America/Toronto"}).where(Account.id == lea)
    await later(circle, 0, post)
    told = next(
        one
        for one in await sent(post, MONDAY + timedelta(hours=6))
        if one.to != _facilitator(circle)
    )
    assert "de 9 h 00 à 11 h 00 (heure locale, fuseau : Paris)\n" in told.text


async def test_without_a_mail_server_nothing_is_written(circle: Circle, lea: UUID):
    from tests.visitors import settings

    [enrolment] = await seat(circle, lea)
    await notices.seated(settings(), enrolment)
    await notices.cancelled(settings(), circle.meetings[0])
    assert await waiting() == []


async def test_a_past_date_is_told_to_nobody(circle: Circle, lea: UUID, post: MailServer):
    await seat(circle, lea)
    with clock.set_to(slots()[0].ends_at + timedelta(hours=1)):
        await notices.cancelled(post.settings(), circle.meetings[0])
    assert await waiting() == []


async def test_a_cycle_without_a_date_ahead_has_no_news(
    circle: Circle, lea: UUID, post: MailServer
):
    await seat(circle, lea)
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.cycle == circle.cycle)
    await MeetingCycle.update({MeetingCycle.state: "confirmed"}).where(
        MeetingCycle.id == circle.cycle
    )
    for tell in (
        notices.kept,
        notices.put_off,
        notices.decision_wanted,
        notices.relocated,
    ):
        await tell(post.settings(), circle.cycle)
    assert await waiting() == []


async def test_excusing_a_date_takes_it_out_of_her_calendar_and_names_nobody(
    circle: Circle, lea: UUID, post: MailServer
):
    await seat(circle, lea)
    config, meeting, ferdinand = post.settings(), circle.meetings[0], circle.house.ids
    for _ in "ab":
        assert await excuses.excuse(config, lea, meeting)
    hers, line = sorted(await sent(post), key=lambda one: not one.calendars)
    assert (hers.to, hers.method) == (await email_of(lea), "CANCEL")
    assert [one.uid for one in hers.entries] == [f"{meeting}@recul"]
    assert line.to == await email_of(ferdinand[Role.FACILITATOR])
    assert f"Une absence est annoncée : {THURSDAY}." in line.text
    [row] = await Account.select(Account.display_name).where(Account.id == lea)
    assert not any(word in line.everything for word in (*PRIVATE, row["display_name"]))
    assert await excuses.undo(config, lea, meeting)
    [back] = await sent(post)
    assert (back.to, back.method) == (hers.to, "REQUEST")


async def test_an_excuse_taken_back_unheard_is_told_to_nobody(
    circle: Circle, lea: UUID, post: MailServer
):
    await seat(circle, lea)
    assert await excuses.excuse(post.settings(), lea, circle.meetings[0])
    assert await excuses.undo(post.settings(), lea, circle.meetings[0])
    assert await waiting() == []


async def test_several_absences_are_one_line(small: House, circle: Circle, post: MailServer):
    everybody = await people(small, 3)
    await seat(circle, *everybody)
    for account in everybody:
        await excuses.excuse(post.settings(), account, circle.meetings[0])
    await excuses.undo(post.settings(), everybody[0], circle.meetings[0])
    leader = await email_of(small.ids[Role.FACILITATOR])
    assert len([one for one in await sent(post) if one.to == leader]) == 1
