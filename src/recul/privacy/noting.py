"""The one place where this slice tells a person's own access log what she did."""

from collections.abc import Awaitable, Callable
from uuid import UUID

NOTED: dict[str, Callable[[UUID, str], Awaitable[None]]] = {}
"""Who is told, by name: whose account, and one of exported, erasure_asked, erasure_withdrawn."""


async def note(account: UUID, kind: str) -> None:
    for listener in NOTED.values():
        await listener(account, kind)
