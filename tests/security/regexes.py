"""Every regular expression of the sources, found by reading them."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recul import paths

SOURCES = paths.templates().parent / "src" / "recul"
USES = {"compile", "match", "search", "sub", "subn", "fullmatch", "finditer", "findall", "split"}


class Written(NamedTuple):
    file: str
    name: str
    """Of the constant, or of the function in which it stands."""


def written() -> list[Written]:
    return sorted(one for file in SOURCES.rglob("*.py") for one in _in(file))


def _in(file: Path) -> Iterator[Written]:
    tree = ast.parse(file.read_text("utf-8"))
    for top in tree.body:
        name = _name(top)
        for node in ast.walk(top):
            if isinstance(node, ast.Call) and _of_re(node.func):
                yield Written(file.relative_to(SOURCES).as_posix(), name)


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return str(getattr(node, "name", ""))


def _of_re(node: ast.expr) -> bool:
    """`re.compile` and its like, under that name."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in USES
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
    )
