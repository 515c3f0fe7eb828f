"""Who belongs where. Rows that end stay, with their day: a membership is a piece of history.

Accounts, sign-ins and invitations are another slice's tables: they are referred to by id here,
and by foreign keys in the migrations. Partial unique indexes see to it that a person has one
active membership a team and one active home team at most.
"""

from piccolo.columns import (
    UUID,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class Organisation(Table):
    id = UUID(primary_key=True, default=UUID4())
    name = Varchar(length=120, default=None)


class Unit(Table):
    id = UUID(primary_key=True, default=UUID4())
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=120, default=None)
    closed_on = Date(default=None, null=True)


class Team(Table):
    id = UUID(primary_key=True, default=UUID4())
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=120, default=None)
    closed_on = Date(default=None, null=True)


class Membership(Table):
    """A person in a team. `home`: the one team whose trends she may take part in."""

    id = UUID(primary_key=True, default=UUID4())
    account = UUID(default=None)
    team = ForeignKey(Team, null=False, on_delete=OnDelete.cascade)
    home = Boolean(default=False)
    started_on = Date(default=None)
    ended_on = Date(default=None, null=True)


class Role(Table):
    id = UUID(primary_key=True, default=UUID4())
    account = UUID(default=None)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=16, default=None)  # organiser | facilitator
    started_on = Date(default=None)
    ended_on = Date(default=None, null=True)


class LineManager(Table):
    """A person who answers for a team. It is a fact, and opens no journal and no trend."""

    id = UUID(primary_key=True, default=UUID4())
    account = UUID(default=None)
    team = ForeignKey(Team, null=False, on_delete=OnDelete.cascade)
    started_on = Date(default=None)
    ended_on = Date(default=None, null=True)


class StewardBallot(Table):
    """The one voice of a member. It leaves the team with her."""

    id = UUID(primary_key=True, default=UUID4())
    team = ForeignKey(Team, null=False, on_delete=OnDelete.cascade)
    voter = UUID(default=None)
    candidate = UUID(default=None)


class TrustChange(Table):
    """A trust setting made harder. The log and the settings are these same rows."""

    id = UUID(primary_key=True, default=UUID4())
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade)
    setting = Varchar(length=32, default=None)
    value = Integer(default=None)
    changed_by = UUID(default=None, null=True)  # null: somebody whose account is gone
    changed_on = Date(default=None)


class Place(Table):
    """A place that waits for somebody: an invitation leads to it once it was printed or sent."""

    id = UUID(primary_key=True, default=UUID4())
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade)
    team = ForeignKey(Team, null=True, on_delete=OnDelete.cascade)
    kind = Varchar(length=16, default=None)  # member | manager | organiser | facilitator
    display_name = Varchar(length=80, default=None)
    email = Varchar(length=254, default="")  # empty: typed when it is accepted
    invitation = UUID(default=None, null=True)  # the last one that was made
    valid_until = Timestamptz(default=None, null=True)  # of that invitation
    asked_on = Date(default=None)


class PeopleImport(Table):
    """A file of people that was read and waits for a word: sealed under the token that only the
    organiser's cookie holds, gone with her sign-in or after an hour."""

    sign_in = UUID(default=None, primary_key=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade)
    box = Bytea(default=None)
    forget_at = Timestamptz(default=None)
