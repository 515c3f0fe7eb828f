"""Handlers of the journal, one module a noun."""

from recul.journal.routes import (
    check_in,
    drafts,
    entries,
    exports,
    former,
    guard,
    imports,
    months,
    notes,
    search,
    settings,
    trends,
    wins,
)

handlers = [
    *check_in.handlers,
    *months.handlers,
    *notes.handlers,
    *entries.handlers,
    *drafts.handlers,
    *guard.handlers,
    *search.handlers,
    *trends.handlers,
    *wins.handlers,
    *settings.handlers,
    *exports.handlers,
    *imports.handlers,
    *former.handlers,
]
