"""Who is above or below whom, as other slices may ask it."""

from uuid import uuid4

from tests.booking.seats import people
from tests.organisation.world import House

from recul import clock
from recul.organisation.actions import memberships, roles, structure
from recul.organisation.queries import hierarchy, teams


async def test_above_and_below(small: House):
    chief, ana, boris, outside = await people(small, 4)
    team = await structure.add_team(small.unit, "Équipe de la cheffe")
    chiefs = await structure.add_team(small.unit, "Cheffes")
    for one in (ana, boris, chief):  # she is a member of the team that she answers for, too
        await memberships.join(one, team)
    await memberships.join(chief, chiefs)
    await roles.answer_for(chief, team)
    await roles.answer_for(outside, chiefs)
    assert await hierarchy.in_line(ana) == {chief}
    assert await hierarchy.in_line(chief) == {ana, boris, outside}
    assert await hierarchy.in_line(outside) == {chief}
    assert await hierarchy.in_line(uuid4()) == set()


async def test_what_has_ended_is_none(small: House):
    chief, ana, boris = await people(small, 3)
    team = await structure.add_team(small.unit, "Équipe de la cheffe")
    for one in (ana, boris):
        await memberships.join(one, team)
    await roles.answer_for(chief, team)
    gone = next(one for one in await teams.members(team) if one.account == ana)
    await memberships.end(gone.membership, clock.today())
    assert (await hierarchy.in_line(ana), await hierarchy.in_line(boris)) == (set(), {chief})
    [manager] = await teams.managers(team)
    await roles.end_answering(manager.link)
    assert await hierarchy.in_line(boris) == set()
