"""Challenges that a passkey answers: for one purpose of one sign-in, for a few minutes, once.

Any process can check one: it carries its end and a mark that only the instance's secret makes.
That it was answered is noted where attempts are counted, until it has ended anyway.
"""

from datetime import timedelta
from enum import Enum
from hashlib import blake2b
from hmac import compare_digest
from secrets import token_bytes

from recul import clock
from recul.accounts import throttle
from recul.settings import Settings

VALID = timedelta(minutes=10)
_NONCE, _END, _MARK = 24, 8, 16


class Purpose(Enum):
    """What an answer does; it does nothing else."""

    ADD = "add a passkey"
    SECOND = "second step"
    CONFIRM = "confirm who one is"
    OPEN = "open the vault"
    LET_OPEN = "let a passkey open the vault"
    SIGN_IN = "sign in"
    NEW_PASSWORD = "choose a new password"


class StaleChallenge(Exception):
    """This was not asked here, not of this sign-in, too long ago, or was answered before."""


def ask(settings: Settings, purpose: Purpose, whom: bytes) -> bytes:
    """`whom`: the sign-in, or what else is known of the browser that is asked."""
    end = int((clock.now() + VALID).timestamp())
    body = token_bytes(_NONCE) + end.to_bytes(_END, "big")
    return body + _mark(settings, purpose, whom, body)


def check(settings: Settings, purpose: Purpose, whom: bytes, challenge: bytes) -> None:
    """Raises StaleChallenge."""
    body, mark = challenge[:-_MARK], challenge[-_MARK:]
    if len(body) != _NONCE + _END:
        raise StaleChallenge
    if not compare_digest(mark, _mark(settings, purpose, whom, body)):
        raise StaleChallenge
    if int.from_bytes(body[_NONCE:], "big") < clock.now().timestamp():
        raise StaleChallenge


async def use_up(settings: Settings, challenge: bytes) -> None:
    """Raises StaleChallenge the second time, in whatever process."""
    if await throttle.often(settings, f"challenge:{challenge.hex()}", 1, VALID):
        raise StaleChallenge


def _mark(settings: Settings, purpose: Purpose, whom: bytes, body: bytes) -> bytes:
    key = blake2b(settings.secret.encode(), person=b"recul challenge").digest()
    text = len(whom).to_bytes(4, "big") + whom + body + purpose.value.encode()
    return blake2b(text, key=key, digest_size=_MARK).digest()
