"""The database server: its version, whether what it confirms is safe, and how many may ask it."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from piccolo.querystring import QueryString

from recul import database
from recul.ailing import Ailing
from recul.database.postgres import POOL_SIZE
from recul.looks.files import OF_A_NETWORK, file_system, on_postgres
from recul.settings import Settings

LEAST_POSTGRES = 130000
LEAST_SQLITE = (3, 37)
NEARBY = {"", "localhost", "127.0.0.1", "::1"}


async def server(config: Settings) -> str:
    """The database server, its version and whether what it confirms is safe."""
    return await (_postgres(config) if on_postgres(config) else _sqlite(config))


async def _postgres(config: Settings) -> str:
    version = int(str(await _shown("server_version_num")))
    if version < LEAST_POSTGRES:
        raise Ailing(f"PostgreSQL {version // 10000}: Recul needs 13 or newer.")
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if await _shown(name) == "off":
            raise Ailing(f"PostgreSQL runs with {name} = off: what it confirms may be lost. On.")
    host, options = _server(config.database_url)
    secured = (await _one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) is True
    if not _near(host) and not secured:
        raise Ailing(
            f"The way to PostgreSQL on {host} is not encrypted: add ?sslmode=verify-full and "
            "&sslrootcert=FILE to RECUL_DATABASE_URL."
        )
    if not _near(host) and options.get("sslmode") not in ("verify-ca", "verify-full"):
        raise Ailing(f"Nobody checks that {host} is your PostgreSQL: use sslmode=verify-full.")
    way = "encrypted" if secured else "on this machine"
    return f"PostgreSQL {version // 10000}, {way}; what it confirms is on its disk."


async def _sqlite(config: Settings) -> str:
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise Ailing(f"SQLite {sqlite3.sqlite_version}: Recul needs 3.37, so a newer Python.")
    file = Path(config.database_url.removeprefix("sqlite:///"))
    kind = file_system(file.parent)
    if kind in OF_A_NETWORK:
        raise Ailing(
            f"{file} lies on {kind}: SQLite's log needs a disk of this machine. Move it there, or "
            "use PostgreSQL."
        )
    mode = await _one("PRAGMA journal_mode")
    return f"SQLite {sqlite3.sqlite_version}, log {str(mode).upper()}, on {kind or 'a local disk'}."


async def replica(config: Settings) -> str:
    if not config.database_read_url:
        return "No read replica is set."
    found = database.Replica(config.database_read_url)
    try:
        rows = await found.fetch(QueryString("SELECT pg_is_in_recovery() AS replica"))
    finally:
        await found.close()
    if rows is None:
        raise Ailing("The replica does not answer: the database is asked instead. See its log.")
    if not rows[0]["replica"]:
        raise Ailing("RECUL_DATABASE_READ_URL is no replica: take it out, it only adds questions.")
    return "The read replica answers."


async def workers(config: Settings) -> str:
    """Processes, what they may take of the machine and of the database."""
    memory = config.workers * config.argon2_at_once * config.argon2_mib
    cores = os.cpu_count() or 1
    if config.workers > 4 * cores:
        raise Ailing(
            f"{config.workers} workers on {cores} cores: set RECUL_WORKERS to {cores} or so."
        )
    said = f"Workers: {config.workers} on {cores} cores; sign-ins take {memory} MiB at the most."
    if not on_postgres(config):
        more = " On SQLite they share the reading; one writes at a time."
        return said + more * (config.workers > 1)
    most = int(str(await _shown("max_connections")))
    if (wanted := config.workers * POOL_SIZE) > most - 5:
        raise Ailing(
            f"{said} They may want {wanted} connections, PostgreSQL gives {most}: raise its "
            "max_connections, all hosts together, or lower RECUL_WORKERS."
        )
    return f"{said} At most {wanted} of {most} connections of PostgreSQL from this host."


def _server(url: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return options.get("host") or parts.hostname or "", options


def _near(host: str) -> bool:
    return host in NEARBY or host.startswith("/")


async def _shown(name: str) -> object:
    return await _one(f"SELECT current_setting('{name}') AS value")


async def _one(sql: str) -> object:
    rows = await database.fetch(QueryString(sql))
    return next(iter(rows[0].values())) if rows else None
