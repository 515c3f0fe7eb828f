"""Password derivations: in worker threads, a few at a time, so that pages stay quick."""

from functools import cache

import anyio
import anyio.to_thread

from recul.settings import Settings
from recul.vault import passwords
from recul.vault.passwords import Cost


@cache
def _limiter(at_once: int) -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(at_once)


async def derive(settings: Settings, password: str, salt: bytes, cost: Cost) -> bytes:
    """The key of a password, once it is this derivation's turn."""
    limiter = _limiter(settings.argon2_at_once)
    return await anyio.to_thread.run_sync(passwords.derive, password, salt, cost, limiter=limiter)
