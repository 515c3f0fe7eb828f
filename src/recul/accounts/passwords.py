"""Which passwords are refused: too short, too long, easily guessed, or the person's own name.

There are no other rules: no mandatory digit, capital or change.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from recul.words import N_

SHORTEST = 12
LONGEST = 200
_SHORTEST_WORD = 4
_LONGEST_PATTERN = 6
_LIST = Path(__file__).with_name("common_passwords.txt")

_LOOKALIKES = str.maketrans("0134578@$!€", "oieastbasie")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_SEPARATORS = re.compile(r"[\s\-_.,'’]+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
# Looked at once: a run of digits in the middle is not tried again from each of them.
_END = re.compile(r"(?<![\W\d_])[\W\d_]++\Z")
_ENDS = re.compile(r"\A[\W\d_]++|(?<![\W\d_])[\W\d_]++\Z")
_ROWS = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789" * 3,
)
_RUNS = _ROWS + tuple(row[::-1] for row in _ROWS)


def check_password(password: str, email: str, display_name: str) -> str | None:
    """Why this password is refused, as a sentence to translate; None when it is accepted."""
    length = len(unicodedata.normalize("NFC", password))
    if length < SHORTEST:
        return N_(
            "Il faut au moins 12 caractères. Quelques mots faciles à retenir pour vous conviennent."
        )
    if length > LONGEST:
        return N_("Ce mot de passe dépasse 200 caractères. Une phrase plus courte suffit.")
    readings = {word for word in _readings(password) if len(word) >= _SHORTEST_WORD}
    if not _personal_words(email, display_name).isdisjoint(map(_repeated_part, readings)):
        return N_(
            "Ce mot de passe reprend votre nom ou votre adresse e-mail. Choisissez d’autres mots."
        )
    if any(map(_is_guessable, readings)):
        return N_(
            "Ce mot de passe se devine trop vite : il suit un modèle très courant. "
            "Quelques mots sans lien entre eux tiendront bien mieux."
        )
    return None


def _readings(password: str) -> Iterator[str]:
    """The ways a guesser would read it: as typed, and as the one word left without its dressing.

    "M0t de passe 2026!" reads "m0tdepasse2026!", "motdepasse"…; several words give no single word.
    """
    typed = _SEPARATORS.sub("", _fold(password))
    yield typed or password
    ends_bare = _ENDS.sub("", typed)
    for core in (ends_bare, _END.sub("", typed), typed.rstrip("!?*#+")):
        for spelling in (core, core.translate(_LOOKALIKES)):
            words = {word for word in _NOT_LETTERS.split(spelling) if word}
            if len(words) == 1:
                yield words.pop()


def _is_guessable(reading: str) -> bool:
    pattern = _repeated_part(reading)
    if len(pattern) < len(reading) and len(pattern) <= _LONGEST_PATTERN:
        return True
    return pattern in _common() or any(pattern in run for run in _RUNS)


def _repeated_part(text: str) -> str:
    """What a text repeats: "azer" for "azerazer"; the text itself when nothing repeats."""
    return text[: (text + text).find(text, 1)]


def _personal_words(email: str, display_name: str) -> set[str]:
    """The name and the address, whole and in parts, without digits or punctuation."""
    address, name = _fold(email), _fold(display_name)
    local = address.partition("@")[0]
    words = {"".join(_NOT_LETTERS.split(address)), _SEPARATORS.sub("", address)}
    for text in (local, name):
        parts = [part for part in _NOT_LETTERS.split(text) if part]
        words.update(parts, ["".join(parts), "".join(reversed(parts))])
    return {word for word in words if len(word) >= _SHORTEST_WORD}


def _fold(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def _common() -> frozenset[str]:
    """The list, read once: folded words, and whole passwords of 12 characters or more."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
