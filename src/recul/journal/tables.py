"""The journal as it is kept: sealed boxes, no date, no word.

Accounts and vaults are another slice's tables: they are referred to by id here, and by foreign
keys with ON DELETE CASCADE in the migrations.
"""

from piccolo.columns import UUID, Bytea, Integer
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class Entry(Table):
    """One moment. SQLite keeps it WITHOUT ROWID, so that no order of writing is left."""

    id = UUID(primary_key=True, default=UUID4())
    owner = UUID(default=None)
    vault = UUID(default=None)
    month = Bytea(default=None, null=True)  # blind index; null: deposited, not yet filed
    box = Bytea(default=None)


class JournalKeep(Table):
    """The sealed settings of a journal: own words, what restores me…"""

    vault = UUID(default=None, primary_key=True)
    version = Integer(default=None)
    box = Bytea(default=None)


class Draft(Table):
    """The one text that was begun and not saved, sealed to the person's public key."""

    vault = UUID(default=None, primary_key=True)
    box = Bytea(default=None)


class ImportPreview(Table):
    """A file that was read and waits for the person's word, sealed under the data key."""

    vault = UUID(default=None, primary_key=True)
    box = Bytea(default=None)
