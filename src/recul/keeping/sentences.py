"""What an operator reads after a restore: what came back, and what cannot."""

from collections.abc import Iterator

from recul.keeping.decisions import DECISIONS, Left
from recul.keeping.document import Header

SINCE = "Whatever was written, changed or erased since is as it was on that day: tell people so."
SECRETS = (
    "Passwords, recovery codes and second steps are those of that day: one that was changed since "
    "because somebody else knew it must be changed again."
)
CELLS = "What was shared in the open cycle begins anew: the keys of its cells are in no backup."

TRIED = "It can be restored: every row is there, and every row it refers to. Nothing was changed."


def about(header: Header) -> str:
    rows = sum(header.rows.values())
    return (
        f"Backup of {header.made_at} UTC, made by Recul {header.version} on {header.engine}: "
        f"{rows} rows in {len(header.tables)} tables, up to migration {header.migrations[-1]}."
    )


def not_back() -> Iterator[str]:
    """Everything that a restore cannot bring back, a line each."""
    yield "Every row is there, compared one by one. What cannot come back:"
    left = (each.said for each in DECISIONS.values() if isinstance(each, Left) and each.said)
    yield from (f"- {line}" for line in [SINCE, SECRETS, CELLS, *left])


def erased_again(count: int, ledger: bool) -> str:
    if not ledger:
        return (
            "The key folder knows of nobody who was erased. If this is another machine or another "
            "key folder than before, whoever was erased after the backup is there again: erase "
            "them again."
        )
    return f"Accounts that were erased after the backup, and are erased again: {count}."
