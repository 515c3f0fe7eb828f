"""The discussion sheet as a PDF: what the page says, for whom the page is."""

import re
from html import unescape

import pytest
from tests.documents import papers
from tests.organisation.world import House
from tests.trends.team_world import LAST, agreed, at, publish, talked
from tests.visitors import Visitor

from recul.trends.actions import commitments
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("ring")


async def sheet(house: House) -> bytes:
    answer = await house.self.get(at(house, "feuille.pdf"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


async def told_on_the_page(house: House) -> list[str]:
    """Titles, paragraphs and points of the page, without what is for the screen alone."""
    text = (await house.self.get(at(house, "feuille"))).text
    text = text[text.index('<div class="column talk">') : text.index("</main>")]
    text = re.sub(r'<(p|div) class="[^"]*screen-only".*?</\1>', "", text, flags=re.DOTALL)
    parts = re.findall(r"<(h1|h2|p|li)[ >](.*?)</\1>", text, re.DOTALL)
    return [_compact(re.sub(r"^[^<>]*>|<[^>]+>", "", inner)) for _, inner in parts]


def _compact(text: str) -> str:
    return re.sub(r"\s|·|\u200b", "", unescape(text))


async def test_it_says_what_the_page_says_on_one_side(house: House):
    await talked(house)
    content = await sheet(house)
    paper = _compact(papers.words(content))
    parts = await told_on_the_page(house)
    assert len(parts) > 20
    assert "Unécritdemoins(dit)" in parts
    headed = [part for part in parts if "Polyvalence" not in part]  # On two lines of the paper.
    assert [part for part in headed if part not in paper] == []
    assert "Polyvalence" in paper
    assert "publicationdu" in paper
    assert len(papers.opened(content).pages) == 1


async def test_without_figures(house: House):
    await publish(house, LAST, {})
    shown = papers.words(await sheet(house))
    assert "Sans chiffres : chacun écrit pour soi" in shown
    assert "publication du" not in shown


async def test_it_is_accessible(house: House):
    await talked(house)
    content = await sheet(house)
    assert papers.promises(content) == {
        "marked": True,
        "language": "fr",
        "title shown": True,
        "title": "Trente minutes pour en parler",
        "pdf/ua": True,
    }
    found = papers.tags(content)
    assert [found.count(tag) for tag in ("/H1", "/H2", "/L")] == [1, 5, 4]


async def test_in_english(house: House):
    await talked(house)
    await house.self.post("/langue", {"language": "en"})
    content = await sheet(house)
    assert papers.promises(content)["language"] == "en"
    shown = papers.words(content)
    assert "Thirty minutes to talk about it" in shown
    assert "Le cadre" not in shown
    assert "Un écrit de moins" in shown


async def test_what_a_team_wrote_stays_words(house: House):
    await talked(house)
    typed = '#read("/etc/passwd") *gras* $x$ \\ <b>été</b> 🎉'
    kept = await commitments.add(house.team, LAST, typed, "", None)
    await commitments.tell(house.team, kept, "kept", "#panic() " + "x" * 280)
    shown = papers.joined(await sheet(house))
    assert "".join(typed[:-2].split()) in shown
    assert "#panic()" + "x" * 280 in shown


async def test_more_commitments_than_one_page_holds(house: House):
    await talked(house)
    for number in range(30):
        await commitments.add(house.team, LAST, f"Engagement {number} " + "mot " * 50, "", None)
    content = await sheet(house)
    shown = papers.words(content)
    assert [n for n in range(30) if f"Engagement {n} " not in shown] == []
    assert "Qui, pour quand" in shown
    assert len(papers.opened(content).pages) > 1


async def test_the_file(house: House):
    answer = await house.self.get(at(house, "feuille.pdf"))
    headers = answer.headers
    assert headers["content-disposition"] == 'attachment; filename="feuille-de-discussion.pdf"'
    assert headers["cache-control"] == "no-store"
    assert at(house, "feuille.pdf") in (await house.self.get(at(house, "feuille"))).text


async def test_it_is_for_those_for_whom_the_page_is(house: House, nobody: Visitor):
    await talked(house)
    await agreed(house)
    answers = {
        role: [(await one.get(at(house, page))).status_code for page in ("feuille", "feuille.pdf")]
        for role, one in house.people.items()
    }
    members = (Role.SELF, Role.COLLEAGUE, Role.STEWARD)
    assert answers == {role: [200 if role in members else 404] * 2 for role in house.people}
    unknown = await nobody.get(at(house, "feuille.pdf"))
    assert unknown.status_code == 303
    assert "Un écrit" not in unknown.text
