"""Where an address of a mail leads its reader: the address itself does not say."""

from uuid import UUID

from piccolo.querystring import QueryString

from recul.booking.queries.raw import id_of
from recul.database import fetch

OWN = """
SELECT CASE WHEN e.state IN ('left', 'refused') THEN 'groups' ELSE 'cycle' END AS way,
    e.cycle AS id FROM enrolment e WHERE e.account = {} AND
"""
MEETING = f"{OWN} EXISTS (SELECT 1 FROM meeting m WHERE m.cycle = e.cycle AND m.id = {{}})"
CYCLE = f"{OWN} e.cycle = {{}}"
ENROLMENT = f"{OWN} e.id = {{}}"
LED = """
SELECT '(way)' AS way, (id) AS id FROM meeting_group g JOIN meeting_cycle c
    ON c.meeting_group = g.id (join) WHERE g.facilitator = {} AND (thing) = {}
"""
LED_MEETING = (
    LED.replace("(way)", "meeting")
    .replace("(join)", "JOIN meeting m ON m.cycle = c.id")
    .replace("(thing)", "m.id")
    .replace("(id)", "m.id")
)
LED_CYCLE = (
    LED.replace("(way)", "plan")
    .replace("(join)", "")
    .replace("(thing)", "c.id")
    .replace("(id)", "c.id")
)
REQUEST = (
    LED.replace("(way)", "requests")
    .replace("(join)", "JOIN enrolment e ON e.cycle = c.id")
    .replace("(thing)", "e.id")
    .replace("(id)", "c.id")
)
PEER = """
SELECT 'cycle' AS way, mine.cycle AS id FROM enrolment mine
    JOIN enrolment e ON e.cycle = mine.cycle
    WHERE mine.account = {} AND mine.state = 'seated' AND e.id = {}
"""
SUPERVISED = "SELECT 'supervised' AS way, id FROM appointment WHERE account = {} AND id = {}"
GIVEN = "SELECT 'supervises' AS way, id FROM appointment WHERE facilitator = {} AND id = {}"
ORGANISED = """
SELECT 'group' AS way, g.id FROM meeting_group g JOIN role o ON o.organisation = g.organisation
    AND o.kind = 'organiser' AND o.ended_on IS NULL
    WHERE o.account = {} AND g.id = {}
"""
OWN_WAYS = (MEETING, CYCLE, ENROLMENT, LED_MEETING, LED_CYCLE, REQUEST, PEER, SUPERVISED, GIVEN)
ALL = (*OWN_WAYS, ORGANISED)
WAYS = " UNION ALL ".join(ALL)
PATHS = {
    "cycle": "/groupes/cycles/{}",
    "meeting": "/animation/seances/{}",
    "plan": "/planification/cycles/{}",
    "requests": "/animation/cycles/{}",
    "supervised": "/supervision/rendez-vous/{}",
    "supervises": "/animation/supervision/rendez-vous/{}",
    "group": "/planification/groupes/{}",
    "groups": "/groupes",
}
"""In the order in which they are tried, where several would do."""


async def to(viewer: UUID, wanted: UUID) -> str | None:
    """The page that is about this date, cycle, request or appointment of the viewer's; none when
    it is not hers."""
    rows = await fetch(QueryString(WAYS, *(viewer, wanted) * len(ALL)))
    found = {row["way"]: row["id"] for row in rows}
    return next((PATHS[way].format(id_of(found[way])) for way in PATHS if way in found), None)
