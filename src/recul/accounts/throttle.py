"""Attempts at a secret are counted before they are made, so that parallel ones count too."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from recul import clock
from recul.accounts.tables import Throttle
from recul.settings import Settings

WINDOW = timedelta(minutes=15)
SLACK = timedelta(minutes=5)
"""By which the clocks of two attempts may differ: who read hers first may write last, and hosts
are never quite of one mind. Without it, guesses made at once would begin the count anew."""
PER_ACCOUNT_AND_ADDRESS = 10
PER_ACCOUNT = 60
PER_ADDRESS = 120


class TooManyAttempts(Exception):
    """Too many attempts at a secret within the last quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of an address of the network at an account's secret."""

    keys: tuple[tuple[bytes, int], ...]

    @classmethod
    def of(cls, settings: Settings, account: str, address: str) -> "Attempt":
        """The keys are keyed hashes: the table names neither accounts nor addresses."""
        where = _line(address)
        limits = (
            (f"both:{account}:{where}", PER_ACCOUNT_AND_ADDRESS),
            (f"account:{account}", PER_ACCOUNT),
            (f"address:{where}", PER_ADDRESS),
        )
        return cls(tuple((_key(settings, name), limit) for name, limit in limits))

    async def count(self) -> None:
        """Count this attempt. Raises TooManyAttempts.

        What one address tried too often counts there only: it must not lock others out.
        """
        for key, limit in self.keys:
            if await _add_one(key) > limit:
                raise TooManyAttempts

    async def forgive(self) -> None:
        """The secret was right: this attempt, and the account's at this address, count no more."""
        both, *others = (key for key, _ in self.keys)
        await Throttle.delete().where(Throttle.key_hash == both)
        for key in others:
            await Throttle.raw(
                "UPDATE throttle SET failures = failures - 1 WHERE key_hash = {} AND failures > 0",
                key,
            )


def _line(address: str) -> str:
    """One line of an access provider: whoever has IPv6 has 2^64 addresses to try from."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))


async def often(settings: Settings, name: str, limit: int, window: timedelta) -> bool:
    """Count once more what `name` stands for: whether that was too often within `window`."""
    return await _add_one(_key(settings, name), window) > limit


def _key(settings: Settings, name: str) -> bytes:
    secret = blake2b(settings.secret.encode()).digest()
    return blake2b(name.encode(), key=secret, digest_size=16).digest()


async def _add_one(key: bytes, window: timedelta = WINDOW) -> int:
    """How many it were within the window. One that ends much later than it could was begun under
    a clock that was wrong: it must not lock anybody out until then."""
    now = clock.now()
    latest = now + window + SLACK
    rows = await Throttle.raw(
        """
        INSERT INTO throttle (key_hash, failures, forget_at) VALUES ({}, 1, {})
        ON CONFLICT (key_hash) DO UPDATE SET
            failures = CASE WHEN throttle.forget_at >= {} AND throttle.forget_at <= {}
                            THEN throttle.failures + 1 ELSE 1 END,
            forget_at = CASE WHEN throttle.forget_at >= {} AND throttle.forget_at <= {}
                             THEN throttle.forget_at ELSE excluded.forget_at END
        RETURNING failures
        """,
        key,
        now + window,
        *(now, latest),
        *(now, latest),
    )
    return int(rows[0]["failures"])


async def forget(settings: Settings, account: str) -> None:
    """What is counted for an account alone. Together with a place it is forgotten in time: the
    hash of the two cannot be made without knowing both."""
    await Throttle.delete().where(Throttle.key_hash == _key(settings, f"account:{account}"))


async def forget_old() -> None:
    await Throttle.delete().where(Throttle.forget_at < clock.now())
