"""Forgetting every cycle and every figure: for the demo world, never for anybody real."""

from piccolo.querystring import QueryString

from recul.database import fetch, write_transaction
from recul.trends import keyring

TABLES = ("upper_figure", "publication_figure", "publication", "sealed_cell", "roster")
ALL = (*TABLES, "cell", "cycle", "upward_vote", "upward_decision", "marker", "commitment")


async def forget_all() -> None:
    """Only ever called on a demo."""
    async with write_transaction():
        for table in ALL:
            await fetch(QueryString(f"DELETE FROM {table}"))  # noqa: S608 - names of ours
    ring = keyring.bound()
    ring.destroy(ring.names())
    # Its cycles may close again: nobody reads figures of the demo before that are still out.
    (ring.folder / "closed").unlink(missing_ok=True)
