"""A machine stops in the middle of a restore or of a transfer: there is all of it, or nothing."""

import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from tests.keeping.sealed import QUIET, TO_WORDS, WORDS, environment, recul, sums
from tests.keeping.test_restoring import inhabited

from recul.database import Unreachable, engine_for
from recul.keeping.backing_up import back_up

pytestmark = pytest.mark.slow
TIMES = 3


def killed(environ: dict[str, str], seconds: float, words: tuple[object, ...]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "recul.cli", *map(str, words)],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def accounts(url: str) -> int:
    try:
        found = await sums(engine_for(url))
    except Unreachable:
        return 0
    return found["account"].rows if "account" in found else 0


@pytest.mark.parametrize("command", ["restore", "transfer"])
async def test_all_of_it_or_nothing(command: str, empty_url: str, tmp_path: Path):
    source = engine_for(f"sqlite:///{tmp_path}/here/recul.sqlite")
    await inhabited(source, 2000)
    (tmp_path / "pass").write_text(WORDS)
    await back_up(source, tmp_path / "a", TO_WORDS, QUIET)
    words: tuple[object, ...] = ("transfer", "--to", empty_url)
    environ = environment(tmp_path / "here")
    if command == "restore":
        words = ("restore", tmp_path / "a", "--passphrase-file", tmp_path / "pass")
        environ = environment(tmp_path / "there", empty_url)
    began = monotonic()
    assert recul(environ, "restore", "--help").returncode == 0
    start = monotonic() - began
    for number in range(TIMES):
        killed(environ, start * (1 + number / TIMES), words)
        assert await accounts(empty_url) in (0, 2000)
    ended = recul(environ, *words)
    assert ended.returncode == 0 or "There are accounts" in ended.stderr
    assert await accounts(empty_url) == 2000
    if empty_url.startswith("sqlite"):
        file = Path(empty_url.removeprefix("sqlite:///"))
        assert list(file.parent.glob(f"{file.name}.*")) == []
