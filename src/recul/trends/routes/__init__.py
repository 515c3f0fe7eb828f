"""Handlers of team trends, one module a noun."""

from recul.trends.routes import (
    commitments,
    contribution,
    how,
    places,
    sharing,
    sheet,
    team,
    votes,
)

handlers = [
    *sharing.handlers,
    *contribution.handlers,
    *team.handlers,
    *how.handlers,
    *votes.handlers,
    *sheet.handlers,
    *commitments.handlers,
    *places.handlers,
]
