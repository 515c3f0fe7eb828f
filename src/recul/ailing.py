"""What a look of `recul doctor` raises. It stands alone so that looks may live in several files."""


class Ailing(Exception):
    """Something is wrong. The message says what, and what to do about it."""
