"""What can go wrong with a vault. None of these carries a key or a text."""


class Unreadable(Exception):
    """The box was altered, belongs elsewhere, or was sealed under another key."""


class WrongSecret(Exception):
    """This password or recovery code does not open this slot."""


class Malformed(ValueError):
    """What was typed cannot be a recovery code."""
