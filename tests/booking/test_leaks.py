"""Who takes part in what is told to nobody else, by whatever way it could come out.

What is searched for is in `leaks_world`; whoever may find something of it is in `ALLOWED`.
"""

import logging
import re
from collections import defaultdict
from typing import NamedTuple

import pytest
from litestar import Litestar
from tests.booking.leaks_crawl import Answer, Ids, answered, calendar_of, guessed, shown
from tests.booking.leaks_world import Hidden, hidden, marks, to_twins, turned
from tests.organisation.world import inhabited, stranger

from recul.database import Database

Told = dict[str, set[str]]
"""By route: what it gave away."""
STRUCTURE = re.compile(r"\w+ /structure/(personnes|equipes/|appartenances/)")
"""Who is of which team: for organisers, whether somebody takes part in anything or not. That
these pages do not depend on it is tried below."""
TEAM = {
    "GET /equipes/{team}": {"Zéphyrine", "id of Zéphyrine"},
    "POST /equipes/{team}/referent": {"Zéphyrine", "id of Zéphyrine"},
}
"""Those who are of the same team know that she is."""
SEATED = {"Zéphyrine", "Ysaline", "Hermine"}
NOTED = {"id of Zéphyrine", "id of Ysaline"}
"""Whose presence can be noted: their meeting has begun."""
ALONE = {"Ulysse", "part of Ulysse"}
WEEK = "GET /animation?semaine=2026-W48"
SHEETS = "GET /animation/emargement.pdf"
APPOINTMENT = "/animation/supervision/rendez-vous/{appointment}"
ALLOWED: dict[str, Told] = {
    "self": TEAM,
    "colleague": TEAM,
    "steward": TEAM,
    # In his own groups, never an address; and those whom he sees alone.
    "facilitator": {
        "GET /animation/cycles/{cycle}": SEATED
        | {"Wandrille", "Quitterie", "Philippine", "part of Philippine", "part of Apolline"},
        SHEETS: {"Zéphyrine", "Ysaline"},
        f"{SHEETS}?semaine=2026-W45": {"Zéphyrine", "Ysaline"},
        f"{SHEETS}?semaine=2026-W49": SEATED,
        "GET /animation/seances/{meeting}": SEATED | NOTED,
        "GET /animation/seances/{meeting}/emargement.pdf": SEATED,
        "POST /animation/seances/{meeting}/presences": SEATED,
        WEEK: ALONE,
        "GET /animation/mois": ALONE,
        "GET /animation/supervision": ALONE,
        f"GET {APPOINTMENT}": {"Ulysse"},
        f"GET {APPOINTMENT}/deplacement": {"Ulysse"},
        f"POST {APPOINTMENT}/annulation": {"Ulysse"},
        f"POST {APPOINTMENT}/deplacement": {"Ulysse"},
        f"POST {APPOINTMENT}/presence": {"Ulysse"},
        "GET /ce-que-voit-l-administrateur": {"id of Ulysse", "part of Ulysse"},
        "calendar": {"part of Ulysse"},
    },
    # Each her own.
    "Pauline": {"GET /ce-que-voit-l-administrateur": {"part of Pauline"}},
    "Apolline": {"GET /ce-que-voit-l-administrateur": {"part of Apolline"}},
    # She has a seat beside Hermine, and learns that one name; not who asks beside them.
    "Mahaut": {
        "GET /ce-que-voit-l-administrateur": {"part of Mahaut"},
        "GET /groupes/cycles/{cycle}/participants": {"Hermine"},
        "GET /groupes/seances/{meeting}": {"Hermine"},
    },
}
NOTHING = ("manager", "administrator", "stranger", "Gontran", "nobody")
RANK = re.compile(r"Vous êtes (\d+e|en tête)")
RANDOM = re.compile(r'name="(nonce|id|group|cycle|meeting)" value="[^"]*"')


@pytest.fixture
async def found(
    noon: None, db: Database, app: Litestar, caplog: pytest.LogCaptureFixture
) -> Hidden:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpx")  # The test's own: it names every address.
    house = await inhabited(app)
    await stranger(app, house)
    return await hidden(app, house)


def told(answers: list[Answer], secret: dict[str, str]) -> Told:
    """What stands in an address was known before."""
    given: Told = defaultdict(set)
    for one in answers:
        here = {what for mark, what in secret.items() if mark in one.said}
        here -= {what for mark, what in secret.items() if mark in one.address}
        if here:
            given[one.route] |= here
    return dict(given)


async def test_each_is_told_what_is_hers_to_know(
    app: Litestar, found: Hidden, caplog: pytest.LogCaptureFixture
):
    ids, secret = await guessed(found), await marks(found)
    ranks = {}
    for name, visitor in found.viewers.items():
        answers = await shown(app, visitor, ids) + await answered(app, visitor, ids)
        assert [one.address for one in answers if one.status >= 500] == []
        ranks[name] = {rank for one in answers for rank in RANK.findall(one.said)}
        given = told(answers, secret)
        if name == "organiser":
            given = {route: what for route, what in given.items() if not STRUCTURE.match(route)}
        allowed = ALLOWED.get(name, {})
        more = {(at, one) for at, what in given.items() for one in what - allowed.get(at, set())}
        assert more == set(), name
        assert set().union(*given.values()) == set().union(*allowed.values()), name
    assert set(found.viewers) == {*ALLOWED, *NOTHING, "organiser"}
    assert {name: found for name, found in ranks.items() if found} == {"Pauline": {"3e"}}
    assert logged(caplog, secret) == []


def logged(caplog: pytest.LogCaptureFixture, secret: dict[str, str]) -> list[str]:
    """Lines of the log that say something of somebody: of the house's making, and of the look."""
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    lines = [one.getMessage() for one in records]
    return [line for line in lines if any(mark in line for mark in secret)]


async def test_beside_somebody_one_reads_her_name_and_not_whether_she_comes(found: Hidden):
    """Hermine excused herself from this date: that is between her and who leads the group."""
    meeting = found.circles["asked for"].meetings[0]
    beside = await found.viewers["Mahaut"].get(f"/groupes/seances/{meeting}")
    assert beside.status_code == 200
    assert not re.search("excus|absent", beside.text, re.IGNORECASE)
    leads = await found.viewers["facilitator"].get(f"/animation/seances/{meeting}")
    assert "excusé·e" in leads.text


# Nothing depends on who it is


class Look(NamedTuple):
    said: str
    asked: int


OUTSIDE = (
    *("organiser", "manager", "colleague", "steward", "administrator", "stranger"),
    *("Gontran", "Pauline", "Apolline"),
)


# These tell each viewer of the copies that she took while she looked.
OF_HER_OWN_LOOK = {"GET /compte/acces", "GET /ce-que-voit-l-administrateur"}


async def look(app: Litestar, found: Hidden, name: str, ids: Ids) -> dict[str, Look]:
    """By address: what it shows but for what is new each time, and how much was asked for it."""
    return {
        one.route + one.address: Look(RANDOM.sub("", one.said.partition("Headers(")[0]), one.asked)
        for one in await shown(app, found.viewers[name], ids)
        if one.route not in OF_HER_OWN_LOOK
    }


@pytest.mark.parametrize("change", [to_twins, turned])
async def test_no_answer_depends_on_who_takes_part_or_was_there(
    app: Litestar, found: Hidden, change: object
):
    """Neither a word, nor its length, nor a question asked of the database."""
    ids = {name: known[:3] for name, known in (await guessed(found)).items()}
    before = {}
    for name in OUTSIDE:
        await calendar_of(found.viewers[name])
        await found.viewers[name].get("/")
        before[name] = await look(app, found, name, ids)
    assert callable(change)
    await change(found)
    for name in OUTSIDE:
        after = await look(app, found, name, ids)
        assert {at for at, one in after.items() if one != before[name][at]} == set(), name
