"""What may go wrong in a database, in the same words for both engines."""


class UniqueViolation(Exception):
    """A row with this unique value is there already."""


class Unavailable(Exception):
    """The database cannot do it now, and may later. Nothing of the transaction was kept."""


class Unreachable(Unavailable):
    """The database cannot be opened: nobody answers, or the file is none. The message says."""


class Busy(Unavailable):
    """Somebody else has been writing for too long, or too many ask at once."""


class Unwritable(Unavailable):
    """What is there can be read, but nothing can be written: a disk that is read-only or ill."""


class Full(Unwritable):
    """There is no space left to write."""


class Uncertain(Unavailable):
    """The database went away while it was committing: it may be kept, or not."""


class DatabaseTooNew(Exception):
    """The database was migrated by a newer version of Recul than this one."""
