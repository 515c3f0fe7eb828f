"""`recul backup`, `backup-key`, `restore` and `transfer`."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from recul import database, settings
from recul.database import Database
from recul.database.sqlite import SQLite
from recul.keeping import asking, backing_up, hooks, keys, restoring, sentences, transferring
from recul.keeping.files import new_file
from recul.keeping.refusals import Refused
from recul.keeping.trouble import run, stopped_by_trouble
from recul.progress import Progress
from recul.settings import Settings

Connect = Callable[[Settings], None]
A_FILE = click.Path(path_type=Path)


def _bound(config: Settings) -> Database:
    engine = database.engine_for(config.database_url)
    database.bind(engine)
    return engine


def add_to(group: click.Group, connect: Connect) -> None:
    """Add the commands. `connect` ties the slices together."""
    for command in (backup, backup_key, restore, transfer):
        group.add_command(command)
    group.context_settings["obj"] = connect


@click.command()
@click.argument("file", type=A_FILE)
@click.option("--passphrase-file", type=A_FILE, help="A file whose first line is a passphrase.")
@click.option("--public-key", default="", help="Seal to this key of `recul backup-key`, or file.")
def backup(file: Path, passphrase_file: Path | None, public_key: str) -> None:
    """Write a sealed backup to FILE. The server may go on."""

    def work() -> str:
        config = settings.load()
        recipient = asking.recipient(config.cost, passphrase_file, public_key)
        made = backing_up.back_up(_bound(config), file, recipient, Progress())
        return sentences.about(run(made))

    click.echo(
        f"{stopped_by_trouble(work)}\n{file} is written. The keys of open cycles are not in it."
    )


@click.command("backup-key")
@click.argument("file", type=A_FILE)
def backup_key(file: Path) -> None:
    """Make a key pair: the private key goes to FILE, the public one is printed."""
    public, private = keys.new_pair()

    def work() -> None:
        with new_file(file) as written:
            written.write(f"{private}\n".encode())

    stopped_by_trouble(work)
    click.echo(public)
    click.echo(
        f"{file} opens every backup that is sealed to this key, and nothing else does: keep it "
        "away from this machine, twice.",
        err=True,
    )


@click.command()
@click.argument("file", type=A_FILE)
@click.option("--passphrase-file", type=A_FILE, help="A file whose first line is the passphrase.")
@click.option("--key-file", type=A_FILE, help="The private key that opens it.")
@click.option("--check", is_flag=True, help="Try it out aside, and change nothing.")
@click.pass_obj
def restore(
    connect: Connect, file: Path, passphrase_file: Path | None, key_file: Path | None, check: bool
) -> None:
    """Make the empty database of this instance anew from a backup."""
    key_of = partial(asking.key_of, passphrase_file=passphrase_file, key_file=key_file)

    def work() -> list[str]:
        config = settings.load()
        connect(config)
        found = restoring.verified(restoring.Backup.at(file, key_of), Progress())
        said = _try_out(config, found) if check else _restore(config, found)
        return [sentences.about(found.reader.header), *said]

    for line in stopped_by_trouble(work):
        click.echo(line)


def _try_out(config: Settings, found: restoring.Verified) -> list[str]:
    async def nobody() -> int:
        return 0

    with TemporaryDirectory(prefix="check-", dir=config.var) as folder:
        engine = SQLite(Path(folder) / "recul.sqlite")
        database.bind(engine)
        run(restoring.restore(found, engine, Progress(), nobody))
    return [sentences.TRIED]


def _restore(config: Settings, found: restoring.Verified) -> list[str]:
    engine = _bound(config)

    async def work() -> int:
        erased = partial(hooks.re_erase, config)
        count = await restoring.restore(found, engine, Progress(), erased)
        with suppress(Exception):  # it is done: the clockwork tries again what failed here
            await hooks.go_on(config)
        return count

    return [*sentences.not_back(), sentences.erased_again(run(work()), hooks.knows(config))]


@click.command()
@click.option("--to", "url", default="", help="The address of an empty database.")
@click.option("--to-file", type=A_FILE, help="A file that holds it, with its password.")
def transfer(url: str, to_file: Path | None) -> None:
    """Copy everything into another, empty database. Stop the server first."""

    def work() -> transferring.Report:
        config = settings.load()
        address = asking.read(to_file) if to_file else url
        source, target = _bound(config), _target(config, address)
        return run(transferring.transfer(source, target, Progress()))

    for table, found in stopped_by_trouble(work):
        click.echo(f"{table:<24} {found}")
    click.echo(
        "The same rows on both sides. Set RECUL_DATABASE_URL to the new address before you start "
        "`recul serve`; the old database was left as it is."
    )


def _target(config: Settings, address: str) -> Database:
    try:
        target = database.engine_for(address.strip())
    except ValueError as error:
        raise Refused(f"--to: {error}.") from None
    if address.strip() == config.database_url:
        raise Refused("That is the database of this instance itself.")
    return target
