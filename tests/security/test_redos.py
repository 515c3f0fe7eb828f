"""Attack: a text on which a regular expression tries every way of reading it, one after another.

Thirty characters of the wrong sort can hold a server for hours; a note of 20,000 characters, or
a cell of a file of people, is enough for one that is merely quadratic. While the identity guard
looks for names in one note, everybody else would wait. Each expression of the sources is known
here, and is measured on texts that grow: a new one has to be added, and a slow one fails.
"""

import re
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.security.growth import grows_too_fast
from tests.security.regexes import Written, written

from recul.booking import typed_dates
from recul.documents.plain import plain_text
from recul.journal import daylio, parsed
from recul.journal.identity_guard import findings, replace_all
from recul.journal.search import _pattern as search_pattern
from recul.notifications import addresses
from recul.organisation import people_csv
from recul.web import compiled, i18n

CONSTANTS = {
    "accounts/passwords.py": ("_END", "_ENDS", "_NOT_LETTERS", "_SEPARATORS"),
    "booking/forms/service_agreements.py": ("CLOCKWISE", "DECIMAL"),
    "booking/slots.py": ("_KEY",),
    "booking/typed_dates.py": ("_FIGURES", "_ISO", "_WORDS"),
    "database/migrations.py": ("_ID",),
    "documents/plain.py": ("LONG_WORD", "NO_CHARACTER", "UNPRINTABLE"),
    "documents/rendering.py": ("LINE", "QUOTED"),
    "journal/daylio.py": ("_BREAK", "_CLOCK", "_MARKUP"),
    "journal/identity_guard/addresses.py": ("_BEFORE_NUMBER", "_BEFORE_TOWN", "_BOX"),
    "journal/identity_guard/contacts.py": ("_BIRTH", "_EMAIL", "_PHONE"),
    "journal/identity_guard/tokens.py": (
        *("APOSTROPHE", "COMMA_AND_SPACES", "DOT_AND_SPACES", "SPACES", "_MARK", "_TOKEN"),
    ),
    "journal/parsed.py": ("_UNTYPABLE",),
    "notifications/addresses.py": ("DOMAIN",),
    "notifications/smtp.py": ("DOT",),
    "web/compiled.py": ("PLACES",),
}
GUARD = "recul.journal.identity_guard"
INSIDE: dict[tuple[str, str], list[re.Pattern[str]]] = {
    # What another test reads, never a visitor's: our own scenes, files and settings.
    ("demo/scenes.py", "_numbers"): [],
    ("demo/scenes.py", "scenes"): [],
    ("web/assets.py", "HEAD_OF_LINE"): [],
    ("web/assets.py", "REMARKS"): [],
    ("values.py", "mail_from"): [re.compile(r"[^\s@<>()\",;:]+@[A-Za-z0-9.-]+")],
    ("web/dates.py", "_first"): [re.compile(r"(?<!\d)1 ")],
    ("web/i18n.py", "typeset"): [re.compile(r" (?=[:;!?»]|%(?!\())")],
    # Written where they are used.
    ("notifications/letters.py", "write"): [re.compile(r"\n{3,}")],
    ("organisation/forms.py", "_newcomer"): [re.compile(r"[;,\t<>\s]+")],
    ("organisation/people_csv.py", "_bare"): [re.compile(r"\([^()]*\)|[·•.][^\s·•.]+")],
    ("web/errors.py", "_methods"): [re.compile(r"\{[^/{}]+\}"), re.compile("/a/[^/]+/b/[^/]+/c")],
    # Made of parts.
    ("journal/identity_guard/numbers.py", "_pattern"): [
        *(getattr(import_module(f"{GUARD}.numbers"), one) for one in ("_NIR", "_AVS", "_NISS")),
    ],
    ("journal/search.py", "_pattern"): [search_pattern("a"), search_pattern("oeuvre" * 20)],
}
WHOLE = {
    *("DECIMAL", "CLOCKWISE", "_KEY", "_ISO", "_FIGURES", "_WORDS", "DOMAIN", "mail_from"),
    *("SPACES", "DOT_AND_SPACES", "COMMA_AND_SPACES", "_BEFORE_NUMBER", "_BEFORE_TOWN"),
}
"""Used on a whole field or on what stands between two words, never to search a text."""
SIGNS = "aAé0 \n\t.,-_@()<>/'\"%{}+;:\u0301°·\u00a0!"
PIECES = (
    *(
        "rue ",
        "12 rue ",
        "né le ",
        "01/01/",
        "+33",
        "06 ",
        "0 1",
        "Boîte 1",
        ", bte ",
        "<p ",
        "<br",
    ),
    *(
        "1h",
        "12:3",
        "n° ",
        "M. ",
        "Mme ",
        "a@",
        "a.b",
        "@a.",
        "e\u0301",
        "-a",
        "1-",
        "75000 ",
        "%(",
    ),
    *(
        "naissance : ",
        "(0)",
        "00 33",
        "756.",
        "`a",
        '"a',
        "─ ",
        "\n\n\n",
        "ǆ",
        "ﬁ",
        "œ",
        "《",
        "2A",
    ),
)
UNITS = (*SIGNS, *PIECES, *("".join(pair) for pair in product("aA0 .-@(<\n", repeat=2)))
TAILS = ("", "\0", "0a!")


def test_every_expression_of_the_sources_is_known():
    named = [Written(file, name) for file, names in CONSTANTS.items() for name in names]
    inside = [Written(*place) for place in INSIDE]
    twice = [Written("web/assets.py", "REMARKS"), Written("web/errors.py", "_methods")]
    assert Counter(written()) == Counter(named + inside + twice)


def patterns() -> dict[str, re.Pattern[Any]]:
    found: dict[str, re.Pattern[Any]] = {}
    for file, names in CONSTANTS.items():
        module = import_module("recul." + file.removesuffix(".py").replace("/", "."))
        found |= {f"{file} {name}": getattr(module, name) for name in names}
    for (file, name), made in INSIDE.items():
        found |= {f"{file} {name} {number}": one for number, one in enumerate(made)}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_expression_takes_more_than_its_share(name: str):
    pattern = patterns()[name]
    as_bytes = isinstance(pattern.pattern, bytes)

    def work(text: str) -> object:
        typed = text.encode() if as_bytes else text
        if name.split()[1] in WHOLE:
            return pattern.fullmatch(typed)
        return sum(1 for _ in pattern.finditer(typed))

    slow = [(u, tail) for u in UNITS for tail in TAILS if grows_too_fast(work, u, tail)]
    assert slow == []


WORKS: dict[str, Callable[[str], object]] = {
    "identity guard": findings,
    "identity guard, all taken": lambda text: replace_all(text[:4000]),
    "search": lambda text: search_pattern("eleve").search(text),
    "Daylio's markup": lambda text: daylio._MARKUP.sub("", daylio._BREAK.sub("\n", text)),
    "tidied": parsed.tidy_text,
    "for print": plain_text,
    "a role in a file of people": people_csv._bare,
    "a typed date": typed_dates._ISO.fullmatch,
    "a mail's address": addresses.DOMAIN.fullmatch,
    "typeset": i18n.typeset,
    "a template's text": lambda text: compiled.PLACES.sub("", text),
    "the first of a month": lambda text: re.sub(r"(?<!\d)1 ", "1er ", text),
}


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    unit=st.one_of(
        st.text(min_size=1, max_size=6),
        st.lists(st.sampled_from((*SIGNS, *PIECES)), min_size=1, max_size=4).map("".join),
    ),
    tail=st.sampled_from(TAILS),
)
def test_no_reading_takes_more_than_its_share(unit: str, tail: str):
    slow = [name for name, work in WORKS.items() if grows_too_fast(work, unit, tail)]
    assert slow == [], (unit, tail)


def test_the_measure_sees_a_square():
    assert grows_too_fast(re.compile(r"\([^)]*\)").search, "(")
    assert grows_too_fast(re.compile(r"[0-9]+$").search, "0", "a")
    assert not grows_too_fast(re.compile(r"\([^()]*\)").search, "(")
