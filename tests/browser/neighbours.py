"""People of the demo world who live in no story, by their number in its list."""

from collections.abc import Iterator

from tests.browser.served import NOW

from recul.demo import town

VOTERS = (2, 3)
"""Of Les Tilleuls, where the first two have given their voice already."""


def neighbour(number: int) -> str:
    """The part of an address before @."""
    return town.neighbours(NOW.date())[number].name


def first_of(team: str) -> int:
    """The number of the first of them who is in a team."""
    before = 0
    for name, size in _teams():
        if name == team:
            return before
        before += size - (len(town.AT_HOME) if name == town.HOME else 0)
    raise LookupError(team)


def _teams() -> Iterator[tuple[str, int]]:
    for sizes in town.TEAMS.values():
        yield from sizes.items()
