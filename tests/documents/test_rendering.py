"""Documents: accessible, the same bytes everywhere, and nothing that people write is read."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest
from tests.documents import papers
from tests.documents.papers import made

from recul import clock, paths
from recul.documents import DocumentError, rendering

NAMES = ["Ana", "Boris", "Clotilde"]
NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


# Accessible


@pytest.mark.usefixtures("templates")
async def test_it_keeps_the_promises_of_pdf_ua():
    assert papers.promises(await made(NAMES, language="en")) == {
        "marked": True,
        "language": "en",
        "title shown": True,
        "title": "Émargement",
        "pdf/ua": True,
    }


@pytest.mark.usefixtures("templates")
async def test_headings_lists_and_table_heads_are_tagged():
    found = papers.tags(await made(NAMES))
    kept = [tag for tag in found if tag in ("/H1", "/H2", "/Table", "/THead", "/TFoot", "/L")]
    assert kept == ["/H1", "/H2", "/Table", "/THead", "/TFoot", "/L"]
    assert [found.count(tag) for tag in ("/TH", "/TR", "/TD")] == [2, 5, 8]


@pytest.mark.usefixtures("templates")
async def test_a_long_table_repeats_its_head_and_says_its_totals_once():
    content = await made([f"Personne {n}" for n in range(60)])
    pages = [page.extract_text() for page in papers.opened(content).pages]
    assert len(pages) == 4
    assert all("Nom" in page for page in pages[:3])
    assert all(f"{n}/4" in page for n, page in enumerate(pages, 1))
    assert all("Émargement" in page and "Val-Clair" in page for page in pages)
    assert sum("16,0" in page for page in pages) == 1
    assert papers.tags(content).count("/THead") == 1


# The same everywhere


@pytest.mark.usefixtures("templates")
async def test_the_same_bytes_all_day_and_no_hour():
    with clock.set_to(NOW):
        morning = await made(NAMES)
    with clock.set_to(NOW + timedelta(hours=5)):
        assert await made(NAMES) == morning
    assert b"20261124000000" in morning
    with clock.set_to(NOW + timedelta(days=1)):
        assert await made(NAMES) != morning


@pytest.mark.usefixtures("templates")
async def test_only_our_typefaces_are_known():
    known = {one.path for one in rendering._fonts().fonts()} - {None}
    names = {Path(path).name for path in known if path}
    ours = {path.name for path in (paths.templates() / "documents" / "fonts").glob("*.ttf")}
    assert names == ours


def test_no_template_asks_for_a_package():
    folder = paths.templates() / "documents"
    assert [path.name for path in folder.glob("*.typ") if '"@' in path.read_text()] == []


# What goes wrong


async def test_a_wrong_template_is_told_by_its_line_and_never_by_people_s_words(
    templates: Callable[[str], None],
):
    templates('#import "_page.typ": data\n#set document(title: "T")\n#int(data.over)')
    with pytest.raises(DocumentError) as raised:
        await made(NAMES, over="Anabelle")
    assert "try.typ:3" in str(raised.value)
    assert "Anabelle" not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_a_template_reads_nothing_outside_its_folder(
    templates: Callable[[str], None], tmp_path: Path
):
    (tmp_path / "secret").write_text("secret")
    for path in ("../../secret", str(tmp_path / "secret")):
        templates(f'#set document(title: "T")\n#read("{path}")')
        with pytest.raises(DocumentError):
            await made(NAMES)


# Beside the rest of the server


@pytest.mark.usefixtures("templates")
async def test_the_event_loop_goes_on_meanwhile():
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(turn)
        await made(["mot " * 20_000])
        tasks.cancel_scope.cancel()
    assert turns > 10


@pytest.mark.usefixtures("templates")
async def test_many_at_once_are_each_their_own():
    found: dict[int, bytes] = {}

    async def one(number: int) -> None:
        found[number] = await made([f"Personne {number}"])

    async with anyio.create_task_group() as tasks:
        for number in range(12):
            tasks.start_soon(one, number)
    for number, content in found.items():
        assert f"Personne {number} " in papers.words(content)


def test_a_server_that_prints_nothing_does_not_load_typst():
    asked = "import sys, recul.app; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
