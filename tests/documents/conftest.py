"""A template that uses all that templates share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recul import paths

TEMPLATE = """
#import "_page.typ": *
#show: page-of.with(over: data.over)
#opening(over: data.over, under: data.under)
#part("Noms", aside: "deux heures")
#listing((1fr, 40mm), ("Nom", "Heures"), data.rows.map(one => (one, "2,0")),
  totals: ("Total", "16,0"), row-height: 12mm, numbers: (1,))
#points(("Un point", (strong: "Fort", text: "", soft: "doux")))
#facts((("Groupe", "Lundi"),))
#line-for("Lieu")
#signature("Signature")
#notes()
"""


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes the template `try` beside copies of ours."""
    folder = tmp_path / "templates" / "documents"
    folder.mkdir(parents=True)
    ours = paths.templates() / "documents"
    (folder / "fonts").symlink_to(ours / "fonts")
    (folder / "_page.typ").write_bytes((ours / "_page.typ").read_bytes())
    monkeypatch.setattr(paths, "templates", lambda: folder.parent)

    def write(text: str) -> None:
        (folder / "try.typ").write_text(text)

    write(TEMPLATE)
    return write
