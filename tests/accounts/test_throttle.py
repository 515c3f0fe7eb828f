"""One address that tries too often shuts itself out, and nobody else."""

from datetime import timedelta

import httpx
import pytest
from litestar import Litestar
from tests.visitors import Visitor, settings

from recul import clock
from recul.accounts import throttle
from recul.accounts.tables import Throttle


def window(app: Litestar, address: str) -> Visitor:
    """A browser at an address of the network."""
    visitor = Visitor(app)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1))  # type: ignore[arg-type]
    visitor.client = httpx.AsyncClient(transport=transport, base_url="http://recul.test")
    return visitor


async def test_a_stubborn_address_does_not_lock_the_person_out(ana: Visitor, app: Litestar):
    stubborn = window(app, "10.0.0.1")
    answers = [
        (await stubborn.sign_in(ana.email, "mauvais mot de passe")).status_code
        for _ in range(throttle.PER_ACCOUNT + 5)
    ]
    limit = throttle.PER_ACCOUNT_AND_ADDRESS
    assert answers == [422] * limit + [429] * (throttle.PER_ACCOUNT + 5 - limit)
    assert (await window(app, "10.0.0.2").sign_in(ana.email)).status_code == 303


async def test_many_addresses_together_are_stopped(ana: Visitor, app: Litestar):
    answers = [
        (await window(app, f"10.0.1.{n}").sign_in(ana.email, "mauvais mot de passe")).status_code
        for n in range(throttle.PER_ACCOUNT + 1)
    ]
    assert answers == [422] * throttle.PER_ACCOUNT + [429]


async def test_one_address_cannot_try_everybody(app: Litestar, nobody: Visitor):
    stubborn = window(app, "10.0.2.1")
    answers = [
        (await stubborn.sign_in(f"personne{n}@exemple.fr", "mauvais mot de passe")).status_code
        for n in range(throttle.PER_ADDRESS + 1)
    ]
    assert answers == [422] * throttle.PER_ADDRESS + [429]


async def test_a_line_with_many_addresses_is_one(ana: Visitor, app: Litestar):
    answers = [
        (
            await window(app, f"2001:db8:0:7::{n:x}").sign_in(ana.email, "mauvais mot de passe")
        ).status_code
        for n in range(throttle.PER_ACCOUNT_AND_ADDRESS + 1)
    ]
    assert answers == [422] * throttle.PER_ACCOUNT_AND_ADDRESS + [429]
    assert (await window(app, "2001:db8:0:8::1").sign_in(ana.email)).status_code == 303


async def test_attempts_at_once_count_whoever_writes_first(db: object):
    """Each reads its clock, then waits for its turn to write: the later one may come first."""
    now = clock.now()
    for n in range(throttle.PER_ACCOUNT_AND_ADDRESS):
        with clock.set_to(now - n * timedelta(milliseconds=20)):
            await throttle.Attempt.of(settings(), "ana", "10.0.4.1").count()
    with clock.set_to(now - timedelta(seconds=20)), pytest.raises(throttle.TooManyAttempts):
        await throttle.Attempt.of(settings(), "ana", "10.0.4.1").count()


async def test_a_count_begun_in_the_wrong_year_locks_nobody_out(db: object):
    with clock.set_to(clock.now() + timedelta(days=365)):
        for _ in range(throttle.PER_ACCOUNT_AND_ADDRESS):
            await throttle.Attempt.of(settings(), "ana", "10.0.4.1").count()
    await throttle.Attempt.of(settings(), "ana", "10.0.4.1").count()


async def test_the_table_names_neither_people_nor_addresses(ana: Visitor, app: Litestar):
    await window(app, "10.0.3.1").sign_in(ana.email, "mauvais mot de passe")
    rows = await Throttle.select(Throttle.key_hash)
    assert [len(row["key_hash"]) for row in rows] == [16] * len(rows)
    together = b"".join(row["key_hash"] for row in rows)
    assert b"10.0.3.1" not in together
    assert ana.email.encode() not in together
