"""Leases: taken by one, kept by renewing, free again when they end."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from tests.visitors import settings

from recul import clock
from recul.clockwork import Job, leases
from recul.clockwork.rules import next_due, retry_after
from recul.clockwork.tables import Lease
from recul.database import Database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def nothing(_: object) -> None:
    return


HOURLY = Job("hourly", nothing, every=HOUR)
NIGHTLY = Job("nightly", nothing, hour=3)
BOTH = (HOURLY, NIGHTLY)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24T02:59+01:00", "2026-11-24T03:00+01:00"),
        ("2026-11-24T03:00+01:00", "2026-11-25T03:00+01:00"),
        ("2026-11-24T23:00+01:00", "2026-11-25T03:00+01:00"),
        # the nights of 23 and 25 hours: once each
        ("2026-03-28T03:00+01:00", "2026-03-29T03:00+02:00"),
        ("2026-03-29T03:00+02:00", "2026-03-30T03:00+02:00"),
        ("2026-10-24T03:00+02:00", "2026-10-25T03:00+01:00"),
        ("2026-10-25T02:59+02:00", "2026-10-25T03:00+01:00"),
    ],
)
def test_a_daily_job_goes_by_the_wall(now: str, due: str):
    found = next_due(datetime.fromisoformat(now), timedelta(days=1), 3, "Europe/Paris")
    assert found == datetime.fromisoformat(due)


def test_retries_are_further_and_further_apart():
    seconds = [retry_after(n).total_seconds() for n in (1, 2, 3, 6, 7, 8, 5000)]
    assert seconds == [10, 20, 40, 320, 640, 900, 900]


async def test_one_of_many_takes_a_job(live_db: Database):
    await leases.enrol(settings(), (HOURLY,))
    taken = await asyncio.gather(*(leases.take(HOURLY, f"holder {n}") for n in range(20)))
    assert sorted(taken) == [False] * 19 + [True]


async def test_a_lease_ends_and_is_taken_over(db: Database):
    with clock.set_to(NOW):
        await leases.enrol(settings(), (HOURLY,))
        assert await leases.take(HOURLY, "first")
        assert await leases.due(BOTH) == []
    with clock.set_to(NOW + leases.LENGTH):
        assert await leases.due(BOTH) == [HOURLY]
        assert await leases.take(HOURLY, "second")
        assert not await leases.renew(HOURLY, "first")
        assert not await leases.settle(settings(), HOURLY, "first", began=NOW, error=None)
        assert not await leases.give_back(HOURLY, "first")
        assert await leases.renew(HOURLY, "second")
        assert await leases.settle(settings(), HOURLY, "second", began=NOW, error=None)


async def test_after_it_is_done_it_is_due_a_period_later(db: Database):
    with clock.set_to(NOW):
        await leases.enrol(settings(), (HOURLY,))
        await leases.take(HOURLY, "me")
        await leases.settle(settings(), HOURLY, "me", began=NOW, error=None)
    with clock.set_to(NOW + HOUR - timedelta(seconds=1)):
        assert not await leases.take(HOURLY, "me")
    with clock.set_to(NOW + HOUR):
        assert await leases.take(HOURLY, "me")


async def test_a_failed_one_is_due_sooner_and_says_only_its_type(db: Database):
    with clock.set_to(NOW):
        await leases.enrol(settings(), (NIGHTLY,))
        assert await leases.due(BOTH) == []
    now = NOW + timedelta(days=1)
    for wait in (10, 20, 40):
        with clock.set_to(now):
            assert await leases.take(NIGHTLY, "me")
            await leases.settle(settings(), NIGHTLY, "me", began=now, error="OSError")
            [row] = await Lease.select()
            assert row["due_at"] == now + timedelta(seconds=wait)
            assert (row["last_ok"], row["note"]) == (False, "OSError")
            now = row["due_at"]


async def test_a_job_given_back_can_be_taken_at_once(db: Database):
    await leases.enrol(settings(), (HOURLY,))
    assert await leases.take(HOURLY, "first")
    assert await leases.give_back(HOURLY, "first")
    assert await leases.take(HOURLY, "second")


async def test_enrolling_again_changes_nothing(db: Database):
    with clock.set_to(NOW):
        await leases.enrol(settings(), (HOURLY, NIGHTLY))
    before = await Lease.select().order_by(Lease.name)
    with clock.set_to(NOW + HOUR):
        await leases.enrol(settings(), (HOURLY, NIGHTLY))
    assert await Lease.select().order_by(Lease.name) == before


YEARS = timedelta(days=1500)


async def test_a_minute_in_the_wrong_year_stops_no_job(db: Database):
    """A clock that was far ahead, and is put right: what was done then is done again today."""
    with clock.set_to(NOW + YEARS):
        await leases.enrol(settings(), BOTH)
        assert await leases.take(HOURLY, "me")
        await leases.settle(settings(), HOURLY, "me", began=NOW + YEARS, error=None)
    with clock.set_to(NOW):
        assert await leases.due(BOTH) == [HOURLY, NIGHTLY]
        for job in BOTH:
            assert await leases.take(job, "me")
            await leases.settle(settings(), job, "me", began=NOW, error=None)
        assert await leases.due(BOTH) == []


async def test_a_lease_of_the_wrong_year_is_free(db: Database):
    with clock.set_to(NOW + YEARS):
        await leases.enrol(settings(), (HOURLY,))
        assert await leases.take(HOURLY, "killed")
    with clock.set_to(NOW):
        assert await leases.due(BOTH) == [HOURLY]
        assert await leases.take(HOURLY, "me")
        assert not await leases.renew(HOURLY, "killed")


async def test_hosts_whose_clocks_differ_a_little_leave_each_other_alone(db: Database):
    with clock.set_to(NOW):
        await leases.enrol(settings(), (HOURLY,))
    with clock.set_to(NOW + timedelta(seconds=20)):
        assert await leases.take(HOURLY, "ahead")
    with clock.set_to(NOW):
        assert await leases.due(BOTH) == []
        assert not await leases.take(HOURLY, "behind")


async def test_the_longest_wait_is_not_taken_for_a_wrong_clock(db: Database):
    """A nightly job settled just after its hour, on the day that has an hour more."""
    with clock.set_to(datetime.fromisoformat("2026-10-24T03:00+02:00")):
        await leases.enrol(settings(), (NIGHTLY,))
        assert await leases.due(BOTH) == []
