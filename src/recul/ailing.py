"""What the doctor finds wrong."""


class Ailing(Exception):
    """Something is wrong. The message says what, and what to do about it."""
