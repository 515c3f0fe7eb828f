"""Forgetting what groups and supervision were, after the years that each organisation keeps it."""

from datetime import date
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.tables import AvailabilityException
from recul.database import write_each, write_transaction
from recul.organisation.queries import trust

_CYCLES = """
SELECT c.id FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group
WHERE g.organisation = {}
"""
_MEETINGS = f"SELECT m.id FROM meeting m WHERE m.day < {{}} AND m.cycle IN ({_CYCLES})"  # noqa: S608
_OFFERS = "SELECT o.id FROM supervision_offer o WHERE o.organisation = {}"
ATTENDANCE = f"DELETE FROM attendance WHERE meeting IN ({_MEETINGS})"  # noqa: S608
TURNS = f"DELETE FROM meeting_role WHERE meeting IN ({_MEETINGS})"  # noqa: S608
# With their offers of seats and the voices on them.
ENROLMENTS = f"""
DELETE FROM enrolment WHERE cycle IN ({_CYCLES})
    AND EXISTS (SELECT 1 FROM meeting m WHERE m.cycle = enrolment.cycle)
    AND NOT EXISTS (SELECT 1 FROM meeting m WHERE m.cycle = enrolment.cycle AND m.day >= {{}})
"""  # noqa: S608
APPOINTMENTS = f"""
DELETE FROM appointment WHERE day < {{}} AND supervision IN (
    SELECT s.id FROM supervision s WHERE s.offer IN ({_OFFERS}))
"""  # noqa: S608
SUPERVISIONS = f"""
DELETE FROM supervision WHERE ended_on < {{}} AND offer IN ({_OFFERS})
    AND NOT EXISTS (SELECT 1 FROM appointment p WHERE p.supervision = supervision.id)
"""  # noqa: S608
CERTIFICATES = "DELETE FROM certificate WHERE last_day < {} AND organisation = {}"


async def forget_old() -> None:
    """What lies further back than the years of its organisation, to the day."""
    for organisation, years in (await trust.years_kept()).items():
        await _forget(organisation, years_before(clock.today(), years))
    await AvailabilityException.delete().where(AvailabilityException.day < clock.today())


async def _forget(organisation: UUID, since: date) -> None:
    async with write_transaction():
        await write_each(
            QueryString(ATTENDANCE, since, organisation),
            QueryString(TURNS, since, organisation),
            QueryString(ENROLMENTS, organisation, since),
            QueryString(APPOINTMENTS, since, organisation),
            QueryString(SUPERVISIONS, since, organisation),
            QueryString(CERTIFICATES, since, organisation),
        )


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; of 29 February, the day before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
