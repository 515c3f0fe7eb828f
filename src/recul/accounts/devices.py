"""Naming a device coarsely, so that somebody recognises it in the list and no more is kept."""

from collections.abc import Callable

from recul.words import N_

UNKNOWN = N_("Navigateur inconnu")
_ON = N_("{browser} sur {system}")

# First match wins: most browsers also claim to be the ones further down.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_ENOUGH = 512


def describe(user_agent: str) -> str:
    """A French label such as "Firefox sur Android", without version or model."""
    text = user_agent[:_ENOUGH]
    browser = _first(_BROWSERS, text)
    if browser is None or not text.startswith("Mozilla/5.0 ("):
        return UNKNOWN
    system = _first(_SYSTEMS, text)
    return _ON.format(browser=browser, system=system) if system else browser


def in_words(label: str, translate: Callable[[str], str]) -> str:
    """A stored label in the reader's language."""
    browser, _, system = label.partition(" sur ")
    return translate(_ON).format(browser=browser, system=system) if system else translate(label)


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for mark, name in marks if mark in text), None)
