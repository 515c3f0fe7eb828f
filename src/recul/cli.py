"""The `recul` command."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NoReturn, TypeVar

import click

from recul import __version__, clockwork, database, examination, jobs, serving, settings, wiring
from recul.accounts.actions import invitations, sign_ins
from recul.database import DatabaseTooNew, Unavailable, Unreachable
from recul.database.trouble import SENTENCES
from recul.demo import world
from recul.keeping import commands as keeping
from recul.settings import SettingError, Settings
from recul.vitals import logs

T = TypeVar("T")


def _stop(sentence: str) -> NoReturn:
    click.secho(sentence, err=True)
    sys.exit(1)


def _settings(**given: int | None) -> Settings:
    """`given`: settings by options of the command."""
    environ = os.environ | {name: str(value) for name, value in given.items() if value}
    try:
        config = settings.load(environ)
    except SettingError as error:
        _stop(str(error))
    logs.set_up(config)
    return config


def _with_database(config: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Run `work` on the migrated database of this instance."""

    async def run() -> T:
        await database.open_database()
        try:
            await database.migrate()
            return await work()
        finally:
            await database.close_database()

    database.bind(database.engine_for(config.database_url))
    wiring.connect(config)
    try:
        return asyncio.run(run())
    except DatabaseTooNew as error:
        _stop(str(error))
    except Unreachable as error:
        _stop(f"The database cannot be reached: {error}. `recul doctor` says more.")
    except Unavailable as error:
        _stop(f"The database cannot be used, {SENTENCES[type(error)]} ({error}).")


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Recul: a private journal for social workers. Settings come from the environment."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer requests.")
@click.option("--demo", is_flag=True, help="Fill an empty database with the demo world first.")
@click.option("--no-worker", is_flag=True, help="Leave background work to `recul worker`.")
def serve(port: int | None, workers: int | None, demo: bool, no_worker: bool) -> None:
    """Bring the database up to date and answer requests."""
    config = _settings(PORT=port, RECUL_WORKERS=workers)
    serving.serve(config, demo=demo, worker=not no_worker, prepare=_with_database, stop=_stop)


@main.command()
def worker() -> None:
    """Do background work (mail, purges, …) without answering requests."""
    config = _settings()
    _with_database(config, partial(clockwork.work_until_told, config, jobs.JOBS))


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    applied = _with_database(_settings(), database.migration_state)
    click.echo(f"The database is up to date (migrations applied: {len(applied[0])}).")


@main.command()
@click.option("--reset", is_flag=True, help="Empty a demo database and fill it anew.")
def seed(reset: bool) -> None:
    """Fill an empty database with the demo world."""
    config = _settings()
    try:
        _with_database(config, partial(world.seed, config, reset=reset))
    except world.NotADemo as error:
        _stop(str(error))
    click.echo(world.sign_ins(config.url))


@main.command()
@click.argument("email")
@click.option("--administrator", is_flag=True, help="Invite a technical administrator.")
@click.option("--reset", is_flag=True, help="A link to choose a new password instead.")
def invite(email: str, administrator: bool, reset: bool) -> None:
    """Print a one-time link for EMAIL, valid for seven days."""
    config, email = _settings(), email.strip().lower()
    try:
        if reset:
            code = _with_database(config, partial(invitations.offer_reset, email))
            click.echo(f"{config.url}/reinitialisation/{code}")
        else:
            work = partial(invitations.invite, email, administrator=administrator)
            click.echo(f"{config.url}/invitation/{_with_database(config, work)}")
    except LookupError:
        _stop(f"Nobody has the address {email} here. Without --reset you would invite them.")
    except invitations.AddressTaken:
        _stop(f"{email} has an account already. With --reset you offer a new password.")


@main.command("sign-out")
@click.argument("email", required=False)
@click.option("--everybody", is_flag=True, help="End every sign-in of this instance.")
def sign_out(email: str | None, everybody: bool) -> None:
    """End all sign-ins of EMAIL: a lost device, or a cookie that was taken."""
    if bool(email) is everybody:
        _stop("Say whose sign-ins end: an e-mail address, or --everybody.")
    address = email.strip().lower() if email else None
    try:
        ended = _with_database(_settings(), partial(sign_ins.end_all, address))
    except LookupError:
        _stop(f"Nobody has the address {address} here.")
    click.echo(f"Ended: {ended}.")


@main.command()
def doctor() -> None:
    """Check settings, folders, database, migrations and clock."""
    sys.exit(examination.run())


keeping.add_to(main, connect=wiring.connect)


if __name__ == "__main__":
    main()
