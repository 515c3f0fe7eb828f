"""What may go wrong in a database, in the same words for both engines."""


class UniqueViolation(Exception):
    """A row with this unique value is there already."""


class Unreachable(Exception):
    """The database cannot be opened: nobody answers, or the file is none. The message says."""


class DatabaseTooNew(Exception):
    """The database was migrated by a newer version of Recul than this one."""
