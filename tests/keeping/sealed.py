"""Databases to back up, backups to open, and commands as an operator runs them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.visitors import TEST_ENVIRONMENT

from recul.database import Database
from recul.keeping.document import Sum
from recul.keeping.keys import Passphrase
from recul.keeping.restoring import Backup
from recul.keeping.snapshots import snapshot, sum_of
from recul.progress import Progress
from recul.vault.passwords import Cost

WORDS = "quatre mots sous la pluie"
CHEAP = Cost(1024, 1)
TO_WORDS = Passphrase(WORDS, CHEAP)
QUIET = Progress(every=3600)


def with_words(path: Path, words: str = WORDS) -> Backup:
    return Backup.at(path, lambda found: found.key_from_passphrase(words))


async def sums(engine: Database) -> dict[str, Sum]:
    """What every table of a database holds."""
    async with snapshot(engine) as found:
        return {shape.name: await sum_of(found, shape) for shape in await found.shapes()}


async def nobody() -> int:
    return 0


def environment(var: Path, url: str = "") -> dict[str, str]:
    """Of an instance of the test's own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("RECUL_")}
    return inherited | TEST_ENVIRONMENT | {"RECUL_VAR": str(var), "RECUL_DATABASE_URL": url}


def recul(environ: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recul.cli", *map(str, words)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
