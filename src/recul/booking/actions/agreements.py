"""Accepting the *charte* of a group."""

from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.queries.waiting import Asking
from recul.database import fetch

ACCEPT = """
INSERT INTO agreement_acceptance (id, agreement, account, accepted_on) VALUES ({}, {}, {}, {})
ON CONFLICT (agreement, account) DO NOTHING
"""


def accepting(viewer: UUID, wanted: Asking) -> list[QueryString]:
    """What is written when the version in force is accepted; nothing when it was before."""
    if wanted.accepted or wanted.agreement is None:
        return []
    return [_acceptance(viewer, wanted.agreement)]


def _acceptance(viewer: UUID, agreement: UUID) -> QueryString:
    return QueryString(ACCEPT, uuid4(), agreement, viewer, clock.today())


async def accept(viewer: UUID, in_force: UUID, accepted: UUID | None) -> bool:
    """Accept the version that is in force. False when the form was about another one."""
    if accepted != in_force:
        return False
    await fetch(_acceptance(viewer, in_force))
    return True
