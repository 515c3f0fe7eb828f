"""What else happens when somebody accepts an invitation: slices above are told, and may refuse.

They are told within the transaction that uses the invitation up, so that one commit holds all.
`recul.app` gathers them.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from recul.words import N_

Listener = Callable[[UUID, UUID], Awaitable[None]]
"""Takes the invitation and the account that accepted it. May raise Refused."""

_listeners: dict[Listener, None] = {}

TOO_LATE = N_("Cette invitation ne mène plus nulle part. Demandez-en une nouvelle.")


class Refused(Exception):
    """This account cannot accept. The message is a sentence to translate."""


def on_accepted(listener: Listener) -> None:
    """Tell `listener` of every acceptance from now on; once, however often it is named."""
    _listeners[listener] = None


async def tell(invitation: UUID, account: UUID) -> None:
    for listener in _listeners:
        await listener(invitation, account)
