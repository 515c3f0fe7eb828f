"""Asking for seats in tests, and what rows say of them."""

from uuid import UUID

from tests.booking.world import Circle, somebody
from tests.organisation.world import House
from tests.visitors import settings

from recul.booking.actions import enrolments
from recul.booking.outcomes import Outcome
from recul.booking.tables import Enrolment, GroupAgreement, SeatOffer

CONFIG = settings()


async def charter(group: UUID) -> UUID:
    """The id of the version in force."""
    rows = (
        await GroupAgreement.select(GroupAgreement.id)
        .where(GroupAgreement.meeting_group == group)
        .order_by(GroupAgreement.version, ascending=False)
    )
    return UUID(str(rows[0]["id"]))


async def ask(circle: Circle, account: UUID, cycle: UUID | None = None) -> Outcome:
    """As the form of the page does, the charter accepted."""
    wanted = cycle or circle.cycle
    return await enrolments.ask(CONFIG, account, wanted, await charter(circle.group), False)


async def people(house: House, count: int) -> list[UUID]:
    """Members of the house's team, without a browser."""
    return [await somebody(house, f"Personne {number}") for number in range(count)]


async def states(cycle: UUID) -> list[tuple[UUID, str]]:
    """(account, state) in the order of arrival."""
    rows = (
        await Enrolment.select(Enrolment.account, Enrolment.state)
        .where(Enrolment.cycle == cycle)
        .order_by(Enrolment.arrival)
    )
    return [(row["account"], row["state"]) for row in rows]


async def open_offers(cycle: UUID) -> list[tuple[UUID, UUID]]:
    """(account, offer) of those that are not closed, in the order of arrival."""
    rows = (
        await SeatOffer.select(SeatOffer.id, SeatOffer.enrolment.account)
        .where(SeatOffer.cycle == cycle, SeatOffer.state == "open")
        .order_by(SeatOffer.enrolment.arrival)
    )
    return [(row["enrolment.account"], row["id"]) for row in rows]


async def offer_states(cycle: UUID) -> list[str]:
    """In the order in which they were made."""
    query = SeatOffer.select(SeatOffer.state).where(SeatOffer.cycle == cycle)
    return [row["state"] for row in await query.order_by(SeatOffer.made_at)]


async def assert_in_order(cycle: UUID, capacity: int) -> None:
    """No seat is promised twice, none is offered twice to the same person, and nobody waits
    without ever having been offered one while somebody who came later has one."""
    rows = await Enrolment.select().where(Enrolment.cycle == cycle)
    made = await SeatOffer.select().where(SeatOffer.cycle == cycle)
    running = [row for row in made if row["state"] == "open"]
    seated = [row for row in rows if row["state"] == "seated"]
    assert len(seated) + len(running) <= capacity
    assert len({row["seat"] for row in running}) == len(running)
    assert len({row["enrolment"] for row in running}) == len(running)
    assert len({(row["seat"], row["enrolment"]) for row in made}) == len(made)
    asked, arrivals = (
        {row["enrolment"] for row in made},
        {row["id"]: row["arrival"] for row in rows},
    )
    never = [row["arrival"] for row in rows if row["state"] == "waiting" and row["id"] not in asked]
    served = [row["arrival"] for row in seated] + [arrivals[row["enrolment"]] for row in running]
    assert not never or not served or max(served) < min(never)
