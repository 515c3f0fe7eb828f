"""Who is measured: people and journals, made through the application's own actions."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from piccolo.querystring import QueryString

from recul import clock, database, wiring
from recul.accounts import queries
from recul.accounts.actions import invitations, vaults
from recul.database import fetch
from recul.demo.moments import moments
from recul.journal.actions import entries
from recul.journal.moments import Moment
from recul.settings import Settings, load
from recul.vault.opened import OpenVault

T = TypeVar("T")

PASSWORD = "un mot de passe pour mesurer"
READER = "lectrice@recul.example"
"""Thirty moments of the demo in this month: what /carnet shows."""
WRITER = "autrice@recul.example"
"""Whose check-ins are measured: her journal grows meanwhile."""
TEN_YEARS = "ancienne@recul.example"
THIRTY = "nouvelle@recul.example"
"""The thirty last moments of the ten-year journal, and no others."""
CROWD = tuple(f"foule-{number}@recul.example" for number in range(20))

TIME_ZONE = "Europe/Paris"
LETTERS = 600
MONTH = "2026-04"
"""The month of thirty days, with a moment each, that both journals have."""
WORDS = "aujourd’hui à l’école une famille parle du logement et du retard à la cantine ; ".split()


def settings_for(url: str, folder: Path, **more: str) -> Settings:
    return load({"RECUL_DATABASE_URL": url, "RECUL_VAR": str(folder / "var")} | more)


def with_database(settings: Settings, work: Callable[[Settings], Awaitable[T]]) -> T:
    """What `work` gives on the migrated database, with everything connected as in a server."""

    async def run() -> T:
        await database.open_database()
        try:
            await database.migrate()
            return await work(settings)
        finally:
            await database.close_database()

    database.bind(database.engine_for(settings.database_url))
    wiring.connect(settings)
    return asyncio.run(run())


async def people(settings: Settings) -> UUID:
    """Those who write. The id of one of the reader's moments."""
    journal = ten_years()
    reader = await person(settings, READER, this_month())
    await person(settings, WRITER, [])
    await person(settings, TEN_YEARS, journal)
    await person(settings, THIRTY, [m for m in journal if m.month == MONTH])
    for email in CROWD:
        await person(settings, email, [])
    [*_, row] = await fetch(QueryString("SELECT id FROM entry WHERE owner = {}", reader.owner))
    return UUID(str(row["id"]))


async def person(settings: Settings, email: str, journal: Sequence[Moment]) -> OpenVault:
    """Somebody who was invited, accepted, has her codes and can sign in."""
    code = await invitations.invite(email)
    opened = await invitations.accept(
        settings,
        code,
        email=email,
        display_name=email.partition("@")[0].capitalize(),
        password=PASSWORD,
        time_zone=TIME_ZONE,
    )
    [row] = await queries.vaults(opened.account, closed=False)
    vault = OpenVault(row.id, opened.account, row.public_key, opened.data_key, row.private_box)
    codes = await vaults.make_codes(opened.account, vault)
    await vaults.settle(opened.account, vault.id, codes[0])
    await entries.add_all(vault, [(uuid4(), moment) for moment in journal])
    return vault


def this_month() -> list[Moment]:
    """The demo's last thirty moments, two a day from the first of this month."""
    first = clock.local(TIME_ZONE).replace(day=1, hour=9, minute=5)
    written = moments(clock.local(TIME_ZONE).date(), months=3)[-30:]
    return [
        replace(moment, at=first + timedelta(days=number // 2, hours=8 * (number % 2)))
        for number, moment in enumerate(written)
    ]


def ten_years() -> list[Moment]:
    """3,650 moments of 600 letters, one a day until the end of the measured month."""
    last = date.fromisoformat(f"{MONTH}-30")
    return [_long(number, last - timedelta(days=number)) for number in range(3650)]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(TIME_ZONE))


def _long(number: int, day: date) -> Moment:
    text = " ".join(WORDS[(number + word * 7) % len(WORDS)] for word in range(150))
    return Moment(
        at=at(day, 16, 40),
        workload=number % 5 + 1,
        emotional_load=number % 4 + 1,
        feelings=("joy", "tiredness") if number % 3 else ("anger",),
        contexts=("home_visit",) if number % 2 else ("phone", "writing"),
        sections=(("line", f"{text} rare{number % 90}x"[-LETTERS:].rjust(LETTERS, "a")),),
    )
