"""The installation as a whole: whether it is a demo."""

from recul.accounts.tables import Account, Installation, Invitation, Throttle
from recul.database import write_transaction
from recul.notifications import actions as notifications


async def mark_as_demo() -> None:
    await Installation.delete(force=True)
    await Installation.insert(Installation(id=1, demo=True))


async def empty_demo() -> None:
    """Delete everybody and all that is theirs. Only ever called on a demo."""
    async with write_transaction():
        await Account.delete(force=True)
        await Invitation.delete(force=True)
        await Throttle.delete(force=True)
        await notifications.empty()
