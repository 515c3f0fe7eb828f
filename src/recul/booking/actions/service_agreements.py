"""Writing down a convention, changing it, and what counts in it."""

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from recul.booking.actions.supervision_offers import lock_all_of
from recul.booking.plan import AgreementPlan
from recul.booking.queries import service_agreements as queries
from recul.booking.tables import MeetingGroup, ServiceAgreement, SupervisionOffer
from recul.database import UniqueViolation, locked, write_transaction


class StillTied(Exception):
    """Groups or offers count in it."""


class Gone(Exception):
    """It was deleted meanwhile."""


async def make(viewer: UUID, new: UUID, plan: AgreementPlan) -> None:
    """`new`: the id that the form brought along: sent twice, it makes one. Whoever asks has made
    sure that the viewer facilitates for the organisation."""
    row = ServiceAgreement(id=new, facilitator=viewer, **asdict(plan))
    try:
        async with write_transaction():
            await ServiceAgreement.insert(row)
    except UniqueViolation:
        pass  # The same form, once more.


async def change(viewer: UUID, agreement: UUID, plan: AgreementPlan) -> None:
    """With another organisation only while nothing counts in it. Raises Gone and StillTied."""
    async with write_transaction():
        organisation = await _hold(viewer, agreement)
        if organisation != plan.organisation and await _tied(viewer, agreement):
            raise StillTied
        await ServiceAgreement.update(**asdict(plan)).where(ServiceAgreement.id == agreement)


async def tie(
    viewer: UUID, agreement: UUID, wanted: Collection[UUID], shown: Collection[UUID]
) -> None:
    """Let what is wanted count in a convention, and the rest of what the form showed no more.
    What is not the viewer's, or is for another organisation, stays as it is. Raises Gone."""
    async with write_transaction():
        organisation = await _hold(viewer, agreement)
        await lock_all_of(viewer)  # In their order: bookings hold them all.
        for table in (MeetingGroup, SupervisionOffer):
            hers = (table.facilitator == viewer) & (table.organisation == organisation)
            held = table.service_agreement == agreement
            left_out = [one for one in shown if one not in wanted]
            if wanted:
                await table.update({table.service_agreement: agreement}).where(
                    hers, table.id.is_in(list(wanted))
                )
            if left_out:
                await table.update({table.service_agreement: None}).where(
                    hers, held, table.id.is_in(left_out)
                )


async def delete(viewer: UUID, agreement: UUID) -> None:
    """Only while nothing counts in it. Raises StillTied; one that is gone stays gone."""
    async with write_transaction():
        try:
            await _hold(viewer, agreement)
        except Gone:
            return
        if await _tied(viewer, agreement):
            raise StillTied
        await ServiceAgreement.delete().where(ServiceAgreement.id == agreement)


async def _hold(viewer: UUID, agreement: UUID) -> UUID:
    """Inside a transaction: nobody else changes it until the end. Its organisation."""
    rows = await locked(
        ServiceAgreement.select(ServiceAgreement.organisation).where(
            ServiceAgreement.id == agreement, ServiceAgreement.facilitator == viewer
        )
    )
    if not rows:
        raise Gone
    return UUID(str(rows[0]["organisation"]))


async def _tied(viewer: UUID, agreement: UUID) -> bool:
    return any(one.service_agreement == agreement for one in await queries.ties(viewer))
