"""Groups that run themselves: starting one, having a say in who joins, taking a turn."""

from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.actions import cycles, enrolments, groups, seating
from recul.booking.outcomes import Outcome
from recul.booking.plan import CyclePlan, GroupPlan
from recul.booking.queries import peers, waiting
from recul.booking.tables import (
    AgreementAcceptance,
    Enrolment,
    GroupAgreement,
    Meeting,
    MeetingRole,
)
from recul.database import fetch, locked, write_transaction
from recul.settings import Settings

SAY = """
INSERT INTO peer_voice (id, enrolment, voter, agrees) VALUES ({}, {}, {}, {})
ON CONFLICT (enrolment, voter) DO UPDATE SET agrees = excluded.agrees
"""
TAKE = """
INSERT INTO meeting_role (id, meeting, role, account) VALUES ({}, {}, {}, {})
ON CONFLICT (meeting, role) DO NOTHING
"""
GIVE_UP_EXCUSED = """
DELETE FROM meeting_role WHERE meeting = {} AND role = {} AND account IN (
    SELECT account FROM attendance WHERE meeting = {} AND state = 'excused')
"""


async def start(
    viewer: UUID, organisation: UUID, group: GroupPlan, cycle: CyclePlan, new: UUID
) -> UUID:
    """Found a group that runs itself, with its first cycle and its first member: the id of the
    cycle. `new`: the id that the form brought along. Raises UniqueViolation when it is taken."""
    async with write_transaction():
        founded = await groups.found(organisation, group, new)
        made = await cycles.plan(founded, cycle)
        [charter] = await GroupAgreement.select(GroupAgreement.id).where(
            GroupAgreement.meeting_group == founded
        )
        await AgreementAcceptance.insert(
            AgreementAcceptance(agreement=charter["id"], account=viewer, accepted_on=clock.today())
        )
        await Enrolment.insert(
            Enrolment(
                cycle=made,
                account=viewer,
                state="seated",
                arrival=await seating.arrive(made),
                asked_on=clock.today(),
                settled_on=clock.today(),
            )
        )
    return made


async def say(settings: Settings, viewer: UUID, enrolment: UUID, agrees: bool) -> Outcome:
    """Give one's voice on somebody who asks to join, or change it. With the yes of more than
    half she is in; once that cannot come any more, her request is not followed.

    ASKED while the others are waited for; GONE out of reach.
    """
    async with write_transaction():
        found = await waiting.request(viewer, enrolment)
        if found is None:
            return Outcome.GONE
        await seating.hold(found.cycle)
        await fetch(QueryString(SAY, uuid4(), enrolment, viewer, agrees))
        heard = [one for one in await peers.requests(viewer, found.cycle) if one.id == enrolment]
        if heard and heard[0].welcome:
            return await enrolments.admit(settings, viewer, enrolment)
        if heard and heard[0].unwelcome:
            return await enrolments.refuse(settings, viewer, enrolment)
    return Outcome.ASKED if heard else Outcome.GONE


async def take(viewer: UUID, meeting: UUID, role: str) -> bool:
    """Take a role of a meeting on; that of somebody who excused herself is free. False: it is
    somebody else's already, or her seat was given back meanwhile."""
    async with write_transaction():
        if not await _keep_seat(viewer, meeting):
            return False
        await fetch(QueryString(GIVE_UP_EXCUSED, meeting, role, meeting))
        await fetch(QueryString(TAKE, uuid4(), meeting, role, viewer))
        row = (
            await MeetingRole.select(MeetingRole.account)
            .where(MeetingRole.meeting == meeting, MeetingRole.role == role)
            .first()
        )
    return row is not None and row["account"] == viewer


async def _keep_seat(viewer: UUID, meeting: UUID) -> bool:
    """She has a seat, and does not give it back before this is written."""
    of = Meeting.select(Meeting.cycle).where(Meeting.id == meeting)
    return bool(
        await locked(
            Enrolment.select(Enrolment.id).where(
                Enrolment.account == viewer,
                Enrolment.state == "seated",
                Enrolment.cycle.is_in(of),
            )
        )
    )


async def hand_back(viewer: UUID, meeting: UUID, role: str) -> None:
    await MeetingRole.delete().where(
        MeetingRole.meeting == meeting, MeetingRole.role == role, MeetingRole.account == viewer
    )
