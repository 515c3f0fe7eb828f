"""Reads for the pages of a team: who may read up to where, voices, markers, commitments.

The viewer's id comes first where reach counts; a page asks `reading` before anything else.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch
from recul.organisation.queries import teams, trust
from recul.organisation.queries.shapes import OrganisationRow, TeamRow

SHARED = """
SELECT MAX(d.cycle) AS cycle FROM upward_decision d JOIN cycle c ON c.number = d.cycle
WHERE d.team = {} AND d.agreed AND c.out_on <= {}
"""
VOICES = """
SELECT v.voter, v.yes, d.agreed FROM upward_decision d
LEFT JOIN upward_vote v ON v.team = d.team AND v.cycle = d.cycle
WHERE d.team = {} AND d.cycle = {}
"""
MARKERS = "SELECT id, month, kind, words FROM marker WHERE team = {} ORDER BY month, id"
COMMITMENTS = """
SELECT id, said_in, text, owner_name, due_on, state, outcome FROM commitment
WHERE team = {} AND (said_in > {} OR state IN ('said', 'partly')) ORDER BY said_in DESC, id
"""
ONE = """
SELECT id, said_in, text, owner_name, due_on, state, outcome FROM commitment
WHERE id = {} AND team = {}
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A team whose figures the viewer may read; `until`: the last cycle of them, none for all."""

    team: TeamRow
    member: bool
    until: int | None
    settings: dict[str, int]


async def reading(viewer: UUID, team: UUID) -> Reading | None:
    """A member at once; a line manager up to what the team agreed to share, after the delay,
    also when an organiser made her a member."""
    mine = await teams.my_team(viewer, team)
    row = mine.team if mine else await teams.managed_team(viewer, team)
    if row is None:
        return None
    settings = await trust.settings(row.organisation)
    if mine and not mine.answers:
        return Reading(row, True, None, settings)
    until = await _shared_until(team, timedelta(days=settings["manager_delay_days"]))
    return Reading(row, False, until, settings) if until else None


async def _shared_until(team: UUID, delay: timedelta) -> int:
    """The last cycle that was out `delay` ago and that the team agreed to share; 0 for none.

    A cycle that closed late, after days without a server, came out late: the team has had it
    for no longer than that."""
    [row] = await fetch(QueryString(SHARED, team, clock.today() - delay))
    return row["cycle"] or 0


def is_majority(voices: int, members: int) -> bool:
    return 2 * voices > members


async def voters(team: UUID) -> set[UUID]:
    """Its members, without those who answer for it."""
    return {member.account for member in await teams.members(team) if not member.answers}


async def voices(team: UUID, cycle: int) -> tuple[dict[UUID, bool], bool]:
    """Whether each voter says yes, only ever shown as a count; and what was decided."""
    rows = await fetch(QueryString(VOICES, team, cycle))
    found = {row["voter"]: bool(row["yes"]) for row in rows if row["voter"]}
    return found, any(row["agreed"] for row in rows)


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote on one publication: `own` is the viewer's voice, none when she gave none.

    `agreed` is what was decided when the last voice was given: who joins or leaves decides
    nothing by it, so the counts of now may say otherwise.
    """

    cycle: int
    yes: int
    members: int
    own: bool | None
    agreed: bool

    @property
    def needed(self) -> int:
        return self.members // 2 + 1


async def upward_vote(viewer: UUID, team: UUID, cycle: int) -> Vote:
    members = await voters(team)
    found, agreed = await voices(team, cycle)
    yes = sum(found[account] for account in members & found.keys())
    return Vote(cycle, yes, len(members), found.get(viewer), agreed)


@dataclass(frozen=True, slots=True)
class Marker:
    id: UUID
    month: date
    kind: str
    words: str


async def markers(team: UUID) -> list[Marker]:
    """Oldest first."""
    return [Marker(**row) for row in await fetch(QueryString(MARKERS, team))]


@dataclass(frozen=True, slots=True)
class Commitment:
    id: UUID
    said_in: int
    text: str
    owner_name: str
    due_on: date | None
    state: str
    outcome: str


async def commitments(team: UUID, after: int) -> list[Commitment]:
    """Those said after a cycle, and older ones that are not settled; newest first."""
    return [Commitment(**row) for row in await fetch(QueryString(COMMITMENTS, team, after))]


async def commitment(team: UUID, wanted: UUID) -> Commitment | None:
    rows = await fetch(QueryString(ONE, wanted, team))
    return Commitment(**rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: UUID
    name: str
    organisation: UUID
    organisation_name: str


async def member_of(viewer: UUID, organisation: UUID) -> OrganisationRow | None:
    """An organisation in one of whose teams the viewer is now. A role alone does not count:
    figures of a unit are near those of a team, and a team comes first. For the same reason they
    are not for who answers for a team there: less another team, they would be that team's."""
    if any(team.organisation == organisation for team in await teams.managed_teams(viewer)):
        return None
    for mine in await teams.my_teams(viewer):
        if mine.team.organisation == organisation:
            return OrganisationRow(organisation, mine.team.organisation_name)
    return None


async def unit(viewer: UUID, wanted: UUID) -> UnitRow | None:
    """A unit of an organisation of the viewer's, as `member_of` says."""
    found = (await teams.units()).get(wanted)
    organisation = await member_of(viewer, found[0]) if found else None
    if found is None or organisation is None:
        return None
    return UnitRow(wanted, found[1], organisation.id, organisation.name)


async def units(organisation: OrganisationRow) -> list[UnitRow]:
    """Its units, by name."""
    found = [
        UnitRow(unit, name, organisation.id, organisation.name)
        for unit, (whole, name, _) in (await teams.units()).items()
        if whole == organisation.id
    ]
    return sorted(found, key=lambda unit: (unit.name.casefold(), unit.id))
