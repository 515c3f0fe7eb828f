"""What a heavy week is answered with: what the person gathered herself, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recul.journal.moments import Entry
from recul.journal.trends import is_heavy


@dataclass(frozen=True, slots=True)
class Comfort:
    """One small win of the last weeks, and one line of what restores; at least one of them."""

    win: Entry | None
    restores: str | None


def comfort(entries: Sequence[Entry], restores: Sequence[str], today: date) -> Comfort | None:
    """Something for a heavy week, another one each day; none in other weeks."""
    if not is_heavy(entries, today):
        return None
    wins = [entry for entry in entries if entry.moment.small_win]
    turn = today.toordinal()
    win = wins[turn % len(wins)] if wins else None
    line = restores[turn % len(restores)] if restores else None
    return Comfort(win, line) if win or line else None
