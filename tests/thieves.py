"""Looking for words in stolen files, in the spellings in which programs leave them behind."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def spellings(word: str) -> dict[str, bytes]:
    """The bytes of a word in each spelling."""
    raw = word.encode()
    found = {
        "UTF-8": raw,
        "latin-1": word.encode("latin-1", "replace"),
        "UTF-16-LE": word.encode("utf-16-le"),
        "UTF-16-BE": word.encode("utf-16-be"),
        "hexadecimal": raw.hex().encode(),
        "HEXADECIMAL": raw.hex().upper().encode(),
        "JSON": json.dumps(word)[1:-1].encode(),
        "address": quote(word).encode(),
        "form": quote(word).replace("%20", "+").encode(),
    }
    for before in range(3):
        found[f"base64, {before} bytes on"] = _inside(b64encode(b"\0" * before + raw), before, raw)
        found[f"base64 of addresses, {before} bytes on"] = _inside(
            urlsafe_b64encode(b"\0" * before + raw), before, raw
        )
    return found


def _inside(encoded: bytes, before: int, raw: bytes) -> bytes:
    """The characters that no neighbour of the word has a part in."""
    return encoded[(0, 2, 3)[before] : (before + len(raw)) * 8 // 6]


def files_below(folder: Path, since: float = 0) -> Iterator[Path]:
    """All files, or those written after a time: a word that was made up then is in no other."""
    for path in folder.rglob("*"):
        try:
            if path.is_file() and path.stat().st_mtime >= since:
                yield path
        except OSError:  # a server removes its own files at any time
            continue


def found_in(files: Iterable[Path], words: Iterable[str]) -> list[tuple[str, str, str]]:
    """(word, spelling, name of the file) of everything that was found."""
    needles = [(raw, word, name) for word in words for name, raw in spellings(word).items()]
    different = list({raw: (raw, word, name) for raw, word, name in reversed(needles)}.values())
    found, searched = [], set()
    for path in files:
        try:
            # PostgreSQL makes its logs in advance, of zeros, and each database a copy of another.
            content = path.read_bytes().rstrip(b"\0") + b"\0"
        except OSError:
            continue
        if content in searched:
            continue
        searched.add(content)
        found += [(word, name, path.name) for raw, word, name in different if raw in content]
    return found
