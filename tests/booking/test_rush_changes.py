"""What planners change while people come, go and excuse themselves, at the doors of two processes.

Every scenario has a group of its own; they all run at once, so that they also wait for each other.
"""

import asyncio
import re
from collections import Counter
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from tests.booking.crowd import Doors, Person, crowd
from tests.booking.rush import Act, accepting, at, at_once, dates, led
from tests.booking.seats import CONFIG, assert_in_order, charter, open_offers, states
from tests.booking.sent import fields_of
from tests.booking.world import Circle, enrol, seat

from recul import clock
from recul.booking.actions import decisions, offers
from recul.booking.queries import within
from recul.booking.tables import (
    AgreementAcceptance,
    Attendance,
    GroupAgreement,
    MeetingCycle,
    PeerVoice,
    SeatOffer,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("live_db")]


async def a_date_is_cancelled(two: Doors) -> None:
    """While people excuse themselves from it, change their minds, and one leaves."""
    circle, leader = await led()
    seated, waiting = await crowd(circle.house, 8), await crowd(circle.house, 3)
    await seat(circle, *(one.id for one in seated))
    for one in waiting:
        await enrol(circle, one.id, "waiting")
    before, first, second = await dates(circle), *circle.meetings[:2]
    said = [(one, first, end) for one in seated for end in ("excuse", "retour", "excuse")]
    said += [(seated[0], second, "excuse")] * 6
    answers = await at_once(
        two,
        1,
        *[(leader, f"/planification/seances/{first}/annuler", {})] * 2,
        *((one, f"/groupes/seances/{date}/{end}", {}) for one, date, end in said),
        *[(seated[0], at(circle, "depart"), {})] * 2,
    )
    assert answers["annuler"] == answers["depart"] == {303: 2}
    assert {*answers["excuse"], *answers["retour"]} <= {303, 404}
    assert await dates(circle) == [(before[0][0], True, 1), *before[1:]]
    assert [state for _, state in await states(circle.cycle)] == (
        ["left"] + ["seated"] * 7 + ["waiting"] * 3
    )
    assert [account for account, _ in await open_offers(circle.cycle)] == [waiting[0].id]
    assert not await Attendance.exists().where(Attendance.account == seated[0].id)


async def a_decision_is_taken(two: Doors, *rivals: str) -> None:
    """Put off at both doors, or something else, while people enrol: it is decided once."""
    circle, leader = await led()
    path, people = f"/planification/cycles/{circle.cycle}/decision", await crowd(circle.house, 12)
    [seen] = set(re.findall('name="seen" value="([^"]+)"', await two.get(leader, path)))
    put_off = {"decision": "postpone", "weeks": "2", "confirmed": "1", "seen": seen}
    outcomes, form = await outcomes_of(circle), await accepting(circle)
    answers = await at_once(
        two,
        2,
        *[(leader, path, put_off)] * 2,
        *[(leader, path, {"decision": one, "seen": seen}) for one in rivals],
        *((one, at(circle, "inscription"), form) for one in people),
    )
    assert answers["decision"] == {303: 2 + len(rivals)}
    [row] = await MeetingCycle.select(MeetingCycle.state).where(MeetingCycle.id == circle.cycle)
    assert row["state"] == "planned" or rivals
    assert await dates(circle) == outcomes[row["state"]]
    found = [state for _, state in await states(circle.cycle)]
    assert answers["inscription"] == Counter({303: len(found)}) + Counter({422: 12 - len(found)})
    assert len(found) == 12 or row["state"] == "cancelled"
    assert found == (["seated"] * 8 + ["waiting"] * 4)[: len(found)]


async def outcomes_of(circle: Circle) -> dict[str, list[tuple[object, bool, int]]]:
    """The dates as each decision leaves them, by the state that comes of it."""
    before, later = await dates(circle), await within.meetings(circle.cycle)
    return {
        "planned": [(slot.day, False, 1) for _, slot in decisions.moved(later, "FR", 2).dates],
        "confirmed": before,
        "cancelled": [(day, True, 1) for day, *_ in before],
    }


async def there_are_more_seats(two: Doors) -> None:
    """While offers run out, are taken too late, and other people come."""
    circle, leader = await led(capacity=4)
    first, others = await crowd(circle.house, 12), await crowd(circle.house, 6)
    kept, form = await run_out(two, circle, first), await accepting(circle)
    path = f"/planification/cycles/{circle.cycle}/reglages"
    page = httpx.Response(200, html=await two.get(leader, path))
    settings = fields_of(page, path) | {"capacity": "7", "_csrf_token": two.token}
    answers, *_ = await asyncio.gather(
        at_once(
            two,
            3,
            *[(leader, path, settings)] * 2,
            *((one, at(circle, "inscription"), form) for one in others),
            *((one, at(circle, "place"), {"offer": str(kept[one.id])}) for one in first[4:6]),
        ),
        *(offers.expire(CONFIG) for _ in range(3)),
    )
    assert answers == {"reglages": {303: 2}, "inscription": {303: 6}, "place": {303: 2}}
    await assert_in_order(circle.cycle, 7)
    seated = [account for account, state in await states(circle.cycle) if state == "seated"]
    assert seated == [one.id for one in first[2:4]]
    holders = [account for account, _ in await open_offers(circle.cycle)]
    assert holders == [one.id for one in first[4:9]]
    assert [sequence for *_, sequence in await dates(circle)] == [0, 0, 0]


async def run_out(two: Doors, circle: Circle, people: list[Person]) -> dict[UUID, UUID]:
    """Of four who have a seat two leave; the seats were offered, and the time for it is over: the
    offers by account."""
    await seat(circle, *(one.id for one in people[:4]))
    for one in people[4:]:
        await enrol(circle, one.id, "waiting")
    for one in people[:2]:
        await two.post(one, at(circle, "depart"))
    over = clock.now() - timedelta(minutes=1)
    await SeatOffer.update({SeatOffer.until: over}).where(SeatOffer.cycle == circle.cycle)
    return dict(await open_offers(circle.cycle))


async def everybody_has_a_voice(two: Doors) -> None:
    """Two people ask for the last seat of a group that runs itself; all say yes at both doors."""
    circle, _ = await led(capacity=6, kind="peer_supervision")
    members, askers = await crowd(circle.house, 5), await crowd(circle.house, 2)
    await seat(circle, *(one.id for one in members))
    asked = [await enrol(circle, one.id, "asked") for one in askers]
    voices: list[Act] = [
        (one, f"/groupes/demandes/{enrolment}/voix", {"voice": "yes"})
        for enrolment in asked
        for one in members * 2
    ]
    assert await at_once(two, 4, *voices) == {"voix": {303: 20}}
    found = [state for _, state in await states(circle.cycle)]
    assert (found[:5], sorted(found[5:])) == (["seated"] * 5, ["seated", "waiting"])
    said = await PeerVoice.select(PeerVoice.enrolment, PeerVoice.voter)
    assert len({(row["enrolment"], row["voter"]) for row in said}) == len(said)
    assert not await open_offers(circle.cycle)


async def requests_are_answered(two: Doors) -> None:
    """Yes at both doors; and for half of them no, and their own leaving, at the same moment."""
    circle, leader = await led(capacity=3, admission="request")
    people = await crowd(circle.house, 8)
    asked = {one.id: await enrol(circle, one.id, "asked") for one in people}
    root = "/animation/demandes"
    yes: list[Act] = [(leader, f"{root}/{one}/accord", {}) for one in asked.values()]
    no: list[Act] = [(leader, f"{root}/{asked[one.id]}/refus", {}) for one in people[:4]]
    gone: list[Act] = [(one, at(circle, "depart"), {}) for one in people[:4]]
    answers = await at_once(two, 5, *yes * 2, *no, *gone)
    assert answers == {"accord": {303: 16}, "refus": {303: 4}, "depart": {303: 4}}
    found = [state for _, state in await states(circle.cycle)]
    assert {*found[:4]} <= {"left", "refused"}
    assert {*found[4:]} <= {"seated", "waiting"}
    kept = await open_offers(circle.cycle)
    assert found.count("seated") + len(kept) == 3


async def a_charter_is_renewed(two: Doors) -> None:
    """By one form sent twice and by another one, while people accept the version before it."""
    circle, leader = await led(capacity=20)
    people, path = await crowd(circle.house, 16), f"/planification/groupes/{circle.group}/charte"
    old = await charter(circle.group)
    new = [{"version": "1", "charter": text} for text in ("Une autre.", "Une autre.", "Encore.")]
    form = await accepting(circle)
    answers = await at_once(
        two,
        6,
        *((leader, path, one) for one in new),
        *((one, at(circle, "inscription"), form) for one in people),
    )
    assert answers["charte"] in ({303: 2, 422: 1}, {303: 1, 422: 2})
    assert {*answers["inscription"]} <= {303, 422}
    versions = GroupAgreement.select(GroupAgreement.version, GroupAgreement.id)
    rows = await versions.where(GroupAgreement.meeting_group == circle.group)
    assert sorted(row["version"] for row in rows) == [1, 2]
    inside = {account for account, _ in await states(circle.cycle)}
    assert len(inside) == answers["inscription"][303]
    assert await _accepted(old) == inside
    form = await accepting(circle)
    again = ((one, at(circle, "inscription"), form) for one in people)
    assert await at_once(two, 7, *again) == {"inscription": {303: 16}}
    assert [state for _, state in await states(circle.cycle)] == ["seated"] * 16
    assert await _accepted(UUID(form["agreement"])) == {one.id for one in people} - inside


async def _accepted(agreement: UUID) -> set[object]:
    rows = await AgreementAcceptance.select(AgreementAcceptance.account).where(
        AgreementAcceptance.agreement == agreement
    )
    return {row["account"] for row in rows}


async def test_changes_while_people_come_and_go(two: Doors):
    await asyncio.gather(
        a_date_is_cancelled(two),
        a_decision_is_taken(two),
        a_decision_is_taken(two, "maintain", "cancel"),
        there_are_more_seats(two),
        everybody_has_a_voice(two),
        requests_are_answered(two),
        a_charter_is_renewed(two),
    )
