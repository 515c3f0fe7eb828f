"""The drill: a server is at work, a backup is made meanwhile, another machine begins with it.

Commands and servers are processes of their own, as an operator runs them."""

import asyncio
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from tests.journal.pages import lock, texts, write
from tests.keeping.sealed import environment, recul, sums
from tests.processes import RemoteVisitor, Served, serving, visiting

from recul.database import engine_for
from recul.demo.people import PASSWORD

pytestmark = pytest.mark.slow

NADIA, JULIE = "educatrice@recul.example", "collegue@recul.example"
READERS = (
    NADIA,
    "cheffe@recul.example",
    "superviseure@recul.example",
    "organisatrice@recul.example",
)
SAME = (
    *("account", "vault", "key_slot", "membership", "team", "cell", "roster", "trust_change"),
    *("publication", "publication_figure", "upper_figure", "upward_vote", "marker", "commitment"),
    *("meeting", "meeting_cycle", "enrolment", "attendance", "supervision", "appointment"),
)
"""Tables that nobody writes into while the backup is made."""
CHANGED = ("/compte/appareils", "/compte/agenda", "/deconnexion", "/quitter", "/carnet/export")
BEGIN = ("/", "/equipes", "/groupes", "/animation", "/planification")
MOST_PAGES = 10
WHILE = "Pendant la sauvegarde, {}."


@dataclass
class Machine:
    """Where an instance lives: its folder and its database."""

    var: Path
    url: str
    environ: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.environ = environment(self.var, self.url)

    def says(self, *words: object) -> str:
        """What a command says, which must go well."""
        ended = recul(self.environ, *words)
        assert (ended.returncode, ended.stderr) == (0, ""), (words, ended.stdout, ended.stderr)
        return ended.stdout

    def serving(self, log: Path):
        return serving(self.var, log, self.url)


async def signed_in(served: Served, email: str) -> RemoteVisitor:
    visitor = RemoteVisitor(served.url)
    answer = await visitor.sign_in(email, PASSWORD)
    assert answer.status_code == 303
    return visitor


async def codes_of(visitor: RemoteVisitor) -> list[str]:
    page = await visitor.post("/carnet/codes", {"password": PASSWORD})
    found = re.findall(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}\b", page.text)
    assert len(set(found)) == 8
    return found


async def keep_writing(visitor: RemoteVisitor, said: list[str], until: int = 10_000) -> None:
    """One entry after the other; what the server took is in `said`."""
    while len(said) < until:
        text = WHILE.format(len(said))
        await write(visitor, text)
        said.append(text)


async def backed_up(machine: Machine, *words: object) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "recul.cli", "backup", *map(str, words)),
        env=machine.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, error = await process.communicate()
    assert (process.returncode, error) == (0, b"")


def links(page: str) -> Iterator[str]:
    for path in re.findall(r'<a [^>]*href="(/[^"#?]*)"', page):
        if not path.startswith(CHANGED) and not path.endswith((".pdf", ".csv", ".json", ".html")):
            yield path


def said_by(page: str) -> str:
    """What somebody reads on a page, without the time of day and the address of the instance."""
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())
    return re.sub(r"(?<=, )\d+ h \d\d(?=\. )|http://127\.0\.0\.1:\d+", "", words)


async def read_through(visitor: RemoteVisitor, found: dict[str, str], paths: list[str]) -> None:
    for path in paths:
        if path not in found and len(found) < MOST_PAGES:
            answer = await visitor.get(path)
            if answer.status_code == 200:
                found[path] = said_by(answer.text)
                paths += links(answer.text)


async def everything_read(served: Served) -> dict[str, dict[str, str]]:
    """What each of several people reads, page by page, wherever links lead her from home."""
    found: dict[str, dict[str, str]] = {}
    for email in READERS:
        visitor = await signed_in(served, email)
        async with visiting(visitor):
            found[email] = {}
            await read_through(visitor, found[email], list(BEGIN))
    return found


@pytest.fixture
def machine(tmp_path: Path, live_url: str) -> Machine:
    return Machine(tmp_path / "here" / "var", live_url)


@pytest.fixture
def other(tmp_path: Path, empty_url: str) -> Machine:
    return Machine(tmp_path / "there" / "var", empty_url)


@dataclass
class Known:
    """What somebody remembers of the first machine."""

    codes: list[str]
    cookies: dict[str, str]
    read: dict[str, dict[str, str]]
    before: list[str] = field(default_factory=list)
    during: list[str] = field(default_factory=list)


async def lived(machine: Machine, key: str, folder: Path) -> Known:
    """A day at work, with a backup made while somebody writes and writes."""
    with machine.serving(folder / "here.log") as served:
        nadia, julie = await signed_in(served, NADIA), await signed_in(served, JULIE)
        async with visiting(nadia, julie):
            await write(nadia, "Avant la sauvegarde.", workload="4")
            codes = await codes_of(nadia)
            known = Known(codes, dict(nadia.client.cookies), await everything_read(served))
            await backed_up_meanwhile(machine, key, folder, julie, known)
    return known


async def backed_up_meanwhile(
    machine: Machine, key: str, folder: Path, julie: RemoteVisitor, known: Known
) -> None:
    await keep_writing(julie, known.during, until=3)
    known.before = list(known.during)
    writing = asyncio.ensure_future(keep_writing(julie, known.during))
    await backed_up(machine, folder / "backup", "--public-key", key)
    writing.cancel()
    await asyncio.wait([writing])
    assert len(known.during) > len(known.before)


async def test_the_drill(machine: Machine, other: Machine, tmp_path: Path):
    machine.says("seed")
    key = recul(machine.environ, "backup-key", tmp_path / "key").stdout.strip()
    known = await lived(machine, key, tmp_path)
    opening = (tmp_path / "backup", "--key-file", tmp_path / "key")
    assert "What cannot come back" in other.says("restore", *opening)
    one, two = await sums(engine_for(machine.url)), await sums(engine_for(other.url))
    assert {name: two[name] for name in SAME} == {name: one[name] for name in SAME}
    assert min(one[name].rows for name in SAME if name != "trust_change") > 0
    assert [two[name].rows for name in ("sign_in", "invitation", "outbox_mail")] == [0, 0, 0]
    ailing = re.findall(r"^FAIL .*$", recul(other.environ, "doctor").stdout, re.MULTILINE)
    # The PostgreSQL of the tests forgets what a power cut takes, which the doctor tells.
    assert [line for line in ailing if "fsync = off" not in line] == []
    with other.serving(tmp_path / "there.log") as served:
        assert await everything_read(served) == known.read
        await every_entry_is_there(served, known)
        await keys_turn(served, known)


async def every_entry_is_there(served: Served, known: Known) -> None:
    """All that was written until the backup began, and of the rest a beginning without a gap."""
    julie = await signed_in(served, JULIE)
    async with visiting(julie):
        everything = (await julie.get("/carnet/export/carnet.json")).text
        found = re.findall(WHILE.format(r"\d+"), everything)
        assert len(found) >= len(known.before)
        # The last one may have been taken without its answer having come.
        written = [*known.during, WHILE.format(len(known.during))]
        assert sorted(found) == sorted(written[: len(found)])


async def keys_turn(served: Served, known: Known) -> None:
    """A device of before is signed out; a recovery code of before opens the journal."""
    device, nadia = RemoteVisitor(served.url), RemoteVisitor(served.url)
    async with visiting(device, nadia):
        device.client.cookies.update(known.cookies)
        assert (await device.get("/carnet")).headers["location"].startswith("/connexion")
        new = {"email": NADIA, "code": known.codes[3], "new_password": "un autre que celui d’avant"}
        assert (await nadia.post("/mot-de-passe-oublie", new)).status_code == 303
        assert "Avant la sauvegarde." in texts(await nadia.get("/carnet"))
        await lock(nadia)
