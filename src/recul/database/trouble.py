"""What keeps this process's database from working: said once when it begins, once when it is over.

The sentences are fixed ones. What an engine says may quote a row.
"""

import logging

from recul.database.errors import Busy, Full, Unavailable, Uncertain, Unreachable, Unwritable

log = logging.getLogger("recul")

SENTENCES: dict[type[Unavailable], str] = {
    Unreachable: "it cannot be reached",
    Busy: "somebody else has been writing for too long",
    Unwritable: "nothing can be written: is its disk read-only, or ill?",
    Full: "nothing can be written: no space is left on its disk",
    Uncertain: "it went away while it was committing",
}
_now: type[Unavailable] | None = None


def met(error: Unavailable) -> Unavailable:
    """Note a trouble, say it if it is new, and hand it back to be raised."""
    global _now  # noqa: PLW0603 - one process works with one database
    if _now is not type(error):
        _now = type(error)
        log.warning("database: %s", SENTENCES[_now])
    return error


def over() -> None:
    """Something was written."""
    global _now  # noqa: PLW0603 - as above
    if _now is not None:
        _now = None
        log.warning("database: it works again")
