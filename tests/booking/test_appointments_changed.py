"""Moving an appointment, cancelling it, noting it: what rows say afterwards."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.booking.sent import said
from tests.booking.supervising import (
    THURSDAY,
    TUESDAY,
    an_offer,
    book,
    booked,
    choice_of,
    chosen,
    row,
    slot,
    times,
)
from tests.booking.world import NOON, a_group, seat
from tests.organisation.world import House
from tests.visitors import Visitor

from recul import clock
from recul.booking.slots import key
from recul.booking.wall import Slot
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

NINE, LATER = slot(), slot(TUESDAY, 10 * 60 + 15)
pytestmark = pytest.mark.usefixtures("noon")


async def cancel(visitor: Visitor, path: str, **more: str) -> Any:
    return await visitor.post(f"{path}/annulation", {"sequence": "0"} | more)


async def move(visitor: Visitor, path: str, at: Slot, **more: str) -> Any:
    return await visitor.post(f"{path}/deplacement", {"sequence": "0", "slot": key(at)} | more)


def at(moment: datetime) -> Any:
    return clock.set_to(moment)


async def test_it_is_moved_by_the_professional(house: House):
    offer = await an_offer(house)
    path = f"/supervision/rendez-vous/{await booked(offer, house.ids[Role.SELF])}"
    page = said(await house.self.get(f"{path}/deplacement"))
    assert key(slot(TUESDAY, 11 * 60 + 30)) not in page  # ends after twelve
    assert key(LATER) in page
    for _ in range(2):
        assert (await move(house.self, path, LATER)).headers["location"] == path
    assert await times() == [(TUESDAY, 615, 1)]
    # The time that it has is none to be chosen, and no change.
    assert key(LATER) not in said(await house.self.get(f"{path}/deplacement"))
    assert (await move(house.self, path, LATER, sequence="1")).status_code == 303
    assert await times() == [(TUESDAY, 615, 1)]
    stale = await move(house.self, path, slot(THURSDAY, 14 * 60))
    assert (stale.status_code, await times()) == (422, [(TUESDAY, 615, 1)])
    assert "a été déplacé entre-temps" in said(stale)
    # The time that it left is free again.
    await chosen(offer, house.ids[Role.COLLEAGUE])
    assert (await book(house.people[Role.COLLEAGUE], offer, NINE)).status_code == 303


async def test_it_is_moved_by_the_facilitator_by_the_same_rules(house: House):
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    await booked(offer, house.ids[Role.COLLEAGUE], LATER)
    path = f"/animation/supervision/rendez-vous/{appointment}"
    facilitator = house.people[Role.FACILITATOR]
    taken = await move(facilitator, path, LATER)
    assert (taken.status_code, "vient d’être pris" in said(taken)) == (422, True)
    assert (await move(facilitator, path, slot(TUESDAY, 9 * 60 + 15))).status_code == 422
    assert (await move(facilitator, path, slot(THURSDAY, 14 * 60))).status_code == 303
    assert await times() == [(TUESDAY, 615, 0), (THURSDAY, 840, 1)]


async def test_a_move_in_front_of_her_own_overlap(house: House):
    other = house.ids[Role.STEWARD]
    await roles.appoint(other, house.organisation, rules.FACILITATOR)
    offer, ana = await an_offer(house, other), house.ids[Role.SELF]
    path = f"/supervision/rendez-vous/{await booked(offer, ana)}"
    await seat(await a_group(house, slot(TUESDAY, 10 * 60, 90)), ana)
    assert (await move(house.self, path, LATER)).status_code == 422
    # To the other one it is no business what she has.
    assert (await move(house.self, path, LATER, overlap_ok="1")).status_code == 303
    assert await times() == [(TUESDAY, 615, 1)]


async def test_too_late_to_move_but_not_for_the_facilitator(house: House):
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    path = f"/supervision/rendez-vous/{appointment}"
    thursday = slot(THURSDAY, 14 * 60)
    with at(NINE.starts_at - timedelta(hours=47)):
        answer = await move(house.self, path, thursday)
        assert (answer.status_code, await times()) == (422, [(TUESDAY, 540, 0)])
        assert "/deplacement" not in said(await house.self.get(path))
        theirs = f"/animation{path}"
        assert (await move(house.people[Role.FACILITATOR], theirs, thursday)).status_code == 303
    assert await times() == [(THURSDAY, 840, 1)]


async def test_cancelled_in_time_it_does_not_count(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    path = f"/supervision/rendez-vous/{await booked(offer, ana)}"
    for _ in range(2):
        assert (await cancel(house.self, path)).headers["location"] == path
    assert await times(state="cancelled") == [(TUESDAY, 540, 1)]
    choice = await choice_of(offer, ana)
    assert choice.supervision
    assert choice.supervision.package.used == 0
    assert "Il ne compte pas dans le suivi." in said(await house.self.get(path))
    assert (await book(house.self, offer, NINE)).status_code == 303
    assert await times() == [(TUESDAY, 540, 0)]


async def test_cancelled_too_late_it_counts_and_is_told_first(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    path = f"/supervision/rendez-vous/{await booked(offer, ana)}"
    with at(NINE.starts_at - timedelta(hours=47)):
        # The page was opened when it was still free to cancel.
        stale = await cancel(house.self, path)
        assert (stale.status_code, await times()) == (422, [(TUESDAY, 540, 0)])
        assert 'name="late" value="1"' in stale.text
        assert (await cancel(house.self, path, late="1")).status_code == 303
    choice = await choice_of(offer, ana)
    assert choice.supervision
    assert (choice.supervision.package.used, choice.supervision.package.coming) == (1, 0)
    assert "il compte dans le suivi" in said(await house.self.get(path))


async def test_what_the_facilitator_cancels_never_counts(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    appointment = await booked(offer, ana)
    with at(NINE.starts_at - timedelta(hours=1)):
        path = f"/animation/supervision/rendez-vous/{appointment}"
        assert (await cancel(house.people[Role.FACILITATOR], path)).status_code == 303
        # She cancels it too, on a page from before.
        answer = await cancel(house.self, f"/supervision/rendez-vous/{appointment}", late="1")
        assert answer.status_code == 303
    assert ((await row(appointment)).late, await times()) == (False, [])
    choice = await choice_of(offer, ana)
    assert choice.supervision
    assert choice.supervision.package.used == 0


async def test_what_has_begun_is_neither_moved_nor_cancelled(house: House):
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    with at(NINE.starts_at):
        for visitor, path in (
            (house.self, f"/supervision/rendez-vous/{appointment}"),
            (house.people[Role.FACILITATOR], f"/animation/supervision/rendez-vous/{appointment}"),
        ):
            assert (await cancel(visitor, path, late="1")).status_code == 422
            assert (await move(visitor, path, slot(THURSDAY, 14 * 60))).status_code == 422
            page = said(await visitor.get(f"{path}/deplacement"))
            assert "Annuler ce rendez-vous" not in page
    assert await times() == [(TUESDAY, 540, 0)]


async def test_a_cancelled_one_is_not_moved(house: House):
    offer = await an_offer(house)
    path = f"/supervision/rendez-vous/{await booked(offer, house.ids[Role.SELF])}"
    await cancel(house.self, path)
    answer = await move(house.self, path, LATER)
    assert (answer.status_code, await times()) == (422, [])
    assert "est annulé" in said(answer)


async def test_presence_is_noted_once_it_has_begun(house: House):
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    facilitator = house.people[Role.FACILITATOR]
    path = f"/animation/supervision/rendez-vous/{appointment}"
    assert (await facilitator.post(f"{path}/presence", {"attended": "yes"})).status_code == 422
    assert (await row(appointment)).attended is None
    with at(NINE.ends_at):
        assert str(appointment) in said(await facilitator.get("/animation/supervision"))
        for typed in ("", "x"):
            answer = await facilitator.post(f"{path}/presence", {"attended": typed})
            assert answer.status_code == 422
        for typed, kept in (("no", False), ("yes", True)):
            answer = await facilitator.post(f"{path}/presence", {"attended": typed})
            assert (answer.status_code, (await row(appointment)).attended) == (303, kept)
        assert str(appointment) not in said(await facilitator.get("/animation/supervision"))


@pytest.mark.parametrize("sequence", ["", "x", "-1", "9" * 40, "٣"])
async def test_a_broken_sequence_is_a_stale_page(house: House, sequence: str):
    offer = await an_offer(house)
    path = f"/supervision/rendez-vous/{await booked(offer, house.ids[Role.SELF])}"
    answer = await cancel(house.self, path, sequence=sequence)
    assert (answer.status_code, await times()) == (422, [(TUESDAY, 540, 0)])


async def test_notices_go_with_the_change(house: House, monkeypatch: pytest.MonkeyPatch):
    """Within the transaction of what they tell of: where telling fails, nothing happened."""
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    appointment = await booked(offer, ana)
    path = f"/supervision/rendez-vous/{appointment}"

    async def fails(*_: object) -> None:
        raise RuntimeError

    for name in ("booked", "appointment_moved", "appointment_cancelled"):
        monkeypatch.setattr(f"recul.booking.notices.{name}", fails)
    assert (await move(house.self, path, LATER)).status_code == 500
    assert (await cancel(house.self, path)).status_code == 500
    assert (await book(house.self, offer, slot(THURSDAY, 14 * 60))).status_code == 500
    assert await times() == [(TUESDAY, 540, 0)]
    assert NINE.starts_at > NOON
