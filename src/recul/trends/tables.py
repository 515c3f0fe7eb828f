"""Trends as they are kept. No table has a time of writing, and none a row for what one person
sent. Accounts, vaults, teams and units are other slices' tables, referred to by id; figures that
are out outlive the team they are of.

Several of these tables have a primary key of two or three columns, which Piccolo cannot say:
the migration does. Here the first of them is marked.
"""

from piccolo.columns import UUID, Boolean, Bytea, Date, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class Cell(Table):
    """A place where trends are made: one team, or the small teams of one unit together."""

    id = UUID(primary_key=True, default=UUID4())
    team = UUID(default=None, null=True)  # null: the unit's pool of small teams
    unit = UUID(default=None)


class Cycle(Table):
    """A cycle that opened here. At most one is open."""

    number = Integer(default=None, primary_key=True)
    closed = Boolean(default=False)
    out_on = Date(default=None, null=True)  # the day on which its figures came out


class Roster(Table):
    """Whose home a cell is, for the whole of the open cycle. Erased when it closes."""

    account = UUID(default=None, primary_key=True)  # and the cycle
    cycle = Integer(default=None)
    cell = UUID(default=None)


class SealedCell(Table):
    """The noisy sums of a cell of the open cycle, under a key that is not in the database."""

    cell = UUID(default=None, primary_key=True)  # and the cycle
    cycle = Integer(default=None)
    key_version = Integer(default=None)
    box = Bytea(default=None)


class Receipt(Table):
    """What one person knows of her own sharing, sealed by her data key. Everybody has one."""

    vault = UUID(default=None, primary_key=True)
    box = Bytea(default=None)


class Publication(Table):
    """A cell whose cycle closed, with figures or without."""

    cell = UUID(default=None, primary_key=True)  # and the cycle
    cycle = Integer(default=None)
    published = Boolean(default=False)


class PublicationFigure(Table):
    """One question of a published cell: the figure and the noisy sums that it was made of."""

    cell = UUID(default=None, primary_key=True)  # and the cycle, and the dimension
    cycle = Integer(default=None)
    dimension = Varchar(length=16, default=None)
    figure = Integer(default=None)  # tenths of a point, 0 to 100
    noisy_s = Integer(default=None)
    noisy_n = Integer(default=None)
    centre = Integer(default=None)


class UpperFigure(Table):
    """One question of a unit or of an organisation: a sum of cells that were noisy already."""

    place = UUID(default=None, primary_key=True)  # and the cycle, and the dimension
    cycle = Integer(default=None)
    dimension = Varchar(length=16, default=None)
    figure = Integer(default=None)
    people = Integer(default=None)  # noisy
    cells = Integer(default=None)


class UpwardVote(Table):
    """The one voice of a member on letting the line manager read up to a publication."""

    id = UUID(primary_key=True, default=UUID4())
    team = UUID(default=None)
    cycle = Integer(default=None)
    voter = UUID(default=None)
    yes = Boolean(default=False)


class UpwardDecision(Table):
    """What the voices on a publication came to when the last of them was given."""

    id = UUID(primary_key=True, default=UUID4())
    team = UUID(default=None)
    cycle = Integer(default=None)
    agreed = Boolean(default=False)


class Marker(Table):
    """What happened around a team in a month. Who wrote it down is not kept."""

    id = UUID(primary_key=True, default=UUID4())
    team = UUID(default=None)
    month = Date(default=None)  # its first day
    kind = Varchar(length=24, default=None)  # of the list; own: in the team's own words
    words = Varchar(length=40, default="")


class Commitment(Table):
    """What a team said it would do. The owner is a name as the team wrote it, not an account."""

    id = UUID(primary_key=True, default=UUID4())
    team = UUID(default=None)
    said_in = Integer(default=None)  # the cycle of the publication that was talked about; 0: none
    text = Varchar(length=300, default=None)
    owner_name = Varchar(length=80, default="")
    due_on = Date(default=None, null=True)
    state = Varchar(length=12, default="said")  # said | kept | partly | dropped
    outcome = Varchar(length=300, default="")
