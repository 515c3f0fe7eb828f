"""What the supervisor of the demo world agreed on with two of her organisations."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

from recul.booking.actions import service_agreements
from recul.booking.plan import AgreementPlan
from recul.booking.queries.service_agreements import ties
from recul.demo.circles import BELLERIVE, VAL_CLAIR

AGREED = {
    VAL_CLAIR: ("Analyse de la pratique et supervision", 60),
    BELLERIVE: ("Temps de réflexion des Lucioles", 12),
}
"""Hours, and under which name."""
MONTHS_BEFORE = 8


async def agree(
    facilitator: UUID, places: Mapping[str, tuple[UUID, list[UUID]]], today: date
) -> None:
    """For a year that three months are left of; all that she leads there counts in it."""
    first, last = _year(today)
    led = await ties(facilitator)
    for name, (title, hours) in AGREED.items():
        new, organisation = uuid4(), places[name][0]
        plan = AgreementPlan(
            organisation=organisation,
            name=title,
            planned_minutes=hours * 60,
            starts_on=first,
            ends_on=last,
        )
        await service_agreements.make(facilitator, new, plan)
        hers = [one.id for one in led if one.organisation == organisation]
        await service_agreements.tie(facilitator, new, hers, hers)


def _year(today: date) -> tuple[date, date]:
    """Whole months."""
    month = today.year * 12 + today.month - 1 - MONTHS_BEFORE
    first = date(month // 12, month % 12 + 1, 1)
    return first, first.replace(year=first.year + 1) - timedelta(days=1)
