"""Somebody steals a backup: without its passphrase nothing at all is there; with it, not a word of
a journal, no sign-in, and no key of what teams share."""

from pathlib import Path

import pytest
from litestar import Litestar
from tests.keeping.sealed import QUIET, TO_WORDS, with_words
from tests.keeping.world import settled
from tests.test_theft import SECRETS, live
from tests.thieves import found_in
from tests.visitors import PASSWORD

from recul.accounts.cookie import read
from recul.accounts.tables import SignIn
from recul.database import Database
from recul.keeping import keys
from recul.keeping.backing_up import back_up
from recul.keeping.sealing import opened
from recul.trends.keyring import Keyring

pytestmark = pytest.mark.slow


@pytest.fixture
async def stolen(live_db: Database, app: Litestar, ring: Keyring, tmp_path: Path) -> Path:
    """A backup of a journal with everything in it, of an organisation with an open cycle."""
    _, ana = await settled(app)
    (tmp_path / "name").write_text(f"Anabelle\n{ana.email}")
    (tmp_path / "cookie").write_bytes(read(ana.client.cookies["recul"]) or b"")
    await ana.post("/carnet/ouvrir", {"password": PASSWORD})
    await live(ana)
    await back_up(live_db, tmp_path / "stolen", TO_WORDS, QUIET)
    return tmp_path / "stolen"


def unsealed(stolen: Path) -> bytes:
    """What whoever knows the passphrase reads."""
    with stolen.open("rb") as file:
        about = keys.beginning(file).raw
        return b"".join(opened(file, with_words(stolen).key, about))


def in_clear(stolen: Path) -> list[str]:
    return (stolen.parent / "name").read_text().splitlines()


async def test_without_the_passphrase_nothing_is_there(stolen: Path):
    known = [*in_clear(stolen), "Val-Clair", "Polyvalence", "account", "entry", "2026-"]
    assert found_in([stolen], [*SECRETS, *known]) == []


async def test_with_it_no_word_of_a_journal_is_there(stolen: Path, tmp_path: Path):
    (tmp_path / "plain").write_bytes(unsealed(stolen))
    assert found_in([tmp_path / "plain"], SECRETS) == []
    # What is known to be in clear is found by the same search in the same file.
    found = {word for word, *_ in found_in([tmp_path / "plain"], in_clear(stolen))}
    assert found == set(in_clear(stolen))


async def test_with_it_no_door_is_open(live_db: Database, stolen: Path, tmp_path: Path):
    """Neither a sign-in, nor a link, nor a mail, nor an address of a calendar."""
    plain = unsealed(stolen)
    rows = await SignIn.select()
    links = await live_db.run_sql("SELECT token_hash FROM invitation")
    places = await live_db.run_sql("SELECT invitation FROM place")
    assert (len(rows) > 5, len(links), len(places)) == (True, 1, 1)
    secret = [row[name] for row in rows for name in ("token_hash", "key_box", "public_mark")]
    secret += [row["token_hash"] for row in links] + [row["invitation"].bytes for row in places]
    secret += [row["id"].bytes for row in rows] + [(tmp_path / "cookie").read_bytes()]
    assert [each for each in secret if each and bytes(each) in plain] == []
    [slot] = await live_db.run_sql("SELECT box FROM key_slot WHERE kind = 'password' LIMIT 1")
    assert slot["box"] in plain


async def test_with_it_no_cell_can_be_opened(live_db: Database, stolen: Path, ring: Keyring):
    plain = unsealed(stolen)
    cells = await live_db.run_sql("SELECT cell, box FROM sealed_cell")
    secret = [ring.key(name) for name in ring.names()] + [row["box"] for row in cells]
    assert len(secret) == 2
    assert [each for each in secret if each in plain] == []
    assert cells[0]["cell"].bytes in plain
