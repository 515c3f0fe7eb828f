"""What a file of people is compared with. Read and worked on in a thread: it may be thousands."""

from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch, scan
from recul.organisation.importing import Known, KnownTeam
from recul.organisation.rules import name_key

TEAMS = """
SELECT t.id, t.name, u.name AS unit FROM team t JOIN unit u ON u.id = t.unit
WHERE u.organisation = {} AND t.closed_on IS NULL
"""
PRESENT = f"""
SELECT s.account, p.display_name, p.email, s.team, s.kind FROM (
    SELECT m.account, m.team, 'member' AS kind FROM membership m
    JOIN team t ON t.id = m.team JOIN unit u ON u.id = t.unit
    WHERE u.organisation = {{}} AND m.ended_on IS NULL
    UNION ALL SELECT l.account, l.team, 'manager' FROM line_manager l
    JOIN team t ON t.id = l.team JOIN unit u ON u.id = t.unit
    WHERE u.organisation = {{}} AND l.ended_on IS NULL
    UNION ALL SELECT r.account, NULL, r.kind FROM role r
    WHERE r.organisation = {{}} AND r.ended_on IS NULL
) s JOIN {PERSON} p ON p.account = s.account
"""
WAITING = "SELECT display_name, email, team, kind FROM place WHERE organisation = {}"
STAGED = "SELECT box FROM people_import WHERE sign_in = {} AND organisation = {} AND forget_at > {}"


async def known(organisation: UUID) -> Known:
    """Whoever asks has made sure that the viewer organises it."""
    teams = [KnownTeam(**row) for row in await fetch(QueryString(TEAMS, organisation))]
    found = Known(teams)
    three = (organisation, organisation, organisation)
    await scan(QueryString(PRESENT, *three), lambda rows: _sit(rows, found))
    await scan(QueryString(WAITING, organisation), lambda rows: _sit(rows, found))
    return found


def _sit(rows: list[dict[str, Any]], found: Known) -> None:
    for row in rows:
        team = UUID(str(row["team"])) if row["team"] else None
        found.seats.add((name_key(row["display_name"]), team, row["kind"]))
        if row["email"]:
            found.seats.add((row["email"], team, row["kind"]))
        if "account" in row:
            found.accounts[row["email"]] = UUID(str(row["account"]))


async def staged(sign_in: UUID, organisation: UUID, now: Any) -> bytes | None:
    rows = await fetch(QueryString(STAGED, sign_in, organisation, now))
    return bytes(rows[0]["box"]) if rows else None
