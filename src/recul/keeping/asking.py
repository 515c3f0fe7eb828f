"""Where passphrases and keys come from: files, or whoever sits at the terminal."""

import sys
from pathlib import Path

import click

from recul.keeping import keys
from recul.keeping.keys import Beginning, Passphrase, Recipient
from recul.keeping.refusals import Refused
from recul.vault.passwords import Cost

MUCH = 4
"""A backup is opened rarely and tried out at leisure: its passphrase costs so many times the
memory of a sign-in."""


def recipient(cost: Cost, passphrase_file: Path | None, public_key: str) -> Recipient:
    """Raises Refused."""
    if passphrase_file and public_key:
        raise Refused("Name a passphrase file or a public key: one of them.")
    if public_key:
        return keys.public_key(_from_file(public_key))
    words = _words(passphrase_file, confirm=True)
    return Passphrase(words, Cost(cost.memory_kib * MUCH, cost.passes, cost.lanes))


def _from_file(key: str) -> str:
    """A public key may also be named by its file."""
    return key if key.startswith(keys.PUBLIC) else read(Path(key))


def key_of(found: Beginning, passphrase_file: Path | None, key_file: Path | None) -> bytes:
    """The key of a backup. Raises Refused."""
    if found.by_passphrase:
        if key_file:
            raise Refused("This backup was sealed with a passphrase, not to a key.")
        return found.key_from_passphrase(_words(passphrase_file, confirm=False))
    if key_file is None:
        raise Refused("This backup was sealed to a public key: name the private one, --key-file.")
    return found.key_from_private(keys.private_key(read(key_file)))


def _words(file: Path | None, *, confirm: bool) -> str:
    if file:
        return read(file)
    if not sys.stdin.isatty():
        raise Refused(
            "Nobody can be asked for a passphrase here: name its file, --passphrase-file."
        )
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


def read(file: Path) -> str:
    """The first line of a file. Raises Refused."""
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file} cannot be read ({error}).") from None
