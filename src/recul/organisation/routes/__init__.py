"""Handlers of organisations, one module a noun."""

from recul.organisation.routes import (
    elections,
    imports,
    invitations,
    memberships,
    my_teams,
    organisations,
    people,
    structures,
    teams,
    trust,
    units,
)

handlers = [
    *structures.handlers,
    *organisations.handlers,
    *units.handlers,
    *teams.handlers,
    *invitations.handlers,
    *people.handlers,
    *memberships.handlers,
    *imports.handlers,
    *trust.handlers,
    *my_teams.handlers,
    *elections.handlers,
]
