"""Founding a group, changing it, renewing its charter, closing it."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from tests.booking.world import CHARTER, NOON, a_cycle, a_group, group_plan, slots
from tests.organisation.world import House
from tests.visitors import settings

from recul import clock
from recul.booking.actions import decisions, groups
from recul.booking.actions.groups import CharterChanged, StillMeeting
from recul.booking.plan import GroupChange
from recul.booking.queries import plans
from recul.booking.queries.shapes import GroupRow
from recul.booking.queries.within import meetings, planned_group
from recul.booking.tables import GroupAgreement, MeetingGroup
from recul.database import UniqueViolation
from recul.web.roles import Role


async def reached(house: House, group: UUID) -> GroupRow | None:
    return await planned_group(house.ids[Role.ORGANISER], group)


async def charters(group: UUID) -> list[tuple[int, str]]:
    rows = (
        await GroupAgreement.select(GroupAgreement.version, GroupAgreement.text)
        .where(GroupAgreement.meeting_group == group)
        .order_by(GroupAgreement.version)
    )
    return [(row["version"], row["text"]) for row in rows]


async def test_a_group_is_founded_with_its_charter(house: House):
    group = await groups.found(house.organisation, group_plan(house.ids[Role.FACILITATOR]))
    assert await reached(house, group) == GroupRow(
        id=group,
        organisation=house.organisation,
        organisation_name="Val-Clair",
        team=None,
        kind="practice_analysis_group",
        name="Tilleuls et Rivage",
        purpose="Regarder ensemble ce qui nous a tenus en éveil.",
        facilitator=house.ids[Role.FACILITATOR],
        facilitator_name="Ferdinand",
        admission="open",
        capacity=12,
        minimum=6,
        minutes=120,
        service_agreement=None,
        closed_on=None,
    )
    assert await charters(group) == [(1, CHARTER)]


async def test_the_same_form_sent_twice_founds_one_group(house: House):
    plan, new = group_plan(house.ids[Role.FACILITATOR]), uuid4()
    await groups.found(house.organisation, plan, new)
    with pytest.raises(UniqueViolation):
        await groups.found(house.organisation, plan, new)
    assert await MeetingGroup.count() == 1
    assert await charters(new) == [(1, CHARTER)]


async def test_a_group_is_changed(house: House):
    circle = await a_group(house)
    before = await reached(house, circle.group)
    assert before
    wanted = GroupChange(
        name="Rivage",
        purpose="",
        facilitator=house.ids[Role.ORGANISER],
        admission="request",
        capacity=9,
        minimum=4,
        minutes=90,
        team=house.team,
    )
    await groups.change(circle.group, wanted)
    fields = {name: getattr(wanted, name) for name in GroupChange.__slots__}
    assert await reached(house, circle.group) == replace(before, **fields, facilitator_name="Olga")


async def test_a_new_charter_comes_into_force_once(house: House):
    circle = await a_group(house)
    assert await groups.renew_charter(circle.group, 1, "Deux.") == 2
    assert await groups.renew_charter(circle.group, 1, "Deux.") == 2
    assert await charters(circle.group) == [(1, CHARTER), (2, "Deux.")]
    assert (await plans.charter(circle.group)).version == 2


async def test_a_charter_that_was_renewed_meanwhile_is_not_overwritten(house: House):
    circle = await a_group(house)
    await groups.renew_charter(circle.group, 1, "Deux.")
    for seen in (1, -1, 3):
        with pytest.raises(CharterChanged):
            await groups.renew_charter(circle.group, seen, "Trois.")
    assert await charters(circle.group) == [(1, CHARTER), (2, "Deux.")]


async def test_a_group_with_dates_to_come_is_not_closed(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        with pytest.raises(StillMeeting):
            await groups.close(circle.group)
        assert (await reached(house, circle.group)) is not None
        await a_cycle(circle.group, *slots(1))
        for cycle in await plans.cycles_of(circle.group):
            mark = decisions.mark(cycle.state, cycle.decide_on, await meetings(cycle.id))
            await decisions.cancel(settings(), cycle.id, mark)
        await groups.close(circle.group)
        found = await reached(house, circle.group)
        assert found
        assert found.closed_on == NOON.date()
        assert await plans.groups(house.ids[Role.ORGANISER]) == ([], False)
