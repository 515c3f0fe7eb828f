"""`recul backup`, `backup-key`, `restore` and `transfer`: what goes wrong is a sentence, and
nothing is there then. The drill runs them as processes."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.keeping.sealed import environment
from tests.keeping.test_restoring import inhabited

from recul.cli import main
from recul.database import engine_for

PASS, OTHER = "quatre mots sous la pluie\n", "quatre mots sous la neige\n"


@pytest.fixture
async def here(tmp_path: Path) -> dict[str, str]:
    """An instance with a good many accounts, on SQLite."""
    (tmp_path / "pass").write_text(PASS)
    (tmp_path / "other").write_text(OTHER)
    (tmp_path / "short").write_text("trop court\n")
    await inhabited(engine_for(f"sqlite:///{tmp_path}/var/recul.sqlite"), 3000)
    return environment(tmp_path / "var")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def recul(environ: dict[str, str], *words: object) -> Result:
    return CliRunner().invoke(main, list(map(str, words)), env=environ)


def refused(ended: Result, words: str) -> None:
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_every_refusal_is_a_sentence(here: dict[str, str], tmp_path: Path):
    with_pass = ("--passphrase-file", tmp_path / "pass")
    before = names(tmp_path)
    wrong = {
        ("backup", tmp_path / "a"): "--passphrase-file",
        ("backup", tmp_path / "a", "--passphrase-file", tmp_path / "none"): "cannot be read",
        ("backup", tmp_path / "a", "--passphrase-file", tmp_path / "short"): "12 characters",
        ("backup", tmp_path / "a", "--public-key", "recul-backup-public-x"): "is no key of",
        ("backup", tmp_path / "a", *with_pass, "--public-key", "x"): "one of them",
        ("backup", tmp_path / "pass", *with_pass): "is there already",
        ("backup", tmp_path / "none" / "a", *with_pass): "No such file",
        ("backup-key", tmp_path / "pass"): "is there already",
        ("restore", tmp_path / "none", *with_pass): "No such file",
        ("restore", tmp_path / "pass", *with_pass): "is no backup",
        ("transfer", "--to", "x"): "begins with sqlite:///path",
        ("transfer", "--to", f"sqlite:///{tmp_path}/var/recul.sqlite"): "itself",
        ("transfer", "--to", "postgresql://nobody@127.0.0.1:1/none"): "cannot be reached",
    }
    for words, said in wrong.items():
        refused(recul(here, *words), said)
    assert names(tmp_path) == before


def test_with_a_passphrase(here: dict[str, str], tmp_path: Path):
    file, there = tmp_path / "a", environment(tmp_path / "there")
    made = recul(here, "backup", file, "--passphrase-file", tmp_path / "pass")
    assert (made.exit_code, made.stderr) == (0, "")
    assert "3000 rows" in made.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    refused(recul(there, "restore", file, "--passphrase-file", tmp_path / "other"), "not open")
    assert names(tmp_path / "there") in ([], ["secret"])
    tried = recul(there, "restore", "--check", file, "--passphrase-file", tmp_path / "pass")
    assert "It can be restored" in tried.stdout
    assert "recul.sqlite" not in names(tmp_path / "there")
    done = recul(there, "restore", file, "--passphrase-file", tmp_path / "pass")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "What cannot come back" in done.stdout
    again = recul(there, "restore", file, "--passphrase-file", tmp_path / "pass")
    refused(again, "There are accounts in this database already")


def test_with_a_key_pair(here: dict[str, str], tmp_path: Path):
    made = [recul(here, "backup-key", tmp_path / name) for name in ("key", "foreign")]
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    file, there = tmp_path / "a", environment(tmp_path / "there")
    sealed = recul(here, "backup", file, "--public-key", made[0].stdout.strip())
    assert sealed.exit_code == 0
    refused(recul(there, "restore", file), "--key-file")
    refused(recul(there, "restore", file, "--key-file", tmp_path / "foreign"), "another one")
    refused(recul(there, "restore", file, "--key-file", tmp_path / "pass"), "no key of")
    (tmp_path / "public").write_text(made[0].stdout)
    by_file = recul(here, "backup", tmp_path / "b", "--public-key", tmp_path / "public")
    assert by_file.exit_code == 0
    for each in ("a", "b"):
        var = environment(tmp_path / f"there-{each}")
        done = recul(var, "restore", tmp_path / each, "--key-file", tmp_path / "key")
        assert done.exit_code == 0, done.stderr


def limited(environ: dict[str, str], most: int, *words: object) -> str:
    """No file can grow beyond `most` bytes: the system refuses a write in the middle."""
    ended = subprocess.run(
        [sys.executable, "-m", "recul.cli", *map(str, words)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    *before, last = ended.stderr.splitlines()
    assert all(line.startswith("database: ") for line in before)
    return last


@pytest.mark.slow
def test_a_disk_that_fills_up_in_the_middle(here: dict[str, str], tmp_path: Path):
    with_pass = ("--passphrase-file", tmp_path / "pass")
    before = names(tmp_path)
    assert "The disk is full" in limited(here, 100_000, "backup", tmp_path / "a", *with_pass)
    assert names(tmp_path) == before
    assert recul(here, "backup", tmp_path / "a", *with_pass).exit_code == 0
    there = environment(tmp_path / "there")
    for check in ((), ("--check",)):
        said = limited(there, 300_000, "restore", *check, tmp_path / "a", *with_pass)
        assert "disk" in said
        assert names(tmp_path / "there") == []
    to = f"sqlite:///{tmp_path}/there/other.sqlite"
    assert "disk" in limited(here, 300_000, "transfer", "--to", to)
    assert names(tmp_path / "there") == []
    assert recul(there, "restore", tmp_path / "a", *with_pass).exit_code == 0
