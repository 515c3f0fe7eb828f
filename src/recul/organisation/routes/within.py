"""Loading what a path names, within the viewer's reach: the rest is not found."""

from typing import TypeVar
from uuid import UUID

from litestar.exceptions import NotFoundException

from recul.organisation.queries import people, places, structure, teams
from recul.organisation.queries.people import Belonging, Found
from recul.organisation.queries.shapes import (
    MyTeam,
    OrganisationRow,
    PlaceRow,
    TeamRow,
    UnitRow,
)
from recul.web.viewer import WebRequest

T = TypeVar("T")


def found(row: T | None) -> T:
    if row is None:
        raise NotFoundException
    return row


async def organisation(request: WebRequest, wanted: UUID) -> OrganisationRow:
    """One that the viewer organises; so for all of these but `my_team`."""
    return found(await structure.organisation(request.viewer.id, wanted))


async def unit(request: WebRequest, wanted: UUID) -> UnitRow:
    return found(await structure.unit(request.viewer.id, wanted))


async def team(request: WebRequest, wanted: UUID) -> TeamRow:
    return found(await structure.team(request.viewer.id, wanted))


async def person(request: WebRequest, wanted: UUID) -> Found:
    return found(await people.person(request.viewer.id, wanted))


async def membership(request: WebRequest, wanted: UUID) -> Belonging:
    return found(await people.membership(request.viewer.id, wanted))


async def place(request: WebRequest, wanted: UUID) -> PlaceRow:
    return found(await places.place(request.viewer.id, wanted))


async def my_team(request: WebRequest, wanted: UUID) -> MyTeam:
    """One that the viewer is in."""
    return found(await teams.my_team(request.viewer.id, wanted))
