"""Links by mail: an invitation, and a way back in for whoever forgot a password."""

import re
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from litestar import Litestar
from tests.notifications.servers import MailServer, mail_server
from tests.visitors import PASSWORD, Visitor, newcomer

from recul import clock
from recul.accounts.actions import invitations, mailed
from recul.accounts.tables import Account, Invitation
from recul.app import create_app
from recul.notifications import outbox
from recul.notifications.tables import OutboxMail

NEW = "une autre phrase de passe"
ASK = "/mot-de-passe-oublie/lien"
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")
SUNDAY = datetime.fromisoformat("2026-11-22T10:00+01:00")


@pytest.fixture
async def post(db: object) -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
def mailing(post: MailServer) -> Litestar:
    """The application with a mail server."""
    return create_app(post.settings())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailed, "SECONDS", 0.05)


def link(post: MailServer, number: int = -1) -> str:
    found: str = re.findall(r"http://127.0.0.1:8000(/\S+)", post.received[number].text)[0]
    return found


async def sent(post: MailServer) -> int:
    await outbox.send_due(post.settings())
    return len(post.received)


async def ask(app: Litestar, email: str) -> tuple[int, str]:
    answer = await Visitor(app).post(ASK, {"link_email": email})
    text = re.sub(r'name="_csrf_token" value="[^"]+"', "", answer.text)
    return answer.status_code, text


async def test_an_invitation_by_mail_lets_somebody_in(mailing: Litestar, post: MailServer):
    with clock.set_to(MONDAY):
        admin = await newcomer(mailing, "admin", administrator=True)
        fields = {"email": "Neuve@exemple.fr", "by_mail": "1"}
        answer = await admin.post("/invitations", fields)
        assert answer.headers["location"] == "/invitations"
        page = (await admin.get("/invitations")).text
        assert "neuve@exemple.fr" in page
        assert "le courriel attend" in page
        assert await sent(post) == 1
        assert post.received[0].to == ["neuve@exemple.fr"]
        assert "courriel parti" in (await admin.get("/invitations")).text
        newcomers = Visitor(mailing)
        for _ in range(3):  # a scanner that opens links uses nothing up
            assert (await newcomers.get(link(post))).status_code == 200
        fields = {"display_name": "Léa", "new_password": PASSWORD}
        assert (await newcomers.post(link(post), fields)).headers["location"] == "/bienvenue"


async def test_an_invitation_waits_for_monday_and_can_be_taken_back(
    mailing: Litestar, post: MailServer
):
    with clock.set_to(SUNDAY):
        admin = await newcomer(mailing, "admin", administrator=True)
        for name in ("un", "deux", "deux"):
            await admin.post("/invitations", {"email": f"{name}@exemple.fr", "by_mail": "1"})
        assert await sent(post) == 0
        [first] = await Invitation.select(Invitation.id).where(Invitation.email == "un@exemple.fr")
        await admin.post(f"/invitations/{first['id']}/retrait")
    with clock.set_to(MONDAY):
        assert await sent(post) == 1
    assert post.readers() == {"deux@exemple.fr": 1}
    assert (await Visitor(mailing).get(link(post))).status_code == 200


async def test_a_refused_invitation_is_told_to_the_administrator(
    mailing: Litestar, post: MailServer
):
    post.answers = {"RCPT": ["550 no such mailbox"]}
    with clock.set_to(MONDAY):
        admin = await newcomer(mailing, "admin", administrator=True)
        await admin.post("/invitations", {"email": "faute@exemple.fr", "by_mail": "1"})
        await outbox.send_due(post.settings())
        assert "vérifiez l’adresse" in (await admin.get("/invitations")).text


async def test_a_link_asked_by_mail_leads_to_a_new_password(mailing: Litestar, post: MailServer):
    """At once, on a Sunday too: she waits for it."""
    with clock.set_to(SUNDAY):
        ana = await newcomer(mailing)
        status, _ = await ask(mailing, ana.email.upper())
        assert (status, await sent(post), post.received[0].to) == (200, 1, [ana.email])
        window = Visitor(mailing)
        for _ in range(3):
            assert (await window.get(link(post))).status_code == 200
        assert (await ana.get("/compte")).status_code == 200
        assert (await window.post(link(post), {"new_password": NEW})).headers["location"] == "/"
        assert (await Visitor(mailing).get(link(post))).status_code == 404
        assert (await Visitor(mailing).sign_in(ana.email, NEW)).status_code == 303


async def test_it_ends_after_a_day(mailing: Litestar, post: MailServer):
    with clock.set_to(MONDAY):
        ana = await newcomer(mailing)
        await ask(mailing, ana.email)
        await sent(post)
    with clock.set_to(MONDAY + timedelta(hours=23, minutes=59)):
        assert (await Visitor(mailing).get(link(post))).status_code == 200
    with clock.set_to(MONDAY + timedelta(hours=24, minutes=1)):
        assert (await Visitor(mailing).get(link(post))).status_code == 404


async def test_the_answer_is_the_same_whether_or_not_somebody_is_known(
    mailing: Litestar, post: MailServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mailed, "SECONDS", 0.5)
    ana = await newcomer(mailing)
    answers, seconds = [], []
    for email in (ana.email, "inconnue@exemple.fr", ana.email):  # the last one too soon
        start = time.monotonic()
        answers.append(await ask(mailing, email))
        seconds.append(time.monotonic() - start)
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 200
    assert ana.email not in answers[0][1]
    assert all(0.5 <= each < 0.9 for each in seconds), seconds
    assert await OutboxMail.count() == 1


async def test_nobody_fills_somebody_s_mailbox(mailing: Litestar, post: MailServer):
    """One link in a quarter of an hour, eight a day, and an older link is not ended by a newer."""
    with clock.set_to(MONDAY):
        ana = await newcomer(mailing)
        await ask(mailing, ana.email)
        await sent(post)
        older = link(post)
    for n in range(40):
        with clock.set_to(MONDAY + timedelta(minutes=16 * n + 1)):
            await mailed.reset_link(post.settings(), ana.email, f"10.0.0.{n}")
            await mailed.reset_link(post.settings(), ana.email, f"10.0.1.{n}")
    assert await OutboxMail.count() == 8
    with clock.set_to(MONDAY + timedelta(hours=12)):
        assert (await Visitor(mailing).get(older)).status_code == 200
        assert await sent(post) == 8
        newest = link(post)
        await Visitor(mailing).post(older, {"new_password": NEW})
        assert (await Visitor(mailing).get(newest)).status_code == 404


async def test_one_address_of_the_network_cannot_ask_for_everybody(
    mailing: Litestar, post: MailServer
):
    statuses = [(await ask(mailing, f"personne{n}@exemple.fr"))[0] for n in range(25)]
    assert statuses == [200] * mailed.PER_ADDRESS + [429] * 5


async def test_a_link_of_the_administrator_is_not_ended_by_asking(
    mailing: Litestar, post: MailServer
):
    ana = await newcomer(mailing)
    code = await invitations.offer_reset(ana.email)
    await ask(mailing, ana.email)
    assert (await Visitor(mailing).get(f"/reinitialisation/{code}")).status_code == 200


@pytest.mark.parametrize("email", ["", "ana", "ana@exemple.fr\r\nBcc: b@exemple.fr", "a b@c.fr"])
async def test_what_is_no_address_is_told(mailing: Litestar, post: MailServer, email: str):
    status, page = await ask(mailing, email)
    assert status in (200, 422)
    assert await OutboxMail.count() == 0
    if status == 422:
        assert 'href="#link_email"' in page


async def test_without_a_mail_server_there_is_only_paper(admin: Visitor, nobody: Visitor):
    assert (await nobody.post(ASK, {"link_email": admin.email})).status_code == 404
    assert ASK not in (await nobody.get("/mot-de-passe-oublie")).text
    assert "by_mail" not in (await admin.get("/invitations")).text
    made = await admin.post("/invitations", {"email": "x@exemple.fr", "by_mail": "1"})
    assert "/invitation/" in made.text
    assert await OutboxMail.count() == 0


async def test_an_account_that_goes_takes_its_mail_along(mailing: Litestar, post: MailServer):
    ana = await newcomer(mailing)
    await ask(mailing, ana.email)
    assert await OutboxMail.count() == 1
    await Account.delete().where(Account.email == ana.email)
    assert await OutboxMail.count() == 0
