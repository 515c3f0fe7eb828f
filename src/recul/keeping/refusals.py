"""Why nothing was done."""


class Refused(Exception):
    """It cannot be done, and nothing was changed. The message is a sentence for an operator."""


class Damaged(Refused):
    """The file is not a whole backup, or not the one that was made."""
