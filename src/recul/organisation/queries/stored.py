"""A person's own rows of the tables of organisations, exactly as they are stored."""

from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch

STATEMENTS = {
    "membership": "SELECT * FROM membership WHERE account = {}",
    "role": "SELECT * FROM role WHERE account = {}",
    "line_manager": "SELECT * FROM line_manager WHERE account = {}",
    "steward_ballot": "SELECT * FROM steward_ballot WHERE voter = {}",
    "trust_change": "SELECT * FROM trust_change WHERE changed_by = {}",
}


async def stored_rows(viewer: UUID) -> dict[str, list[dict[str, Any]]]:
    """Only the tables that hold something of the viewer's. Places that wait for an address stay
    out: whoever wrote that address at sign-up need not be the person who is waited for."""
    found = {
        table: await fetch(QueryString(statement, viewer))
        for table, statement in STATEMENTS.items()
    }
    return {table: rows for table, rows in found.items() if rows}
