"""Attack: the page for a forgotten password is asked for with `Host: ailleurs.example` and the
address of somebody else. If the mailed link were made of that header, she would carry her
one-time code to the attacker by clicking on a true mail of ours.

Links in mails, on sheets and in calendars are made of the instance's own address (`RECUL_URL`),
and of nothing that a request says.
"""

import ast
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from tests.booking.world import a_group
from tests.notifications.servers import MailServer, mail_server
from tests.organisation.world import inhabited
from tests.visitors import PASSWORD, Visitor

from recul import clock, paths
from recul.accounts.actions import mailed
from recul.app import create_app
from recul.notifications import outbox
from recul.settings import Settings
from recul.web.roles import Role

OURS = "https://recul.example"
EVIL = "ailleurs.example"
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
POISON = (
    {"Host": EVIL},
    {"Host": f"recul.example@{EVIL}"},
    {"Host": f"recul.example:{EVIL}"},
    {"Host": "recul.example", "X-Forwarded-Host": EVIL},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "javascript", "X-Forwarded-Port": "1"},
    {"X-Host": EVIL, "X-Original-Host": EVIL, "X-HTTP-Host-Override": EVIL},
    {"Forwarded": f"host={EVIL};proto=http"},
    {"X-Original-URL": f"//{EVIL}/", "X-Rewrite-URL": f"//{EVIL}/", "Referer": f"http://{EVIL}"},
)


@pytest.fixture
async def post(db: object, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailServer]:
    monkeypatch.setattr(mailed, "SECONDS", 0.0)
    monkeypatch.setattr(mailed, "LIMITS", ())
    monkeypatch.setattr(mailed, "PER_ADDRESS", 1000)
    async with mail_server() as server:
        yield server


def ours(post: MailServer) -> Settings:
    return replace(post.settings(), url=OURS)


@pytest.fixture
def mailing(post: MailServer) -> Litestar:
    return create_app(ours(post))


async def poisoned(visitor: Visitor, path: str, **fields: str) -> list[httpx.Response]:
    token = {"x-csrftoken": await visitor.token()}
    return [
        await visitor.client.post(path, data=fields, headers=headers | token) for headers in POISON
    ]


async def test_links_for_a_forgotten_password(mailing: Litestar, post: MailServer):
    with clock.set_to(MONDAY):
        house = await inhabited(mailing, Role.SELF)
        answers = await poisoned(
            Visitor(mailing), "/mot-de-passe-oublie/lien", link_email=house.self.email
        )
        await outbox.send_due(ours(post))
    assert {answer.status_code for answer in answers} == {200}
    assert len(post.received) == len(POISON)
    assert_ours(post)


def assert_ours(post: MailServer) -> None:
    for received in post.received:
        whole = received.text + received.html + str(received.mail)
        assert EVIL not in whole
        assert OURS in received.text


async def test_invitations_by_mail_and_on_paper(mailing: Litestar, post: MailServer):
    with clock.set_to(MONDAY):
        house = await inhabited(mailing, Role.ADMINISTRATOR)
        admin = house.people[Role.ADMINISTRATOR]
        await poisoned(admin, "/invitations", email="a@exemple.fr", by_mail="1")
        shown = await poisoned(admin, "/invitations", email="b@exemple.fr")
        sheets = await poisoned(admin, "/carnet/codes", password=PASSWORD)
        await outbox.send_due(ours(post))
    for answer in shown:
        assert f"{OURS}/invitation/" in answer.text
    for answer in (*shown, *sheets):
        assert EVIL not in answer.text
    assert post.received
    assert_ours(post)


async def test_calendars_and_what_comes_with_their_mails(mailing: Litestar, post: MailServer):
    with clock.set_to(MONDAY):
        house = await inhabited(mailing, Role.SELF, Role.FACILITATOR)
        circle = await a_group(house)
        ana = house.self
        form = await ana.get(f"/groupes/cycles/{circle.cycle}")
        charter = form.text.partition('name="agreement" value="')[2][:36]
        seat = await poisoned(
            ana, f"/groupes/cycles/{circle.cycle}/inscription", agreement=charter, accept="1"
        )
        assert 303 in {answer.status_code for answer in seat}
        made = await poisoned(ana, "/compte/agenda", detail="title", nonce="always")
        assert {f"{OURS}/agenda/" in answer.text for answer in made} == {True}
        address = made[0].text.partition(f"{OURS}/agenda/")[2].partition('"')[0].partition("<")[0]
        for headers in POISON:
            feed = await ana.client.get(f"/agenda/{address.strip()}", headers=headers)
            assert (feed.status_code, EVIL in feed.text) == (200, False)
            assert "BEGIN:VEVENT" in feed.text
        await outbox.send_due(ours(post))
    assert post.received
    assert_ours(post)


@pytest.mark.parametrize("headers", POISON)
async def test_no_page_and_no_way_elsewhere_repeats_it(
    mailing: Litestar, post: MailServer, headers: dict[str, str]
):
    visitor = Visitor(mailing)
    for path in ("/", "/connexion", "/carnet", "/nulle-part", "/ce-que-peut-voir", "/invitation"):
        answer = await visitor.client.get(path, headers=headers)
        assert answer.status_code < 500
        assert EVIL not in answer.text
        assert EVIL not in repr(answer.headers)


@pytest.mark.parametrize(
    "host", ["", "recul.test:abc", "recul.test:99999999", "[", "[::1", "x" * 5000]
)
async def test_a_host_that_is_none_gets_a_page(nobody: Visitor, ana: Visitor, host: str):
    for path in ("/", "/connexion", "/carnet", "/nulle-part", "/healthz"):
        for visitor in (nobody, ana):
            answer = await visitor.client.get(path, headers={"Host": host})
            assert answer.status_code < 500, path


def test_the_sources_read_no_address_from_a_request():
    """`url`, `base_url` and `url_for` of a request are made with the `Host` header."""
    sources = paths.templates().parent / "src" / "recul"
    assert [line for file in sources.rglob("*.py") for line in _addresses_of_requests(file)] == []
    [reader] = [f.name for f in sources.rglob("*.py") if 'headers.get("host")' in f.read_text()]
    assert reader == "reach.py"


def _addresses_of_requests(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in ("url", "base_url", "url_for"):
            of = ast.unparse(node.value)
            if of in ("request", "connection", "self.request") or node.attr != "url":
                found.append(f"{file.name}: {ast.unparse(node)}")
    return found
