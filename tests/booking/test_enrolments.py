"""Wanting a seat, being answered, leaving: what rows say afterwards."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.booking.seats import CONFIG, ask, charter, open_offers, people, states
from tests.booking.world import FIRST, NOON, a_cycle, a_group, enrol, slots
from tests.organisation.world import House

from recul import clock
from recul.booking.actions import enrolments, groups, offers
from recul.booking.outcomes import Outcome
from recul.booking.queries import waiting
from recul.booking.tables import (
    AgreementAcceptance,
    Attendance,
    Enrolment,
    Meeting,
    MeetingCycle,
    MeetingGroup,
)
from recul.organisation.actions import memberships, roles, structure
from recul.organisation.tables import Membership
from recul.web.roles import Role


async def test_first_come(small: House):
    circle = await a_group(small, capacity=2)
    everybody = await people(small, 4)
    assert [await ask(circle, one) for one in everybody] == [
        Outcome.SEATED,
        Outcome.SEATED,
        Outcome.WAITING,
        Outcome.WAITING,
    ]
    given = ["seated", "seated", "waiting", "waiting"]
    assert await states(circle.cycle) == list(zip(everybody, given, strict=True))


async def test_the_same_form_twice(small: House):
    circle, [ana, *_] = await a_group(small, capacity=2), await people(small, 1)
    assert [await ask(circle, ana) for _ in range(3)] == [Outcome.SEATED] * 3
    assert await states(circle.cycle) == [(ana, "seated")]
    assert await AgreementAcceptance.count() == 1
    [row] = await MeetingCycle.select(MeetingCycle.arrivals).where(MeetingCycle.id == circle.cycle)
    assert row["arrivals"] == 1


async def test_the_charter_comes_first(small: House):
    circle, [ana, *_] = await a_group(small), await people(small, 1)
    old = await charter(circle.group)
    await groups.renew_charter(circle.group, 1, "Ce qui se dit ici reste ici, même écrit.")
    for stale in (None, old, uuid4()):
        answer = await enrolments.ask(CONFIG, ana, circle.cycle, stale, False)
        assert (answer, await states(circle.cycle)) == (Outcome.AGREEMENT, [])
    assert await ask(circle, ana) is Outcome.SEATED
    again = await a_cycle(circle.group, *slots(first=FIRST + timedelta(days=90)))
    assert await enrolments.ask(CONFIG, ana, again, None, False) is Outcome.SEATED


async def test_a_request_is_followed_or_not(small: House):
    circle = await a_group(small, capacity=2, minimum=2, admission="request")
    leader, everybody = small.ids[Role.FACILITATOR], await people(small, 4)
    assert {await ask(circle, one) for one in everybody} == {Outcome.ASKED}
    rows = await Enrolment.select(Enrolment.id).order_by(Enrolment.arrival)
    first, second, third, fourth = (row["id"] for row in rows)
    assert await enrolments.admit(CONFIG, everybody[1], first) is Outcome.GONE
    assert await enrolments.admit(CONFIG, leader, third) is Outcome.SEATED
    assert await enrolments.refuse(CONFIG, leader, second) is Outcome.REFUSED
    assert await enrolments.admit(CONFIG, leader, second) is Outcome.REFUSED
    assert await enrolments.admit(CONFIG, leader, fourth) is Outcome.SEATED
    assert await enrolments.admit(CONFIG, leader, first) is Outcome.WAITING
    assert await enrolments.refuse(CONFIG, leader, first) is Outcome.WAITING
    assert [state for _, state in await states(circle.cycle)] == [
        "waiting",
        "refused",
        "seated",
        "seated",
    ]


async def test_who_asked_first_waits_before_who_came_later(small: House):
    circle = await a_group(small, capacity=2, minimum=2, admission="request")
    leader, everybody = small.ids[Role.FACILITATOR], await people(small, 4)
    for one in everybody:
        await ask(circle, one)
    rows = await Enrolment.select(Enrolment.id).order_by(Enrolment.arrival)
    for row in reversed(rows):
        await enrolments.admit(CONFIG, leader, row["id"])
    await enrolments.leave(CONFIG, everybody[3], circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [everybody[0]]


async def test_a_closed_group_takes_its_own_people_only(small: House):
    circle, [ana, boris] = await a_group(small), await people(small, 2)
    await ask(circle, ana)
    await MeetingGroup.update({MeetingGroup.admission: "closed"}).where(
        MeetingGroup.id == circle.group
    )
    again = await a_cycle(circle.group, *slots(first=FIRST + timedelta(days=90)))
    assert await ask(circle, ana, again) is Outcome.SEATED
    assert await ask(circle, boris, again) is Outcome.CLOSED
    assert await states(again) == [(ana, "seated")]


async def test_peers_are_asked_once(small: House):
    circle = await a_group(small, kind="peer_supervision")
    ana, boris = await people(small, 2)
    await enrol(circle, ana)
    assert await ask(circle, boris) is Outcome.ASKED
    row = await Enrolment.objects().get(Enrolment.account == boris)
    assert row
    assert await enrolments.admit(CONFIG, boris, row.id) is Outcome.GONE
    assert await enrolments.admit(CONFIG, ana, row.id) is Outcome.SEATED
    again = await a_cycle(circle.group, *slots(first=FIRST + timedelta(days=90)))
    assert await ask(circle, boris, again) is Outcome.SEATED


async def test_a_cycle_that_does_not_go_on_takes_nobody(small: House):
    circle, [ana, *_] = await a_group(small), await people(small, 1)
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    assert (await ask(circle, ana), await states(circle.cycle)) == (Outcome.CLOSED, [])


async def test_a_cycle_that_is_over_takes_nobody(small: House):
    circle, [ana, *_] = await a_group(small), await people(small, 1)
    with clock.set_to(NOON + timedelta(days=60)):
        assert await ask(circle, ana) is Outcome.CLOSED
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.cycle == circle.cycle)
    assert (await ask(circle, ana), await states(circle.cycle)) == (Outcome.CLOSED, [])


async def test_who_leads_a_group_has_no_seat_in_it(small: House):
    circle = await a_group(small)
    assert await ask(circle, small.ids[Role.FACILITATOR]) is Outcome.LEADS
    assert await states(circle.cycle) == []


async def test_no_such_cycle(small: House):
    [ana] = await people(small, 1)
    assert await enrolments.ask(CONFIG, ana, uuid4(), None, False) is Outcome.GONE
    assert await enrolments.leave(CONFIG, ana, uuid4()) is Outcome.LEFT


async def test_two_things_at_the_same_time_are_pointed_out(small: House):
    one, two, [ana, *_] = await a_group(small), await a_group(small), await people(small, 1)
    await ask(one, ana)
    assert (await ask(two, ana), await states(two.cycle)) == (Outcome.OVERLAP, [])
    knowing = await enrolments.ask(CONFIG, ana, two.cycle, await charter(two.group), True)
    assert (knowing, await states(two.cycle)) == (Outcome.SEATED, [(ana, "seated")])


async def line(house: House) -> tuple[UUID, UUID]:
    """Somebody who answers for another team, and a member of it."""
    team = await structure.add_team(house.unit, f"Équipe {uuid4()}")
    boss, member = await people(house, 2)
    await roles.answer_for(boss, team)
    await memberships.join(member, team)
    return boss, member


@pytest.mark.parametrize("downwards", [True, False])
@pytest.mark.parametrize("state", ["asked", "waiting", "seated"])
async def test_a_hierarchy_does_not_share_a_group(small: House, state: str, downwards: bool):
    circle, pair = await a_group(small), await line(small)
    inside, outside = pair if downwards else pair[::-1]
    await enrol(circle, inside, state)
    assert await ask(circle, outside) is Outcome.LINE
    assert await states(circle.cycle) == [(inside, state)]
    await Enrolment.update({Enrolment.state: "left"}).where(Enrolment.account == inside)
    assert await ask(circle, outside) is Outcome.SEATED


async def test_a_hierarchy_of_before_is_none(small: House):
    circle, (boss, member) = await a_group(small), await line(small)
    await enrol(circle, boss)
    row = await Membership.objects().get(
        (Membership.account == member) & (Membership.home.eq(False))
    )
    assert row
    await memberships.end(row.id, clock.today())
    assert await ask(circle, member) is Outcome.SEATED


async def test_a_hierarchy_that_came_meanwhile(small: House):
    circle = await a_group(small, capacity=2, minimum=2, admission="request")
    ana, boris, chief = await people(small, 3)
    for one in (ana, boris, chief):
        await ask(circle, one)
    team = await structure.add_team(small.unit, "Plus tard")
    await roles.answer_for(chief, team)
    await memberships.join(ana, team)
    row = await Enrolment.objects().get(Enrolment.account == ana)
    assert row
    leader = small.ids[Role.FACILITATOR]
    assert await enrolments.admit(CONFIG, leader, row.id) is Outcome.LINE
    assert (ana, "asked") in await states(circle.cycle)


async def test_leaving_frees_the_seat_and_the_dates(small: House):
    circle, [ana, boris] = await a_group(small, capacity=1, minimum=1), await people(small, 2)
    for one in (ana, boris):
        await ask(circle, one)
    await Attendance.insert(
        Attendance(meeting=circle.meetings[0], account=ana, state="excused"),
        Attendance(meeting=circle.meetings[0], account=boris, state="excused"),
    )
    assert [await enrolments.leave(CONFIG, ana, circle.cycle) for _ in "ab"] == [Outcome.LEFT] * 2
    assert await states(circle.cycle) == [(ana, "left"), (boris, "waiting")]
    assert await Attendance.select(Attendance.account).output(as_list=True) == [boris]
    [(offered, offer)] = await open_offers(circle.cycle)
    assert (offered, await offers.take(CONFIG, boris, offer)) == (boris, Outcome.SEATED)
    assert await states(circle.cycle) == [(ana, "left"), (boris, "seated")]


async def test_leaving_the_list_and_coming_back_is_a_new_rank(small: House):
    circle = await a_group(small, capacity=1, minimum=1)
    ana, boris, clara = await people(small, 3)
    for one in (ana, boris, clara):
        await ask(circle, one)
    await enrolments.leave(CONFIG, boris, circle.cycle)
    assert await ask(circle, boris) is Outcome.WAITING
    found = await waiting.asking(boris, circle.cycle)
    assert found
    assert (found.seated, found.waiting, found.offers) == (1, 2, 0)
    await enrolments.leave(CONFIG, ana, circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [clara]
