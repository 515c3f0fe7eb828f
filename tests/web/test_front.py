"""What stands before every route: HEAD, the number of a request, its line in the log."""

import logging
import re

import pytest
from litestar import Litestar
from tests.routes import routes
from tests.visitors import Visitor, newcomer, settings

from recul.app import create_app
from recul.database import Database
from recul.journal.actions import entries

SECRET = "Une phrase que personne ne doit lire."


async def test_every_page_answers_head_as_it_does_get(app: Litestar, ana: Visitor):
    for route in routes(app):
        if route.method != "GET":
            continue
        address = route.address()
        page = await ana.get(address)
        head = await ana.client.head(address)
        assert (head.status_code, head.content) == (page.status_code, b""), route
        for name in ("content-type", "location", "cache-control"):
            assert head.headers.get(name) == page.headers.get(name), route


async def test_head_is_no_way_around_a_form(ana: Visitor):
    answer = await ana.client.head("/deconnexion")
    assert (answer.status_code, answer.content) == (405, b"")
    assert (await ana.get("/carnet")).status_code == 200


async def test_every_answer_has_a_number_of_its_own(ana: Visitor, nobody: Visitor):
    answers = [
        await who.get(path) for who in (ana, nobody) for path in ("/", "/inconnu", "/quitter")
    ]
    numbers = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch("[0-9a-f]{12}", number) for number in numbers)


async def fail(*args: object, **more: object) -> None:
    raise RuntimeError(f"{SECRET} {args} {more}")


@pytest.mark.parametrize("part", [{}, {"HX_Request": "true", "HX_Request_Type": "partial"}])
async def test_the_number_of_a_failure_is_on_its_page_and_in_the_log(
    ana: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    part: dict[str, str],
):
    monkeypatch.setattr(entries, "write", fail)
    answer = await ana.post("/carnet/vite", {"nonce": "n", "text-line": SECRET}, **part)
    number = answer.headers["x-request-id"]
    assert answer.status_code == 500
    assert f"<code>{number}</code>" in answer.text
    facts = [record.__dict__["facts"] for record in caplog.records if "facts" in record.__dict__]
    [line] = facts
    assert line | {"ms": 0} == {
        "method": "POST",
        "route": "/carnet/vite",
        "status": 500,
        "ms": 0,
    }
    assert SECRET not in caplog.text


async def test_a_page_that_is_well_has_no_number_in_it(ana: Visitor):
    for path in ("/", "/inconnu"):
        answer = await ana.get(path)
        assert answer.headers["x-request-id"] not in answer.text


async def test_lines_for_requests_only_where_asked_for(
    db: Database, app: Litestar, caplog: pytest.LogCaptureFixture
):
    """A line with its second for each visit would tell when somebody wrote in her journal."""
    caplog.set_level(logging.INFO, "recul")
    ana = await newcomer(app)
    await ana.get("/carnet")
    assert [record for record in caplog.records if record.name == "recul"] == []
    talkative = create_app(settings(RECUL_LOG_REQUESTS="all"))
    await Visitor(talkative).get("/connexion", User_Agent=SECRET)
    await Visitor(talkative).get(f"/carnet/moments/{SECRET}")
    lines = [r.__dict__["facts"] for r in caplog.records if r.name == "recul"]
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/connexion", 200),
        ("(none)", 404),
    ]
    assert SECRET not in str(lines)
