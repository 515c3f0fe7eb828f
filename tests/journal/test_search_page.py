"""Search over everything, by words, feeling and context; pages of thirty."""

from html import unescape
from urllib.parse import unquote

import httpx
import pytest
from tests.journal.pages import PART, ids, write
from tests.visitors import Visitor

pytestmark = pytest.mark.usefixtures("stopped_clock")

ADDRESS = "/carnet/recherche"


async def found(visitor: Visitor, **asked: str) -> httpx.Response:
    """The page of what was found: asked by a form, at an address that says nothing."""
    number = asked.pop("page", None)
    sent = await visitor.post(ADDRESS, asked)
    address = sent.headers["location"]
    assert not any(word in unquote(address) for word in asked.values() if len(word) > 1)
    return await visitor.get(address + (f"&page={number}" if number else ""))


async def three(ana: Visitor) -> None:
    await write(ana, "Élodie a claqué la porte.", feelings="anger", contexts="school")
    await write(ana, "Une SYNTHÈSE apaisée, l’œuvre de tous.", date="2024-05-06", feelings="relief")
    await write(ana, "Rien à signaler.", own_feeling="cotonneuse", own_context="Maraude de nuit")


def count(page: httpx.Response) -> int:
    return len(ids(page))


async def test_nothing_asked_nothing_shown(ana: Visitor):
    await three(ana)
    page = await found(ana)
    assert (count(page), "Écrivez un mot" in page.text) == (0, True)


@pytest.mark.parametrize(
    ("words", "moments"),
    [
        ("porte", 1),
        ("PORTE claque", 1),
        ("porte signaler", 0),
        ("synthese apaisee", 1),
        ("élodie", 1),
        ("elodie", 1),
        ("oeuvre", 1),
        ("l'œuvre", 1),
        ("colère", 1),  # a feeling, by its word
        ("école", 1),  # a context
        ("cotonneuse", 1),
        ("maraude", 1),
        ("anger", 0),  # never by a key
        ("(", 0),
        ("%", 0),
        ("\\", 0),
        ("é" * 300, 0),
    ],
)
async def test_words_whatever_accents_and_capitals(ana: Visitor, words: str, moments: int):
    await three(ana)
    page = await found(ana, mots=words)
    assert (page.status_code, count(page)) == (200, moments)
    if not moments:
        assert "Rien ne correspond" in page.text


async def test_by_feeling_and_context(ana: Visitor):
    await three(ana)
    assert count(await found(ana, ressenti="anger")) == 1
    assert count(await found(ana, ressenti="cotonneuse")) == 1
    assert count(await found(ana, contexte="school")) == 1
    assert count(await found(ana, contexte="Maraude de nuit", ressenti="cotonneuse")) == 1
    assert count(await found(ana, contexte="school", ressenti="relief")) == 0
    assert count(await found(ana, mots="porte", ressenti="anger", contexte="school")) == 1


async def test_what_was_asked_stays_and_is_marked(ana: Visitor):
    await three(ana)
    page = await found(ana, mots="PORTE", ressenti="anger")
    assert 'value="PORTE"' in page.text
    assert '<option value="anger" selected>' in page.text
    assert "Élodie a claqué la <mark>porte</mark>." in page.text


async def test_markup_is_never_read_as_such(ana: Visitor):
    await write(ana, "<b>gras</b> & <script>")
    page = await found(ana, mots='<script>"')
    assert "<script>" not in page.text.replace("<script src", "").replace("<script type", "")
    page = await found(ana, mots="gras")
    assert "&lt;b&gt;<mark>gras</mark>&lt;/b&gt; &amp; &lt;script&gt;" in page.text


async def test_pages_of_thirty(ana: Visitor):
    for n in range(31):
        await write(ana, f"moment {n}", date="2026-11-02", time=f"{n % 24:02}:{n:02}")
    first = await found(ana, mots="moment")
    assert (count(first), "31 moments trouvés" in first.text) == (30, True)
    older = unescape(first.text).partition('" rel="next"')[0].rpartition('href="')[2]
    second = await ana.get(older)
    assert (count(second), set(ids(first)) & set(ids(second))) == (1, set())
    assert 'rel="prev"' in second.text
    assert count(await found(ana, mots="moment", page="3")) == 0


@pytest.mark.parametrize("page", ["0", "00", "-1", "x", "", "٣", "9" * 5000, "1.5"])
async def test_a_page_that_is_none_is_the_first(ana: Visitor, page: str):
    await three(ana)
    assert count(await found(ana, mots="porte", page=page)) == 1


async def test_htmx_gets_what_the_page_includes(ana: Visitor):
    await three(ana)
    part = await ana.post(ADDRESS, {"mots": "porte"}, **PART)
    page = await ana.get(part.headers["hx-replace-url"])
    assert "<html" not in part.text
    assert (count(part), count(page)) == (1, 1)
    assert part.text.split('<nav class="pages"')[0].strip() in page.text


@pytest.mark.parametrize("query", ["", "x", "é", "A" * 2000, "A" * 738])
async def test_an_address_that_was_not_made_here_asks_nothing(ana: Visitor, query: str):
    await three(ana)
    page = await ana.get(f"{ADDRESS}?q={query}&mots=porte")
    assert (page.status_code, count(page)) == (200, 0)


async def test_the_address_of_a_search_is_of_no_use_to_somebody_else(ana: Visitor, boris: Visitor):
    await three(ana)
    sent = await ana.post(ADDRESS, {"mots": "porte"})
    page = await boris.get(sent.headers["location"])
    assert (page.status_code, "porte" in page.text) == (200, False)


async def test_a_stranger_finds_only_her_own(ana: Visitor, boris: Visitor):
    await three(ana)
    page = await found(boris, mots="porte")
    assert (count(page), "Élodie" in page.text) == (0, False)
    page = await found(boris, ressenti="cotonneuse")
    assert (count(page), "Maraude" in page.text) == (0, False)
