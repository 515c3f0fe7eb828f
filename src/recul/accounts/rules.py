"""What an address is: the same for a form, for a line of a file and for an invitation."""

EMAIL = 254
"""Letters at most."""


def tidy_email(typed: str) -> str | None:
    """An address as it is kept, in lower case; none when it cannot be one."""
    email = typed.strip().lower()
    before, _, after = email.partition("@")
    spaced = any(c.isspace() for c in email)
    # Some letters are two in lower case.
    if not before or "." not in after or "@" in after or spaced or len(email) > EMAIL:
        return None
    return email
