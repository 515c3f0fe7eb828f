"""Wanting a seat, being answered, leaving."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking import kinds, notices
from recul.booking.actions import seating
from recul.booking.actions.agreements import accepting
from recul.booking.outcomes import IN, Outcome
from recul.booking.queries import overlaps, waiting
from recul.booking.queries.waiting import Asking
from recul.booking.tables import Enrolment
from recul.database import write_each, write_transaction
from recul.settings import Settings

ENROL = """
INSERT INTO enrolment (id, cycle, account, state, arrival, asked_on, settled_on)
VALUES ({}, {}, {}, {}, {}, {}, {})
"""
PASS = "UPDATE seat_offer SET state = 'passed' WHERE enrolment = {} AND state = 'open'"
UNEXCUSED = """
DELETE FROM attendance WHERE account = {} AND state = 'excused' AND meeting IN (
    SELECT id FROM meeting WHERE cycle = {} AND starts_at > {} AND noted_on IS NULL)
"""
WITHOUT_ROLE = """
DELETE FROM meeting_role WHERE account = {} AND meeting IN (
    SELECT id FROM meeting WHERE cycle = {} AND starts_at > {})
"""
TOLD = {"seated": notices.seated, "waiting": notices.waiting, "asked": notices.asked}


class NotNow(Exception):
    """Undoes what was begun, and says why."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody who comes finds herself; `seat` when those who wait had let it pass."""

    state: str
    seat: UUID | None = None


async def ask(
    settings: Settings,
    viewer: UUID,
    cycle: UUID,
    accepted_agreement: UUID | None,
    overlap_ok: bool,
) -> Outcome:
    """Enrol, ask or wait, as the cycle goes: SEATED, ASKED or WAITING, also when she was it
    before. `accepted_agreement` is the version of the charter that she accepts with this form.

    Else AGREEMENT, OVERLAP, LINE, LEADS, CLOSED or GONE, and nothing has changed.
    """
    if not overlap_ok and await overlaps.of_cycle(viewer, cycle):
        return Outcome.OVERLAP
    try:
        async with write_transaction():
            return await _ask(settings, viewer, cycle, accepted_agreement)
    except NotNow as refused:
        return refused.outcome


async def _ask(settings: Settings, viewer: UUID, cycle: UUID, agreement: UUID | None) -> Outcome:
    arrival, wanted = await seating.arrive(cycle), await waiting.asking(viewer, cycle)
    if arrival is None or wanted is None:
        raise NotNow(Outcome.GONE)
    if wanted.mine:
        raise NotNow(IN[wanted.mine])
    require(viewer, wanted, agreement)
    place = await _place(settings, wanted)
    new, today = uuid4(), clock.today()
    settled = today if place.state == "seated" else None
    await write_each(
        QueryString(ENROL, new, cycle, viewer, place.state, arrival, today, settled),
        *accepting(viewer, wanted),
        *([seating.taken(wanted, new, place.seat)] if place.seat else []),
    )
    await TOLD[place.state](settings, new)
    return IN[place.state]


def require(viewer: UUID, wanted: Asking, agreement: UUID | None) -> None:
    """What holds for everybody who is about to get a seat or a rank. Raises NotNow."""
    if not wanted.takes:
        raise NotNow(Outcome.CLOSED)
    if wanted.facilitator == viewer:
        raise NotNow(Outcome.LEADS)
    if wanted.mine is None and wanted.admission == kinds.CLOSED and not wanted.regular:
        raise NotNow(Outcome.CLOSED)
    if wanted.in_line:
        raise NotNow(Outcome.LINE)
    if wanted.agreement and not wanted.accepted and wanted.agreement != agreement:
        raise NotNow(Outcome.AGREEMENT)


async def _place(settings: Settings, wanted: Asking) -> Place:
    """Members of a group that runs itself, or that is closed, come back without asking."""
    if wanted.admission == kinds.REQUEST:
        return Place("asked")
    if wanted.admission == kinds.CO_OPTATION and not wanted.regular:
        return Place("asked")
    return await _next_seat(settings, wanted)


async def _next_seat(settings: Settings, wanted: Asking) -> Place:
    """A seat when one is free that nobody who waits is to be offered first."""
    if not wanted.free:
        return Place("waiting")
    if not wanted.waiting:
        return Place("seated")
    left = await seating.settle(settings, wanted)
    return Place("seated", left[0]) if left else Place("waiting")


async def admit(settings: Settings, viewer: UUID, enrolment: UUID) -> Outcome:
    """Follow a request: SEATED or WAITING. The viewer leads the group, or has a seat in one that
    runs itself. Else LINE, CLOSED, or what became of the request meanwhile; GONE out of reach."""
    try:
        async with write_transaction():
            return await _admit(settings, viewer, enrolment)
    except NotNow as refused:
        return refused.outcome


async def _admit(settings: Settings, viewer: UUID, enrolment: UUID) -> Outcome:
    found = await _request(viewer, enrolment)
    wanted = await waiting.asking(found.account, found.cycle)
    if wanted is None or not wanted.takes:
        raise NotNow(Outcome.CLOSED)
    if wanted.in_line:
        raise NotNow(Outcome.LINE)
    place = await _next_seat(settings, wanted)
    settled = clock.today() if place.state == "seated" else None
    await Enrolment.update({Enrolment.state: place.state, Enrolment.settled_on: settled}).where(
        Enrolment.id == enrolment
    )
    if place.seat:
        await write_each(seating.taken(wanted, enrolment, place.seat))
    await TOLD[place.state](settings, enrolment)
    return IN[place.state]


async def _request(viewer: UUID, enrolment: UUID) -> waiting.Request:
    """A request that still waits for an answer, its cycle held. Raises NotNow."""
    found = await waiting.request(viewer, enrolment)
    if found is None:
        raise NotNow(Outcome.GONE)
    await seating.hold(found.cycle)
    found = await waiting.request(viewer, enrolment)
    if found is None or found.state != "asked":
        raise NotNow(STATES[found.state] if found else Outcome.GONE)
    return found


STATES = IN | {"left": Outcome.LEFT, "refused": Outcome.REFUSED}


async def refuse(settings: Settings, viewer: UUID, enrolment: UUID) -> Outcome:
    """Do not follow a request: REFUSED, or what became of it meanwhile; GONE out of reach."""
    try:
        async with write_transaction():
            await _request(viewer, enrolment)
            await Enrolment.update(
                {Enrolment.state: "refused", Enrolment.settled_on: clock.today()}
            ).where(Enrolment.id == enrolment)
            await notices.refused(settings, enrolment)
    except NotNow as refused:
        return refused.outcome
    return Outcome.REFUSED


async def leave(settings: Settings, viewer: UUID, cycle: UUID) -> Outcome:
    """Give back a seat, a rank or a request: LEFT, whatever it was. Whoever waits is offered the
    seat; of the dates to come, what she was excused from and what she took on is undone."""
    async with write_transaction():
        await seating.hold(cycle)
        mine = await waiting.own_enrolment(viewer, cycle)
        if mine is None:
            return Outcome.LEFT
        await Enrolment.update(
            {Enrolment.state: "left", Enrolment.settled_on: clock.today()}
        ).where(Enrolment.id == mine["id"])
        now = clock.now()
        await write_each(
            QueryString(PASS, mine["id"]),
            QueryString(UNEXCUSED, viewer, cycle, now),
            QueryString(WITHOUT_ROLE, viewer, cycle, now),
        )
        await seating.settle(settings, await waiting.seats(cycle))
        told = notices.left if mine["state"] == "seated" else notices.settled
        await told(settings, mine["id"])
    return Outcome.LEFT
