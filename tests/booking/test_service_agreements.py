"""Conventions: hours planned, held, to come and left, each for one organisation."""

import re
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from tests.booking.supervising import THURSDAY, an_offer, booked, slot
from tests.booking.world import NOON, Circle, a_group, seat, slots, somebody
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul import clock
from recul.booking.actions import service_agreements as actions
from recul.booking.forms.service_agreements import minutes_of
from recul.booking.queries import service_agreements as queries
from recul.booking.queries.service_agreements import Agreement, Hours
from recul.booking.tables import (
    Appointment,
    Meeting,
    MeetingGroup,
    ServiceAgreement,
    SupervisionOffer,
)
from recul.database import recorded_statements
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

ALL = "/animation/conventions"
HELD = date(2026, 11, 5)
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def leader(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


def fields(house: House, **more: str) -> dict[str, str]:
    usual = {
        "id": str(uuid4()),
        "name": "Analyse de la pratique 2026",
        "organisation": str(house.organisation),
        "planned": "12,5",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }
    return usual | more


async def made(house: House, visitor: Visitor | None = None, **more: str) -> UUID:
    """A convention, by way of its form."""
    sent = fields(house, **more)
    answer = await (visitor or house.people[Role.FACILITATOR]).post(f"{ALL}/nouvelle", sent)
    assert answer.status_code == 303, unescape(answer.text)
    return UUID(sent["id"])


async def tie(
    visitor: Visitor, agreement: UUID, *wanted: UUID, shown: list[UUID]
) -> httpx.Response:
    sent: dict[str, Any] = {"tied": [*map(str, wanted)], "shown": [*map(str, shown)]}
    return await visitor.post(f"{ALL}/{agreement}/liens", sent)


async def own(house: House, agreement: UUID) -> Agreement:
    found = await queries.agreement(house.ids[Role.FACILITATOR], agreement, NOON)
    assert found
    return found


async def tied_to(circle: Circle) -> UUID | None:
    [row] = await MeetingGroup.select(MeetingGroup.service_agreement).where(
        MeetingGroup.id == circle.group
    )
    found: UUID | None = row["service_agreement"]
    return found


async def shown(visitor: Visitor, path: str = ALL) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, path
    text = unescape(answer.text).replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


async def everything(house: House) -> list[dict[str, Any]]:
    return await ServiceAgreement.select().order_by(ServiceAgreement.name)


# Hours


async def test_planned_held_to_come_and_left(house: House, leader: Visitor):
    """Of five dates: one noted, one over and not noted, one to come, one cancelled, one beyond."""
    dates = (*slots(4, HELD, every=14), *slots(1, date(2027, 1, 7)))
    circle = await a_group(house, *dates)
    await seat(circle, await somebody(house))
    first, _, _, fourth, _ = circle.meetings
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.id == first)
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == fourth)
    agreement = await made(house)
    assert (await tie(leader, agreement, circle.group, shown=[circle.group])).status_code == 303
    found = await own(house, agreement)
    assert (found.hours, found.left) == (Hours(held=120, coming=120, unnoted=120), 630)
    page = await shown(leader)
    assert "Prévu 12 h 30 Tenu 2 h À venir 2 h Reste 10 h 30" in page
    assert "2 h passées restent à noter" in page
    assert "Tilleuls et Rivage" in page


async def test_individual_supervision_counts_once_somebody_came(house: House, leader: Visitor):
    offer, people = await an_offer(house), [await somebody(house) for _ in range(4)]
    times = [slot(), slot(starts=615), slot(THURSDAY, 840), slot(THURSDAY, 915)]
    one, two, three, _ = [
        await booked(offer, person, at) for person, at in zip(people, times, strict=True)
    ]
    for appointment, attended in ((one, True), (two, False)):
        await Appointment.update({Appointment.attended: attended}).where(
            Appointment.id == appointment
        )
    await Appointment.update({Appointment.state: "cancelled", Appointment.late: True}).where(
        Appointment.id == three
    )
    agreement = await made(house)
    await tie(leader, agreement, offer, shown=[offer])
    assert (await own(house, agreement)).hours == Hours(held=60, coming=60, missed=120)
    page = await shown(leader, f"{ALL}/{agreement}")
    assert "S’y ajoutent 2 h de rendez-vous manqués" in page
    assert "Personne" not in page


async def test_more_than_was_agreed_is_said_calmly(house: House, leader: Visitor):
    circle = await a_group(house, *slots(1, HELD))
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.cycle == circle.cycle)
    agreement = await made(house, planned="1")
    await tie(leader, agreement, circle.group, shown=[circle.group])
    assert (await own(house, agreement)).shares == (100, 0)
    assert "Prévu 1 h Tenu 2 h À venir 0 h Au-delà 1 h" in await shown(leader)


# Writing it down


async def test_it_is_written_once_changed_and_deleted(house: House, leader: Visitor):
    sent = fields(house)
    for _ in range(2):
        answer = await leader.post(f"{ALL}/nouvelle", sent)
        assert answer.headers["location"] == f"{ALL}/{sent['id']}"
    row = {
        "id": UUID(sent["id"]),
        "organisation": house.organisation,
        "facilitator": house.ids[Role.FACILITATOR],
        "name": "Analyse de la pratique 2026",
        "planned_minutes": 750,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
    }
    assert await everything(house) == [row]
    changed = fields(house, name=" Supervision  ", planned="40 h", ends_on="2027-06-30")
    assert (await leader.post(f"{ALL}/{sent['id']}", changed)).status_code == 303
    row |= {"name": "Supervision", "planned_minutes": 2400, "ends_on": date(2027, 6, 30)}
    assert await everything(house) == [row]
    answer = await leader.post(f"{ALL}/{sent['id']}/suppression")
    assert (answer.status_code, await everything(house)) == (303, [])


async def test_what_something_counts_in_is_not_deleted_nor_moved(house: House, leader: Visitor):
    other = await elsewhere_too(house)
    circle = await a_group(house, *slots(1, HELD))
    agreement = await made(house)
    await tie(leader, agreement, circle.group, shown=[circle.group])
    before = await everything(house)
    answer = await leader.post(f"{ALL}/{agreement}/suppression")
    assert (answer.status_code, "retirez-les d’abord" in unescape(answer.text)) == (422, True)
    moved = fields(house, organisation=str(other.organisation), name="Ailleurs")
    answer = await leader.post(f"{ALL}/{agreement}", moved)
    assert (answer.status_code, 'value="Ailleurs"' in answer.text) == (422, True)
    assert await everything(house) == before
    await tie(leader, agreement, shown=[circle.group])
    assert (await leader.post(f"{ALL}/{agreement}", moved)).status_code == 303
    assert (await leader.post(f"{ALL}/{agreement}/suppression")).status_code == 303
    assert await everything(house) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 121},
        {"organisation": str(uuid4())},
        {"organisation": ""},
        {"planned": ""},
        {"planned": "0"},
        {"planned": "-3"},
        {"planned": "12,1"},
        {"planned": "5000,25"},
        {"planned": "1e3"},
        {"planned": "²"},
        {"starts_on": ""},
        {"starts_on": "31/12/2026"},
        {"starts_on": "0001-01-01"},
        {"ends_on": "9999-12-31"},
        {"ends_on": "2025-12-31"},
        {"ends_on": "2126-12-31"},
    ],
    ids=str,
)
async def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    house: House, leader: Visitor, wrong: dict[str, str]
):
    kept = await made(house, name="Celle d’avant")
    before = await everything(house)
    for path in (f"{ALL}/nouvelle", f"{ALL}/{kept}"):
        answer = await leader.post(path, fields(house, name="Une belle convention") | wrong)
        page = unescape(answer.text)
        assert (answer.status_code, 'role="alert"' in page) == (422, True)
        assert wrong.get("name", "Une belle convention") in page
        assert 'value="12,5"' in page or "planned" in wrong
    assert await everything(house) == before


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("40", 2400),
        ("12,5", 750),
        ("12.25", 735),
        ("7 h 15", 435),
        ("7h", 420),
        ("0,33", None),
        ("7 h 75", None),
        ("1 000", None),
        ("٣", None),
        ("12,", None),
        ("", None),
    ],
)
def test_hours_as_people_write_them(typed: str, minutes: int | None):
    assert minutes_of(typed) == minutes


# What counts in it


async def test_one_thing_counts_in_one_convention(house: House, leader: Visitor):
    circle = await a_group(house, *slots(1, HELD))
    first, second = [await made(house, name=name) for name in ("Une", "Deux")]
    await tie(leader, first, circle.group, shown=[circle.group])
    page = await shown(leader, f"{ALL}/{second}")
    assert "compte aujourd’hui dans une autre convention" in page
    await tie(leader, second, circle.group, shown=[circle.group])
    assert await tied_to(circle) == second
    await tie(leader, first, shown=[circle.group])
    assert await tied_to(circle) == second


async def test_an_old_form_unticks_only_what_it_showed(house: House, leader: Visitor):
    one, two = [await a_group(house, *slots(1, HELD), name=name) for name in ("Un", "Deux")]
    agreement = await made(house)
    await tie(leader, agreement, one.group, two.group, shown=[one.group, two.group])
    await tie(leader, agreement, shown=[one.group])
    assert (await tied_to(one), await tied_to(two)) == (None, agreement)


async def test_what_is_not_hers_or_is_elsewhere_is_never_tied(house: House, leader: Visitor):
    other = await elsewhere_too(house)
    there = await a_group(other, *slots(1, HELD), name="En cercle")
    foreign = await a_group(house, *slots(1, HELD), name="À une autre")
    hers = MeetingGroup.facilitator
    await MeetingGroup.update({hers: house.ids[Role.SELF]}).where(MeetingGroup.id == foreign.group)
    offer = await an_offer(other)
    agreement = await made(house)
    wanted = [there.group, foreign.group, offer, uuid4()]
    assert (await tie(leader, agreement, *wanted, shown=wanted)).status_code == 303
    assert (await tied_to(there), await tied_to(foreign)) == (None, None)
    assert (await SupervisionOffer.select(SupervisionOffer.service_agreement)) == [
        {"service_agreement": None}
    ]
    sent = {"tied": ["x", "'--"], "shown": "é"}
    assert (await leader.post(f"{ALL}/{agreement}/liens", sent)).status_code == 303


async def test_a_group_that_somebody_else_leads_now_counts_no_more(house: House, leader: Visitor):
    circle = await a_group(house, *slots(1, HELD), name="Passée à une autre")
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.cycle == circle.cycle)
    agreement = await made(house)
    await tie(leader, agreement, circle.group, shown=[circle.group])
    assert (await own(house, agreement)).hours == Hours(held=120)
    hers = MeetingGroup.facilitator
    await MeetingGroup.update({hers: house.ids[Role.SELF]}).where(MeetingGroup.id == circle.group)
    assert (await own(house, agreement)).hours == Hours()
    assert "Passée" not in await shown(leader, f"{ALL}/{agreement}")
    assert (await leader.post(f"{ALL}/{agreement}/suppression")).status_code == 303


# Who sees it


async def elsewhere_too(house: House) -> House:
    other = await founded("Bellerive", "Ouest", "Accueil")
    other.ids[Role.FACILITATOR] = house.ids[Role.FACILITATOR]
    await roles.appoint(house.ids[Role.FACILITATOR], other.organisation, rules.FACILITATOR)
    return other


async def test_a_convention_holds_nothing_of_another_organisation(house: House, leader: Visitor):
    other = await elsewhere_too(house)
    await a_group(house, *slots(1, HELD))
    await a_group(other, *slots(1, HELD), name="En cercle")
    here = await made(house)
    there = await made(house, organisation=str(other.organisation), name="Pour Bellerive")
    both = await shown(leader)
    assert all(name in both for name in ("Val-Clair", "Bellerive"))
    circles = {here: "Tilleuls et Rivage", there: "En cercle"}
    for agreement in circles:
        page = await shown(leader, f"{ALL}/{agreement}")
        assert [name in page for name in circles.values()] == [one == agreement for one in circles]


async def test_strangers_organisers_and_colleagues_get_none(
    house: House, leader: Visitor, nobody: Visitor
):
    agreement = await made(house, name="Reconnaissable")
    circle = await a_group(house, *slots(1, HELD))
    before = await everything(house)
    writes = {"": fields(house), "/liens": {"tied": str(circle.group)}, "/suppression": {}}
    for role, visitor in house.people.items():
        if role is Role.FACILITATOR:
            continue
        assert (await visitor.get(f"{ALL}/{agreement}")).status_code == 404, role
        for end, sent in writes.items():
            answer = await visitor.post(f"{ALL}/{agreement}{end}", sent)
            assert answer.status_code == 404, (role, end)
        if role is not Role.STRANGER:
            for path in (ALL, f"{ALL}/nouvelle"):
                assert (await visitor.get(path)).status_code == 404, (role, path)
    assert "Reconnaissable" not in await shown(house.people[Role.STRANGER])
    answer = await house.people[Role.STRANGER].post(f"{ALL}/nouvelle", fields(house))
    assert answer.status_code == 422
    assert (await nobody.get(ALL)).status_code == 303
    assert (await everything(house), await tied_to(circle)) == (before, None)


async def test_the_list_costs_the_same_with_one_and_with_three(house: House, leader: Visitor):
    counts = []
    for count in (1, 2):
        for n in range(count):
            circle = await a_group(house, *slots(2, HELD), name=f"Groupe {n}")
            agreement = await made(house, name=f"Convention {n}")
            await tie(leader, agreement, circle.group, shown=[circle.group])
        with recorded_statements() as statements:
            await shown(leader)
        counts.append(len(statements))
    assert counts == [6, 6]


async def test_what_was_deleted_meanwhile_is_gone(house: House):
    agreement, hers = await made(house), house.ids[Role.FACILITATOR]
    await actions.delete(hers, agreement)
    await actions.delete(hers, agreement)
    with pytest.raises(actions.Gone):
        await actions.tie(hers, agreement, [], [])
