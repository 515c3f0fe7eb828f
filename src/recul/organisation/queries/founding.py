"""What technical administrators see: organisations, and who organises them, by name."""

from dataclasses import dataclass, field
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch
from recul.organisation import rules
from recul.organisation.queries import places
from recul.organisation.queries.shapes import PlaceRow

ALL = f"""
SELECT o.id, o.name, p.display_name FROM organisation o
LEFT JOIN role r ON r.organisation = o.id AND r.kind = 'organiser' AND r.ended_on IS NULL
LEFT JOIN {PERSON} p ON p.account = r.account
ORDER BY lower(o.name), o.id, lower(p.display_name)
"""
ORPHAN = """
SELECT o.id FROM organisation o WHERE o.id = {} AND NOT EXISTS (
    SELECT 1 FROM role r
    WHERE r.organisation = o.id AND r.kind = 'organiser' AND r.ended_on IS NULL
)
"""


@dataclass(frozen=True, slots=True)
class Founded:
    id: UUID
    name: str
    organisers: list[str] = field(default_factory=list)


async def organisations() -> list[Founded]:
    found: dict[UUID, Founded] = {}
    for row in await fetch(QueryString(ALL)):
        one = found.setdefault(row["id"], Founded(row["id"], row["name"]))
        if row["display_name"]:
            one.organisers.append(row["display_name"])
    return list(found.values())


async def is_orphan(organisation: UUID) -> bool:
    """It exists, and nobody organises it."""
    return bool(await fetch(QueryString(ORPHAN, organisation)))


async def waiting_organisers(organisation: UUID) -> list[PlaceRow]:
    kept = await places.of_organisation(organisation)
    return [place for place in kept if place.kind == rules.ORGANISER]
