"""What `recul doctor` looks at: a sentence for each thing, and a remedy for each failure."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from recul import database, paths, settings
from recul.database import DatabaseTooNew
from recul.settings import SettingError, Settings

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
SLOW_SECONDS = 0.5


class Ailing(Exception):
    """Something is wrong. The message says what, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    well: bool
    sentence: str


Look = Callable[[Settings], Awaitable[str]]


async def _folders(config: Settings) -> str:
    try:
        config.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Ailing(f"{config.var}: {error.strerror}. Set RECUL_VAR to a folder.") from None
    if not os.access(config.var, os.W_OK | os.X_OK):
        raise Ailing(f"{config.var} cannot be written: give it to the user that runs Recul.")
    if config.var.stat().st_mode & 0o077:
        raise Ailing(f"Others can read {config.var}: `chmod 700 {config.var}`.")
    return f"{config.var} can be written, by this user only."


async def _parts(_config: Settings) -> str:
    try:
        found: list[Path] = [paths.templates(), paths.static(), paths.migrations(), paths.locale()]
    except FileNotFoundError as error:
        raise Ailing(f"{error} Install Recul again.") from None
    return f"All {len(found)} folders of the program are there."


async def _database(_config: Settings) -> str:
    start = time.perf_counter()
    try:
        await database.migration_state()
    except DatabaseTooNew:
        pass
    except Exception as error:
        raise Ailing(
            f"The database does not answer ({type(error).__name__}: {error}). "
            "Check RECUL_DATABASE_URL, that the server runs and that the folder is writable."
        ) from None
    seconds = time.perf_counter() - start
    if seconds > SLOW_SECONDS:
        raise Ailing(f"The database took {seconds:.1f} s to answer: look at its machine's load.")
    return "The database answers."


async def _migrations(_config: Settings) -> str:
    try:
        applied, known = await database.migration_state()
    except DatabaseTooNew as error:
        raise Ailing(str(error)) from None
    if missing := len(known) - len(applied):
        raise Ailing(f"Missing: {missing} of {len(known)}; run `recul migrate`.")
    return f"Applied: {len(known)} of {len(known)}."


async def _clock(_config: Settings) -> str:
    now = datetime.now(UTC)
    if now < RELEASED:
        raise Ailing(f"The clock says {now:%Y-%m-%d}, before this version was made: set it.")
    return f"The clock says {now:%Y-%m-%d %H:%M} UTC."


async def _safety(config: Settings) -> str:
    if not config.production:
        return "Development mode: for trying Recul out, not for real journals."
    return "Production mode: https address, secure cookies, a secret of its own."


LOOKS: dict[str, Look] = {
    "folders": _folders,
    "program": _parts,
    "database": _database,
    "migrations": _migrations,
    "clock": _clock,
    "mode": _safety,
}


def run() -> int:
    """Print the findings. Returns the exit status: 0 when all is well."""
    try:
        config = settings.load()
    except SettingError as error:
        _print(Finding("settings", False, str(error)))
        return 1
    _print(Finding("settings", True, "Every setting can be used."))
    findings = asyncio.run(_examined(config))
    for finding in findings:
        _print(finding)
    return 0 if all(finding.well for finding in findings) else 1


async def _examined(config: Settings) -> list[Finding]:
    database.bind(database.engine_for(config.database_url))
    try:
        return [await _finding(name, look, config) for name, look in LOOKS.items()]
    finally:
        await database.close_database()


async def _finding(name: str, look: Look, config: Settings) -> Finding:
    try:
        return Finding(name, True, await look(config))
    except Ailing as error:
        return Finding(name, False, str(error))
    except Exception as error:
        return Finding(name, False, f"{type(error).__name__}: {error}")


def _print(finding: Finding) -> None:
    mark = "ok  " if finding.well else "FAIL"
    click.echo(f"{mark} {finding.name:<11} {finding.sentence}")
