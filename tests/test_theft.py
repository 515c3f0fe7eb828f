"""Somebody steals the disk: database, logs, everything the server keeps. No word is there."""

import logging
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from litestar import Litestar
from tests.conftest import Databases
from tests.journal.pages import ids, lock, texts, unlock, value, write
from tests.processes import RemoteVisitor, Served, serving, visiting
from tests.thieves import files_below, found_in, spellings
from tests.visitors import PASSWORD, Visitor, newcomer

from recul.database import Database
from recul.journal.actions import entries

NAME, EMAIL = "Zoé Témoin-Clair", "temoin-clair@exemple.fr"
DAY = "2019-03-05"
PHRASE = "Hippocampe turquoise derrière la 7e porte"
CHANGED = "Hippocampe devenu vermillon"
DEPOSIT = "Scaphandre ambré sous le préau"
DRAFT = "Girouette malachite, encore inachevée"
LINE = "Cerf-volant indigo au bord du canal"
IMPORTED = "Locomotive safranée dans la cour"
REFUSED = "Astrolabe carmin, jamais enregistré"
SEARCHED = "Baromètre céladon"
FEELING, TAG = "embrumance", "Zinguerie lunaire"
SECRETS = [
    *(PHRASE, CHANGED, DEPOSIT, DRAFT, LINE, IMPORTED, REFUSED, SEARCHED, FEELING, TAG, PASSWORD),
    *("powerlessness", "impuissance", "practice_group", "analyse de la pratique"),
    *(DAY, "2019-03", "5 mars 2019", "mars 2019", "05/03/2019", "March 5"),
]
CSV = (
    "full_date,date,weekday,time,mood,activities,note_title,note\n"
    f"{DAY},March 5,Tuesday,10:00,rad,{TAG},,{IMPORTED}\n"
)

Stolen = Callable[[], "list[Path]"]


@pytest.mark.parametrize("word", [PHRASE, DAY, TAG, "5 mars 2019"])
def test_the_search_finds_each_spelling_anywhere(tmp_path: Path, word: str):
    for raw in spellings(word).values():
        (tmp_path / "file").write_bytes(b"\xff" * 70_001 + raw + b"\0" * 9)
        assert [found[0] for found in found_in(files_below(tmp_path), [word])][:1] == [word]


@pytest.mark.parametrize("before", range(4))
def test_the_search_finds_base64_at_any_offset(tmp_path: Path, before: int):
    (tmp_path / "file").write_bytes(b64encode(b"%" * before + PHRASE.encode() + b"!?"))
    assert found_in(files_below(tmp_path), [PHRASE])
    assert not found_in(files_below(tmp_path, since=time.time() + 60), [PHRASE])


async def settle(served: Served) -> RemoteVisitor:
    visitor = RemoteVisitor(served.url)
    fields = {"email": EMAIL, "display_name": NAME, "new_password": PASSWORD}
    assert (await visitor.post(served.invitation(), fields)).status_code == 303
    return visitor


async def live(ana: Visitor) -> None:
    """Everything that a journal takes in."""
    words = {"feelings": "powerlessness", "contexts": "practice_group"}
    await write(ana, PHRASE, own_feeling=FEELING, own_context=TAG, date=DAY, time="10:20", **words)
    assert PHRASE in texts(await ana.get("/carnet/mois/2019-03"))
    draft = {"template": "free", "text-text": DRAFT, "when": "date", "date": DAY}
    assert (await ana.post("/carnet/brouillon", draft)).status_code == 200
    assert (await ana.post("/carnet/ressources", {"line": LINE})).status_code == 303
    uploaded = await ana.upload("/carnet/import", {"file": ("d.csv", CSV.encode(), "text/csv")})
    assert uploaded.headers["location"] == "/carnet/import/apercu"
    assert (await ana.get("/carnet/import/apercu")).status_code == 200
    await lock(ana)
    await write(ana, DEPOSIT, own_feeling=FEELING, date=DAY, **words)


async def stumble(ana: Visitor) -> None:
    """What is refused, only asked, or goes wrong is written nowhere either."""
    await ana.post("/carnet/vite", {"text-line": REFUSED, "date": "2999-01-01"})
    await ana.client.post("/carnet/vite", data={"text-line": REFUSED})
    await ana.post("/carnet/reperage?champ=text-line", {"text-line": REFUSED})
    await ana.post("/carnet/import", {"file": REFUSED})
    await ana.post("/connexion", {"email": EMAIL, "password": f"{PASSWORD}, {REFUSED}"})
    await ana.post("/carnet/recherche", {"mots": SEARCHED})
    await ana.get(f"/{SEARCHED}")


async def erase(ana: Visitor) -> None:
    """Change, import, export, then erase all there is, and lock."""
    await unlock(ana)
    for path in (
        "/carnet/export/carnet.json",
        "/carnet/tendances",
    ):
        assert (await ana.get(path)).status_code == 200
    assert (await ana.post("/carnet/import/confirmation")).status_code == 303
    month = await ana.get("/carnet/mois/2019-03")
    assert len(ids(month)) == 3
    for moment in ids(month):
        address = f"/carnet/moments/{moment}"
        form = await ana.get(f"{address}/modifier")
        typed = {name: value(form, name) for name in ("seen", "template", "when", "date", "time")}
        text = {"text-line": CHANGED, "text-text": CHANGED}
        changed = await ana.post(f"{address}/modifier", typed | text)
        assert changed.status_code == 303
        assert (await ana.post(f"{address}/effacer")).status_code == 200
    await ana.post("/carnet/brouillon/retrait")
    await lock(ana)


@pytest.fixture
def place(tmp_path: Path, databases: Databases, live_url: str) -> tuple[str, Path]:
    """Address of the database ("" for the usual one) and the folder its server keeps it in."""
    if databases.server:
        return live_url, databases.server.pgdata
    return "", tmp_path / "var"


async def flushed(databases: Databases) -> None:
    """PostgreSQL writes into its files what it has in memory."""
    if databases.server:
        connection = await asyncpg.connect(databases.server.get_uri())
        await connection.execute("CHECKPOINT")
        await connection.close()


async def test_a_stolen_disk_holds_no_word(
    tmp_path: Path, databases: Databases, place: tuple[str, Path]
):
    url, data = place
    began = time.time() - 2
    log = tmp_path / "server.log"

    async def stolen() -> list[Path]:
        await flushed(databases)
        return [*files_below(data, began), *files_below(tmp_path)]

    with serving(tmp_path / "var", log, url) as served:
        ana = await settle(served)
        async with visiting(ana):
            await live(ana)
            await stumble(ana)
            assert found_in(await stolen(), SECRETS) == []
            await erase(ana)
            assert found_in(await stolen(), SECRETS) == []
            # What is known to be in clear is found by the same search in the same files.
            assert {word for word, *_ in found_in(await stolen(), [NAME, EMAIL])} == {NAME, EMAIL}
    assert found_in(files_below(tmp_path), SECRETS) == []
    assert "Recul answers at" in log.read_text()


def kept_names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in files_below(folder)}


async def test_the_server_keeps_nothing_but_its_database(
    tmp_path: Path, databases: Databases, place: tuple[str, Path]
):
    """No session files, no uploads, no cache: whoever makes a backup knows what is in it."""
    with serving(tmp_path / "var", tmp_path / "server.log", place[0]) as served:
        ana = await settle(served)
        async with visiting(ana):
            await live(ana)
    expected = set() if databases.server else {"recul.sqlite"}
    assert kept_names(tmp_path / "var") == expected


async def crash(*args: object, **more: object) -> None:
    raise RuntimeError(f"{PHRASE} {args} {more}")


async def test_a_crash_tells_the_log_where_and_not_what(
    live_db: Database,
    app: Litestar,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
):
    caplog.set_level(logging.DEBUG)
    ana = await newcomer(app)
    monkeypatch.setattr(entries, "write", crash)
    answer = await ana.post("/carnet/vite", {"nonce": "n", "text-line": PHRASE, "date": DAY})
    assert answer.status_code == 500
    said = caplog.text + "".join(capfd.readouterr())
    assert "RuntimeError at " in said
    assert not [secret for secret in (*SECRETS, ana.email, "Ana") if secret in said]


async def test_at_the_most_talkative_level_the_logs_say_nothing(
    live_db: Database,
    app: Litestar,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
):
    caplog.set_level(logging.DEBUG)
    ana = await newcomer(app)
    for chapter in (live, stumble, erase):
        await chapter(ana)
    # httpx is the visitor here, not the server.
    said = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    (tmp_path / "said").write_text("\n".join([*said, *capfd.readouterr()]))
    assert found_in(files_below(tmp_path), [*SECRETS, ana.email]) == []
