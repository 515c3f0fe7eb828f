"""How many statements a page takes, whoever asks and however much there is to show."""

from functools import partial
from pathlib import Path

from tests.bench import county, world
from tests.visitors import Visitor

from recul.app import create_app
from recul.database import recorded_statements
from recul.settings import Settings


def of_page(url: str, folder: Path, path: str, email: str) -> int:
    """For somebody who has signed in. Raises RuntimeError when the page is not shown to her."""
    work = partial(_counted, path, email)
    return world.with_database(county.settings_for(url, folder), work)


async def _counted(path: str, email: str, settings: Settings) -> int:
    visitor = Visitor(create_app(settings, worker=False))
    await visitor.sign_in(email, world.PASSWORD)
    await visitor.get(path)  # what a sign-in does once is done
    with recorded_statements() as statements:
        answer = await visitor.get(path)
    await visitor.client.aclose()
    if answer.status_code != 200:
        raise RuntimeError(f"GET {path}: {answer.status_code}")
    return len(statements)
