"""Where templates, static files, catalogues and migrations lie.

In a checkout they are folders at the top of the repository; in an installed wheel they are
inside the package, under ``_bundled``.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_bundled", _PACKAGE.parent.parent)


@cache
def folder(name: str) -> Path:
    """The folder `name`. Raises FileNotFoundError when the installation is incomplete."""
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"The folder {name}/ is missing from this installation of Recul.")


def templates() -> Path:
    return folder("templates")


def static() -> Path:
    return folder("static")


def locale() -> Path:
    return folder("locale")


def migrations() -> Path:
    return folder("migrations")
