"""Founding a group, changing it, renewing its charter, closing it."""

from typing import Any
from uuid import UUID, uuid4

from recul import clock
from recul.booking.plan import GroupChange, GroupPlan
from recul.booking.tables import GroupAgreement, Meeting, MeetingCycle, MeetingGroup
from recul.database import UniqueViolation, locked, write_transaction


class CharterChanged(Exception):
    """Another version came into force meanwhile."""


class StillMeeting(Exception):
    """The group has dates to come."""


async def found(organisation: UUID, plan: GroupPlan, wanted: UUID | None = None) -> UUID:
    """Found a group with the first version of its charter. `wanted`: the id that a form brought
    along, so that the same form sent twice founds one group. Raises UniqueViolation when it is
    taken."""
    new, today = wanted or uuid4(), clock.today()
    async with write_transaction():
        await MeetingGroup.insert(
            MeetingGroup(
                id=new,
                organisation=organisation,
                kind=plan.kind,
                opened_on=today,
                **_columns(plan),
            )
        )
        await GroupAgreement.insert(
            GroupAgreement(meeting_group=new, version=1, text=plan.charter, made_on=today)
        )
    return new


async def change(group: UUID, wanted: GroupChange) -> None:
    await MeetingGroup.update(**_columns(wanted)).where(MeetingGroup.id == group)


def _columns(plan: GroupChange) -> dict[str, Any]:
    return {
        "name": plan.name,
        "purpose": plan.purpose,
        "facilitator": plan.facilitator,
        "admission": plan.admission,
        "capacity": plan.capacity,
        "minimum": plan.minimum,
        "minutes": plan.minutes,
        "team": plan.team,
    }


async def renew_charter(group: UUID, seen: int, text: str) -> int:
    """Put a new version of the charter into force, and give its number. `seen`: the version that
    it replaces. The text in force, sent again, changes nothing. Raises CharterChanged."""
    try:
        async with write_transaction():
            await locked(MeetingGroup.select(MeetingGroup.id).where(MeetingGroup.id == group))
            version, current = await _charter(group)
            if text == current:
                return version
            if version != seen:
                raise CharterChanged
            await GroupAgreement.insert(
                GroupAgreement(
                    meeting_group=group, version=seen + 1, text=text, made_on=clock.today()
                )
            )
    except UniqueViolation:
        raise CharterChanged from None
    return seen + 1


async def _charter(group: UUID) -> tuple[int, str]:
    rows = (
        await GroupAgreement.select(GroupAgreement.version, GroupAgreement.text)
        .where(GroupAgreement.meeting_group == group)
        .order_by(GroupAgreement.version, ascending=False)
        .limit(1)
    )
    return rows[0]["version"], rows[0]["text"]


async def close(group: UUID) -> None:
    """It stays in the history of its members. Raises StillMeeting."""
    async with write_transaction():
        await locked(MeetingGroup.select(MeetingGroup.id).where(MeetingGroup.id == group))
        cycles = await MeetingCycle.select(MeetingCycle.id).where(
            MeetingCycle.meeting_group == group
        )
        if cycles and await Meeting.exists().where(
            Meeting.cycle.is_in([row["id"] for row in cycles]),
            Meeting.cancelled.eq(False),
            Meeting.ends_at > clock.now(),
        ):
            raise StillMeeting
        await MeetingGroup.update({MeetingGroup.closed_on: clock.today()}).where(
            MeetingGroup.id == group, MeetingGroup.closed_on.is_null()
        )
