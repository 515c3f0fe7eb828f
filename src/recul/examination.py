"""What `recul doctor` looks at: a sentence for each thing, and a remedy for each failure."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from recul import database, disks, jobs, paths, settings
from recul.ailing import Ailing
from recul.clockwork import leases
from recul.clockwork.tables import Lease
from recul.database import DatabaseTooNew
from recul.looks import LOOKS as AROUND
from recul.notifications import messages, smtp
from recul.notifications import queries as notifications
from recul.notifications.smtp import Unreachable
from recul.settings import SettingError, Settings
from recul.trends import queries as trends
from recul.trends.keyring import Keyring, Name

__all__ = ["LOOKS", "Ailing", "run"]

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
SLOW_SECONDS = 0.5
OVERDUE = timedelta(minutes=20)
LONG = timedelta(hours=1)
NONE = timedelta()
APART = timedelta(seconds=5)


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


async def _keys(config: Settings) -> str:
    folder = config.key_folder
    if folder.exists() and folder.stat().st_mode & 0o077:
        raise Ailing(f"Others can read {folder}: `chmod 700 {folder}`.")
    needed = [Name(*row.values()) for row in await trends.open_cells()]
    if missing := set(needed) - set(Keyring(folder).names()):
        raise Ailing(
            f"{len(missing)} open cells of team trends have no key in {folder}. Set RECUL_KEYS to "
            "the folder that all processes share; after a restored backup they begin anew."
        )
    return f"All {len(needed)} keys of open cells are in {folder}; keep it out of backups."


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
    if abs(apart := await database.clock_apart()) > APART:
        raise Ailing(
            f"The clock is {_ago(abs(apart))} {'ahead of' if apart > NONE else 'behind'} that of "
            "the database's machine: set both by NTP."
        )
    return f"The clock says {now:%Y-%m-%d %H:%M} UTC."


async def _migrated() -> None:
    applied, known = await database.migration_state()
    if len(applied) < len(known):
        raise Ailing("Nothing to see before `recul migrate`.")


async def _jobs(_config: Settings) -> str:
    """When each job ran last, and how it went."""
    await _migrated()
    rows = await leases.states()
    if all(row.last_run_at is None for row in rows.values()):
        return "No job has run yet: `recul serve` or `recul worker` begins them."
    said = {job.name: _job(rows.get(job.name)) for job in jobs.JOBS}
    sentence = " ".join(f"{name}: {words}." for name, (_, words) in said.items())
    if not all(well for well, _ in said.values()):
        raise Ailing(f"{sentence} Keep `recul serve` or `recul worker` running; see its log.")
    return sentence


def _job(row: Lease | None) -> tuple[bool, str]:
    now = datetime.now(UTC)
    if row is None or row.last_run_at is None:
        return True, "not yet"
    words = f"{_ago(now - row.last_run_at)} ago"
    if not row.last_ok:
        return False, f"{words}, failed ({row.note}), {row.failures} times in a row"
    return row.due_at + OVERDUE > now, words + ("" if row.due_at + OVERDUE > now else ", overdue")


def _ago(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


async def _outbox(config: Settings) -> str:
    await _migrated()
    found = await notifications.counts(datetime.now(UTC) - LONG)
    days = "in the last 30 days"
    sentence = (
        f"{found.waiting} mails wait. {found.failed} were not delivered {days}"
        f" ({found.unsure} of them perhaps)."
    )
    if found.waiting and config.smtp is None:
        raise Ailing(f"{sentence} Nothing sends them: set RECUL_SMTP_URL.")
    if found.in_trouble:
        raise Ailing(f"{sentence} {found.in_trouble} are tried again and again: see the log.")
    return sentence


async def _mail_server(config: Settings) -> str:
    if config.smtp is None:
        return "No mail server is set: links are printed and handed out."
    try:
        client = await smtp.connect(config.smtp, messages.sender(config)[1].domain)
    except Unreachable as error:
        raise Ailing(
            f"The mail server cannot be used ({error}). Check RECUL_SMTP_URL and the network."
        ) from None
    await smtp.leave(client)
    return f"The mail server {config.smtp.host} answers ({_TLS[config.smtp.tls]})."


_TLS = {"none": "unencrypted", "starttls": "encrypted", "direct": "encrypted"}


async def _safety(config: Settings) -> str:
    if not config.production:
        return "Development mode: for trying Recul out, not for real journals."
    return "Production mode: https address, secure cookies, a secret of its own."


LOOKS: dict[str, Look] = {
    "folders": _folders,
    "disks": disks.look,
    "program": _parts,
    "database": _database,
    "migrations": _migrations,
    "keys": _keys,
    "clock": _clock,
    "jobs": _jobs,
    "outbox": _outbox,
    "mail server": _mail_server,
    **AROUND,
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
