"""Somebody leaves the instance: first she steps back, and nobody is left waiting for her; in the
end her rows go, and what belongs to others as well keeps its hours without her.

Stepping back is what she could do herself, page by page: seats are offered on, dates are cancelled
with a word to the other one. It cannot be undone, and she is told so beforehand.
"""

from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.booking import notices
from recul.booking.actions import appointments, enrolments, supervision_offers, supervisions
from recul.booking.queries import leaving, supervision, supervision_given
from recul.booking.tables import MeetingGroup
from recul.database import write_each, write_transaction
from recul.settings import Settings

END_FOLLOWED = """
UPDATE supervision SET ended_on = {} WHERE ended_on IS NULL AND offer IN (
    SELECT id FROM supervision_offer WHERE facilitator = {})
"""

# What was held keeps the name as it was printed, and the hours of both; nothing says any more
# whose they were. Of what never took place nothing is kept.
NAMED = """
UPDATE attendance SET name = (SELECT display_name FROM account WHERE id = {})
WHERE account = {} AND meeting IN (SELECT id FROM meeting WHERE noted_on IS NOT NULL)
"""
NOT_HELD = """
DELETE FROM attendance WHERE account = {} AND meeting IN (
    SELECT id FROM meeting WHERE noted_on IS NULL)
"""
CALLED_OFF = """
UPDATE appointment SET state = 'cancelled', sequence = sequence + 1, changed_at = {}
WHERE {} IN (account, facilitator) AND state = 'booked' AND starts_at > {}
"""
NOT_GIVEN = """
DELETE FROM appointment WHERE account = {} AND state = 'cancelled' AND NOT late
"""
EMPTY = """
DELETE FROM supervision WHERE account = {} AND NOT EXISTS (
    SELECT 1 FROM appointment p WHERE p.supervision = supervision.id)
"""
ENDED = "UPDATE supervision SET ended_on = {} WHERE account = {} AND ended_on IS NULL"
NO_HOURS = """
DELETE FROM availability WHERE offer IN (SELECT id FROM supervision_offer WHERE facilitator = {})
"""
NO_EXCEPTIONS = NO_HOURS.replace("availability", "availability_exception")
NO_OFFER = """
DELETE FROM supervision_offer WHERE facilitator = {} AND NOT EXISTS (
    SELECT 1 FROM supervision s WHERE s.offer = supervision_offer.id)
"""
BARE_OFFER = """
UPDATE supervision_offer SET purpose = '', place = '', access_note = '', video_link = '',
    closed_on = COALESCE(closed_on, {}) WHERE facilitator = {}
"""


async def step_back(settings: Settings, account: UUID) -> None:
    """Inside a transaction. Seats, ranks and requests for dates to come are given back;
    appointments to come are cancelled on either side; groups go back to their organisation."""
    now = clock.now()
    for seat in (await leaving.before(account, now)).seats:
        await enrolments.leave(settings, account, seat.cycle)
    for followed in await leaving.followed(account):
        if (own := await supervision.supervision(account, followed, now)) is not None:
            shown = [str(one.id) for one in await supervision.coming(account, followed, now)]
            await supervisions.stop(settings, account, own, shown)
    await _stop_supervising(settings, account)
    await _hand_over(settings, account)


async def _stop_supervising(settings: Settings, account: UUID) -> None:
    now = clock.now()
    await supervision_offers.lock_all_of(account)
    for one in await supervision_given.appointments(account, now):
        if one.is_coming(now):
            await appointments.cancel_row(settings, one, account)
    for offer in await leaving.offers(account):
        await supervision_offers.close(offer)
    await write_each(QueryString(END_FOLLOWED, clock.today(), account))


async def _hand_over(settings: Settings, account: UUID) -> None:
    """Dates stay: those who organise are asked to find somebody who leads, or to cancel."""
    led = await leaving.led(account, clock.now())
    if led:
        await MeetingGroup.update({MeetingGroup.facilitator: None}).where(
            MeetingGroup.facilitator == account, MeetingGroup.closed_on.is_null()
        )
    for group in led:
        if group.has_dates:
            await notices.without_facilitator(settings, group.id, group.organisation)


async def forget(account: UUID) -> None:
    """Inside the transaction that erases the account, before it: keep what is others' as well,
    without her."""
    now, today = clock.now(), clock.today()
    async with write_transaction():
        await write_each(
            QueryString(NAMED, account, account),
            QueryString(NOT_HELD, account),
            QueryString(CALLED_OFF, now, account, now),
            QueryString(NOT_GIVEN, account),
            QueryString(EMPTY, account),
            QueryString(ENDED, today, account),
            QueryString(END_FOLLOWED, today, account),
            QueryString(NO_HOURS, account),
            QueryString(NO_EXCEPTIONS, account),
            QueryString(NO_OFFER, account),
            QueryString(BARE_OFFER, today, account),
        )
