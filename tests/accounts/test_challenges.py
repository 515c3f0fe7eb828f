"""A challenge serves its purpose, its sign-in and its few minutes; once answered, no more."""

from datetime import timedelta

import pytest
from tests.visitors import settings

from recul import clock
from recul.accounts import throttle
from recul.accounts.challenges import VALID, Purpose, StaleChallenge, ask, check, use_up

ANA, BORIS = b"a" * 16, b"b" * 16


def refused(purpose: Purpose, whom: bytes, challenge: bytes, **of: str) -> None:
    with pytest.raises(StaleChallenge):
        check(settings(**of), purpose, whom, challenge)


def test_a_challenge_is_of_one_purpose_one_sign_in_and_one_instance():
    asked = ask(settings(), Purpose.OPEN, ANA)
    check(settings(), Purpose.OPEN, ANA, asked)
    refused(Purpose.OPEN, BORIS, asked)
    refused(Purpose.CONFIRM, ANA, asked)
    refused(Purpose.OPEN, ANA, asked, RECUL_SECRET="t" * 40)
    refused(Purpose.OPEN, ANA, asked[:-1] + bytes([asked[-1] ^ 1]))
    for shorter in (b"", asked[1:], asked[:-1], asked + b"x"):
        refused(Purpose.OPEN, ANA, shorter)
    assert asked != ask(settings(), Purpose.OPEN, ANA)


def test_a_challenge_lasts_ten_minutes_and_nobody_lengthens_it():
    asked = ask(settings(), Purpose.OPEN, ANA)
    later = asked[:24] + (2**40).to_bytes(8, "big") + asked[32:]
    with clock.set_to(clock.now() + VALID + timedelta(seconds=1)):
        refused(Purpose.OPEN, ANA, asked)
        refused(Purpose.OPEN, ANA, later)


async def test_an_answer_counts_once(db):
    asked, other = (ask(settings(), Purpose.OPEN, ANA) for _ in range(2))
    await use_up(settings(), asked)
    await use_up(settings(), other)
    with pytest.raises(StaleChallenge):
        await use_up(settings(), asked)


async def test_an_answer_is_forgotten_only_after_its_challenge_ended(db):
    start = clock.now()
    with clock.set_to(start):
        asked = ask(settings(), Purpose.OPEN, ANA)
        await use_up(settings(), asked)
    for seconds in (1, 300, 599, 600, 601):
        with clock.set_to(start + timedelta(seconds=seconds)):
            await throttle.forget_old()
            with pytest.raises(StaleChallenge):
                await answered(asked)


async def answered(challenge: bytes) -> None:
    check(settings(), Purpose.OPEN, ANA, challenge)
    await use_up(settings(), challenge)
