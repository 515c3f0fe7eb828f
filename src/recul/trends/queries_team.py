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
SELECT w.account, v.yes, d.agreed FROM (voters) w
LEFT JOIN upward_decision d ON d.team = w.team AND d.cycle = {}
LEFT JOIN upward_vote v ON v.team = d.team AND v.cycle = d.cycle AND v.voter = w.account
WHERE w.team = {}
""".replace("voters", teams.VOTERS)
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
    if mine := await teams.my_team_with_trust(viewer, team):
        row, settings = mine[0].team, mine[1]
        if not mine[0].answers:
            return Reading(row, True, None, settings)
    elif managed := await teams.managed_team(viewer, team):
        row, settings = managed, await trust.settings(managed.organisation)
    else:
        return None
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


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote on one publication: `own` is the viewer's voice, none when she gave none. `votes`:
    she is in the team and does not answer for it.

    `agreed` is what was decided when the last voice was given: who joins or leaves decides
    nothing by it, so the counts of now may say otherwise.
    """

    cycle: int
    yes: int
    members: int
    own: bool | None
    votes: bool
    agreed: bool

    @property
    def needed(self) -> int:
        return self.members // 2 + 1


async def upward_vote(viewer: UUID, team: UUID, cycle: int) -> Vote:
    """Voices are only ever shown as a count."""
    rows = await fetch(QueryString(VOICES, cycle, team))
    said = {row["account"]: None if row["yes"] is None else bool(row["yes"]) for row in rows}
    return Vote(
        cycle=cycle,
        yes=sum(voice is True for voice in said.values()),
        members=len(said),
        own=said.get(viewer),
        votes=viewer in said,
        agreed=any(row["agreed"] for row in rows),
    )


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
