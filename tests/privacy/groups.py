"""Anabelle in groups and in individual supervision, for whatever a path may name of it.

She has a seat in a group of Ferdinand's, and Pauline beside her; she asks for one in another of
his; she waits, and is offered a seat, in a group that somebody else leads; with Pauline she is
in a group that runs itself, to which a third person wants to come; Ferdinand supervises her.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.booking.supervising import an_offer, booked, choice_of
from tests.booking.world import FIRST, a_group, enrol, seat, slots, somebody
from tests.organisation.world import House
from tests.visitors import settings

from recul import clock
from recul.booking.actions import availability, feeds, hours, service_agreements
from recul.booking.plan import AgreementPlan
from recul.booking.queries import feeds as queries
from recul.booking.tables import AvailabilityException, Certificate, SeatOffer
from recul.web.roles import Role


async def groups(house: House) -> dict[str, Any]:
    """By the names that paths use; `peer_…` where a path leads into the group that runs itself."""
    ana, pauline = house.ids[Role.SELF], house.ids[Role.PARTICIPANT]
    circle = await a_group(house)
    await seat(circle, ana, pauline)
    asked = await a_group(house, *slots(2, FIRST + timedelta(days=1)), admission="request")
    peers = await a_group(house, *slots(2, FIRST + timedelta(days=2)), kind="peer_supervision")
    await seat(peers, ana, pauline)
    return circle.ids | {
        "enrolment": await enrol(asked, ana, "asked"),
        "engagement": await _offered(house),
        "peer_enrolment": await enrol(peers, await somebody(house), "asked"),
        "peer_meeting": peers.meetings[0],
    }


async def _offered(house: House) -> UUID:
    """An enrolment of Anabelle's for which a seat is kept, in a group of another facilitator."""
    hers = House(house.organisation, house.unit, house.team)
    hers.ids[Role.FACILITATOR] = await somebody(house)
    circle = await a_group(hers, *slots(2, FIRST + timedelta(days=4)))
    waiting = await enrol(circle, house.ids[Role.SELF], "waiting")
    await SeatOffer.insert(
        SeatOffer(
            cycle=circle.cycle,
            enrolment=waiting,
            seat=uuid4(),
            made_at=clock.now(),
            until=clock.now() + timedelta(days=2),
            state="open",
        )
    )
    return waiting


async def supervision(house: House) -> dict[str, Any]:
    ana = house.ids[Role.SELF]
    offer = await an_offer(house)
    appointment = await booked(offer, ana)
    choice = await choice_of(offer, ana)
    await availability.add_exception(offer, FIRST, None, None)
    [exception] = await AvailabilityException.select(AvailabilityException.id)
    assert choice.supervision
    return {
        "offer": offer,
        "supervision": choice.supervision.id,
        "appointment": appointment,
        "exception": exception["id"],
    }


async def papers(house: House) -> dict[str, Any]:
    """A convention of Ferdinand's; what Anabelle shows of her hours, and her agenda's address."""
    ana, today, agreement = house.ids[Role.SELF], clock.today(), uuid4()
    first, last = today.replace(month=1, day=1), today.replace(month=12, day=31)
    plan = AgreementPlan(
        organisation=house.organisation,
        name="Année",
        planned_minutes=600,
        starts_on=first,
        ends_on=last,
    )
    await service_agreements.make(house.ids[Role.FACILITATOR], agreement, plan)
    await hours.show(ana, house.organisation, first, last)
    [certificate] = await Certificate.select(Certificate.id)
    token = await feeds.make(settings(), ana, "her form", "title")
    [feed] = await queries.feeds(ana)
    return {
        "agreement": agreement,
        "certificate": certificate["id"],
        "feed": feed.id,
        "address": f"{token}.ics",
    }
