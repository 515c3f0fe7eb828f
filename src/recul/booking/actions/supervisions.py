"""Choosing a supervisor, going on with her, leaving her. Nobody else is told of it."""

from collections.abc import Collection
from uuid import UUID, uuid4

from recul import clock
from recul.booking.actions import appointments
from recul.booking.actions.supervision_offers import lock_all_of, still_open
from recul.booking.queries import supervision as queries
from recul.booking.queries.supervision import Choice
from recul.booking.queries.supervision_shapes import SupervisionRow
from recul.booking.tables import Supervision
from recul.database import write_transaction
from recul.settings import Settings


class MoreIsBooked(Exception):
    """There are dates to come that were not shown."""


async def choose(viewer: UUID, choice: Choice) -> None:
    """Open a package with an offer, or another one after it. Nothing happens while one goes on.

    Raises InLine and OfferClosed.
    """
    async with write_transaction():
        current = await still_open(viewer, choice)
        going_on = current.supervision
        if going_on and not going_on.package.over:
            return
        if going_on:
            await _end(going_on.id)
        await Supervision.insert(
            Supervision(
                id=uuid4(),
                offer=current.offer.id,
                account=viewer,
                meetings=current.offer.package,
                started_on=clock.today(),
            )
        )


async def stop(
    settings: Settings, viewer: UUID, supervision: SupervisionRow, shown: Collection[str]
) -> None:
    """End a supervision and cancel its dates to come: those whose ids were `shown` to her.

    Nothing happens when it has ended before. Raises MoreIsBooked.
    """
    async with write_transaction():
        await lock_all_of(supervision.facilitator)
        coming = await queries.coming(viewer, supervision.id, clock.now())
        if {str(one.id) for one in coming} - set(shown):
            raise MoreIsBooked
        for one in coming:
            await appointments.cancel_row(settings, one, viewer)
        await _end(supervision.id)


async def _end(supervision: UUID) -> None:
    await Supervision.update({Supervision.ended_on: clock.today()}).where(
        Supervision.id == supervision, Supervision.ended_on.is_null()
    )
