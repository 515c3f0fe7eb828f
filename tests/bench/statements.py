"""How many statements pages take, whoever asks and however much there is to show."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.bench import county, world
from tests.visitors import Visitor

from recul.app import create_app
from recul.database import recorded_statements
from recul.settings import Settings


def of_page(url: str, folder: Path, path: str, email: str) -> int:
    """For somebody who has signed in. Raises RuntimeError when the page is not shown to her."""
    return of_pages(url, folder, [(path, email)])[path, email]


def of_pages(
    url: str, folder: Path, asked: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """The same of several pages, each with who asks: nobody where there is no address."""
    settings = county.settings_for(url, folder)
    return world.with_database(settings, partial(_counted, asked))


async def _counted(
    asked: Sequence[tuple[str, str]], settings: Settings
) -> dict[tuple[str, str], int]:
    app, people, found = create_app(settings, worker=False), dict[str, Visitor](), {}
    for path, email in asked:
        if email not in people:
            people[email] = Visitor(app)
            if email:
                await people[email].sign_in(email, world.PASSWORD)
        found[path, email] = await _of(people[email], path)
    for visitor in people.values():
        await visitor.client.aclose()
    return found


async def _of(visitor: Visitor, path: str) -> int:
    await visitor.get(path)  # what a sign-in does once is done
    with recorded_statements() as statements:
        answer = await visitor.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"GET {path}: {answer.status_code}")
    return len(statements)
