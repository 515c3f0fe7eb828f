"""A person's own rows of the tables of groups and supervision, exactly as they are stored."""

from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch

_OF_OFFERS = "WHERE offer IN (SELECT id FROM supervision_offer WHERE facilitator = {})"
STATEMENTS = {
    "enrolment": "SELECT * FROM enrolment WHERE account = {}",
    "seat_offer": """
        SELECT s.* FROM seat_offer s JOIN enrolment e ON e.id = s.enrolment WHERE e.account = {}
    """,
    "agreement_acceptance": "SELECT * FROM agreement_acceptance WHERE account = {}",
    "attendance": "SELECT * FROM attendance WHERE account = {}",
    "peer_voice": "SELECT * FROM peer_voice WHERE voter = {}",
    "meeting_role": "SELECT * FROM meeting_role WHERE account = {}",
    "supervision": "SELECT * FROM supervision WHERE account = {}",
    "appointment": "SELECT * FROM appointment WHERE {} IN (account, facilitator)",
    "certificate": "SELECT * FROM certificate WHERE account = {}",
    "calendar_feed": "SELECT * FROM calendar_feed WHERE account = {}",
    "meeting_group": "SELECT * FROM meeting_group WHERE facilitator = {}",
    "service_agreement": "SELECT * FROM service_agreement WHERE facilitator = {}",
    "supervision_offer": "SELECT * FROM supervision_offer WHERE facilitator = {}",
    "availability": f"SELECT * FROM availability {_OF_OFFERS}",
    "availability_exception": f"SELECT * FROM availability_exception {_OF_OFFERS}",
    "meeting_memo": """
        SELECT * FROM meeting_memo WHERE vault IN (SELECT id FROM vault WHERE owner = {})
    """,
}


async def stored_rows(viewer: UUID) -> dict[str, list[dict[str, Any]]]:
    """Only the tables that hold something of the viewer's."""
    found = {
        table: await fetch(QueryString(statement, viewer))
        for table, statement in STATEMENTS.items()
    }
    return {table: rows for table, rows in found.items() if rows}
