"""What an organisation would miss in somebody who leaves."""

from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch
from recul.organisation.queries.shapes import OrganisationRow

ALONE = """
SELECT o.id, o.name FROM organisation o
JOIN role r ON r.organisation = o.id AND r.account = {} AND r.kind = 'organiser'
    AND r.ended_on IS NULL
WHERE NOT EXISTS (SELECT 1 FROM role x WHERE x.organisation = o.id AND x.kind = 'organiser'
    AND x.ended_on IS NULL AND x.account <> r.account)
ORDER BY lower(o.name), o.id
"""


async def alone_in(viewer: UUID) -> list[OrganisationRow]:
    """The organisations that nobody but the viewer organises."""
    return [OrganisationRow(**row) for row in await fetch(QueryString(ALONE, viewer))]
