"""What people write is printed as it is, whatever it is, and never read as typst."""

import pytest
from tests.documents import papers
from tests.documents.papers import made

pytestmark = pytest.mark.usefixtures("templates")

HOSTILE = [
    '#read("/etc/passwd")',
    "#panic()",
    "*gras* _italique_ `brut` $x^2$ <balise> @renvoi",
    '"]) #import "_page.typ": data \\',
    "</script> %PDF \\u{41} // /* ~ --- ’“”",
    "= Titre + 1. - /",
]
STRANGE = [
    "🎉 👩🏽\u200d⚕️ 🇫🇷",
    "Жанна Ελένη שרה",
    "مريم العربية",
    "李小龙 ไทย हिन्दी",
    "e\u0301\u0302\u0303\u0304 ẞ ﬁ",
    "\u202eretourné\u202c \u2066isolé",
    "a\u200bb\u200dc\ufeffd\u00ade",
    "\x00\x07\x1b[0m\x7f\x85",
    "\ue000\ufdd0\ufffe\uffff\U0010ffff\u0378",
    "ligne\nsuivante\r\net\u2028encore\ttabulation",
    "\ud800 seul",
    "",
    " ",
    "\u0301",
]


@pytest.mark.parametrize("typed", HOSTILE)
async def test_words_are_never_read_as_typst(typed: str):
    content = await made([typed], over=typed)
    assert papers.joined(content).count(typed.replace(" ", "")) >= 2
    assert "root:" not in papers.words(content)


@pytest.mark.parametrize("typed", STRANGE, ids=ascii)
async def test_whatever_is_typed_can_be_printed(typed: str):
    content = await made([typed, "après"], over=typed)
    assert papers.promises(content)["pdf/ua"]
    assert "après" in papers.words(content)


async def test_a_character_that_nothing_draws_is_still_told():
    """The box stands for the first of them; each other is told beneath its own box."""
    content = await made(["李小龙"])
    assert "李李李" in papers.words(content)  # pypdf looks at the box only.
    told = papers.drawn(content)
    assert [f"/ActualText<FEFF{ord(one):04X}>".encode() in told for one in "小龙"] == [True, True]


async def test_every_character_can_be_printed():
    """Of what people type most; then one in a hundred of the rest."""
    points = (*range(0x20, 0x3000), *range(0x3000, 0x110000, 101), *range(0xFFF0, 0x10000))
    content = await made([" ".join(map(chr, points))])
    assert papers.promises(content)["pdf/ua"]


@pytest.mark.parametrize("typed", ["Z" * 10_000, "Z " * 10_000], ids=["one word", "many words"])
async def test_nothing_long_is_lost(typed: str):
    assert papers.joined(await made(["Ana", typed])).count("Z") == 10_000


async def test_a_long_word_keeps_within_the_page():
    content = await made(["anticonstitutionnellement" * 20])
    lines = papers.opened(content).pages[0].extract_text().splitlines()
    assert max(map(len, lines)) < 100
