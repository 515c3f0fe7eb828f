"""What it costs that a check-in rewrites a receipt and a team's cell as well, whoever shares."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from secrets import token_urlsafe

from piccolo.querystring import QueryString
from tests.bench import county, in_turns, world
from tests.bench.asking import Load
from tests.bench.browser import Browser
from tests.bench.load import applied
from tests.bench.pages import CHECK_IN
from tests.bench.servers import Server
from tests.bench.table import Figure, middle
from tests.bench.thoroughness import Thoroughness

from recul.database import fetch
from recul.settings import Settings

AT_MOST = 1.6
BOXES = "SELECT box FROM sealed_cell ORDER BY cell"


def figures(
    name: str, place: tuple[str, Path], server: Server, deaf: Server, how: Thoroughness
) -> Iterator[Figure]:
    """`deaf` serves the same database without trends; `place` is its address and folder."""
    covered, bare = ([_signed_in(each, w) for w in county.WRITERS] for each in (server, deaf))
    _prove(place, covered[0], writes=True)
    _prove(place, bare[0], writes=False)
    yield _one(name, (server, covered[0]), (deaf, bare[0]), how)
    yield _eight(name, covered, bare, how)


def _signed_in(server: Server, email: str) -> Browser:
    return Browser(server.port).sign_in(email)


def _prove(place: tuple[str, Path], person: Browser, *, writes: bool) -> None:
    """Raises RuntimeError unless a check-in changes one cell, or none where it should not."""
    before = _boxes(place)
    person.post("/carnet/vite", CHECK_IN | {"nonce": token_urlsafe(16)})
    changed = sum(old != new for old, new in zip(before, _boxes(place), strict=True))
    if changed != writes:
        raise RuntimeError(f"a check-in changed {changed} cells")


def _boxes(place: tuple[str, Path]) -> list[bytes]:
    async def read(_: Settings) -> list[bytes]:
        return [row["box"] for row in await fetch(QueryString(BOXES))]

    return world.with_database(county.settings_for(*place), read)


def _one(
    name: str, covered: tuple[Server, Browser], bare: tuple[Server, Browser], how: Thoroughness
) -> Figure:
    before = [server.cpu_seconds for server, _ in (covered, bare)]
    waits = in_turns.asked(_check_in(covered[1]), _check_in(bare[1]), how)
    used = [s.cpu_seconds - b for (s, _), b in zip((covered, bare), before, strict=True)]
    return Figure(
        database=name,
        measure="check-in with cover write",
        value=waits.ratio,
        unit="×",
        below=AT_MOST,
        detail=f"{waits.first:.2f} ms, without trends {waits.second:.2f} ms, {waits.times} of "
        f"each; by processor time {used[0] / used[1]:.2f} ×",
    )


def _eight(
    name: str, covered: Sequence[Browser], bare: Sequence[Browser], how: Thoroughness
) -> Figure:
    """Each round is compared with the round beside it."""
    rounds = [[_rate(people, how) for people in (covered, bare)] for _ in range(how.rounds)]
    return Figure(
        database=name,
        measure="8 people of 8 teams at once",
        value=middle(without / rate for rate, without in rounds),
        unit="×",
        detail="check-ins a second: {:.0f}, without trends {:.0f}".format(
            *map(middle, zip(*rounds, strict=True))
        ),
    )


def _rate(people: Sequence[Browser], how: Thoroughness) -> float:
    loads = (_check_in(person).lasting(how.warm_up, how.seconds) for person in people)
    results = applied(*loads)
    return sum(result.a_second for result in results)


def _check_in(person: Browser) -> Load:
    return Load(
        port=person.port,
        request=person.written("/carnet/vite", CHECK_IN),
        status=303,
        holds="moment-saved",
        connections=1,
    )
