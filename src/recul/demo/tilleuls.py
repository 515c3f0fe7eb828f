"""What the team of Les Tilleuls did with its figures: markers, commitments, a vote under way."""

from datetime import timedelta
from uuid import UUID

from recul import clock
from recul.trends import cycles
from recul.trends.actions import commitments, markers, votes

MARKERS = ((5, "vacancy", ""), (3, "holidays", ""), (1, "own", "signalements de rentrée"))
"""So many cycles ago."""


async def after_the_cycles(team: UUID, people: list[UUID], last: int) -> None:
    """`last` is the number of the cycle that was published last."""
    for ago, kind, words in MARKERS:
        day = cycles.mondays(last - ago)[2]
        await markers.add(team, day.replace(day=1), kind, words)
    await _commit(team, last)
    for voter in people[3:5]:
        await votes.vote(voter, team, last, yes=True)


async def _commit(team: UUID, last: int) -> None:
    day = cycles.first_day(last + 1)
    duty = await commitments.add(
        team, last - 2, "Astreintes réparties à quatre", "Claire", day - timedelta(days=40)
    )
    await commitments.tell(team, duty, "kept", "Le tableau tourne depuis la rentrée.")
    writing = await commitments.add(
        team,
        last - 1,
        "Une demi-journée d’écrits protégée, sans téléphone",
        "Julie et le secrétariat",
        day - timedelta(days=10),
    )
    await commitments.tell(team, writing, "partly", "Trois semaines sur quatre.")
    await commitments.add(
        team,
        last,
        "Demander un calendrier écrit pour le poste vacant",
        "Nadia et Claire",
        clock.today() + timedelta(days=14),
    )
