"""Quiet hours: what is held back, what is not, and the page where they are set."""

from datetime import datetime
from html import unescape

import pytest
from tests.notifications.mails import a_mail, state
from tests.notifications.servers import MailServer
from tests.visitors import Visitor

from recul import clock
from recul.accounts.tables import Account
from recul.notifications import outbox, queries
from recul.notifications.rules import WorkHours

FIELDS = {"weekdays": ["1", "2"], "starts": "09:30", "ends": "16:00"}
FRIDAY_EVENING, SATURDAY, MONDAY_EIGHT = (
    datetime.fromisoformat(f"2026-{day}+02:00")
    for day in ("03-27T19:00", "03-28T12:00", "03-30T08:00")
)


async def id_of(visitor: Visitor):
    [row] = await Account.select(Account.id).where(Account.email == visitor.email)
    return row["id"]


async def at(moment: datetime, config) -> None:
    with clock.set_to(moment):
        await outbox.send_due(config)


async def test_a_mail_of_friday_evening_leaves_on_monday(post: MailServer, db):
    """Over the night in which the clocks change."""
    config = post.settings()
    with clock.set_to(FRIDAY_EVENING):
        mail = await a_mail(config)
    await at(FRIDAY_EVENING, config)
    await at(SATURDAY, config)
    await at(datetime.fromisoformat("2026-03-30T07:59+02:00"), config)
    assert (await state(mail), post.connections) == ("waiting", 0)
    await at(MONDAY_EIGHT, config)
    assert await state(mail) == "sent"


async def test_a_worker_that_was_away_does_not_catch_up_at_night(post: MailServer, db):
    config = post.settings()
    with clock.set_to(datetime.fromisoformat("2026-03-27T10:00+01:00")):
        mail = await a_mail(config)
    await at(SATURDAY, config)
    assert await state(mail) == "waiting"
    await at(MONDAY_EIGHT, config)
    assert await state(mail) == "sent"


async def test_a_second_try_waits_for_the_morning(post: MailServer, db):
    config = post.settings()
    post.answers = {"RCPT": ["451 later"]}
    late = datetime.fromisoformat("2026-03-27T17:59:30+01:00")
    with clock.set_to(late):
        mail = await a_mail(config)
        await outbox.send_due(config)
    await at(SATURDAY, config)
    assert (await state(mail), post.received) == ("waiting", [])
    await at(MONDAY_EIGHT, config)
    assert await state(mail) == "sent"


async def test_what_is_urgent_leaves_at_once(post: MailServer, db):
    config = post.settings()
    with clock.set_to(SATURDAY):
        mail = await a_mail(config, urgent=True)
    await at(SATURDAY, config)
    assert await state(mail) == "sent"


async def test_each_person_has_her_own_hours(post: MailServer, ana: Visitor):
    config, account = post.settings(), await id_of(ana)
    answer = await ana.post("/compte/horaires", FIELDS | {"weekdays": ["6"]})
    assert answer.headers["location"] == "/compte/horaires"
    with clock.set_to(FRIDAY_EVENING):
        hers = await a_mail(config, account=account)
        other = await a_mail(config, "boris@exemple.fr")
    await at(SATURDAY, config)
    assert [await state(hers), await state(other)] == ["sent", "waiting"]


async def test_new_hours_count_for_what_waits(post: MailServer, ana: Visitor):
    config, account = post.settings(), await id_of(ana)
    with clock.set_to(FRIDAY_EVENING):
        mail = await a_mail(config, account=account)
        await ana.post("/compte/horaires", FIELDS | {"weekdays": ["6", "7"]})
    await at(FRIDAY_EVENING, config)
    assert await state(mail) == "waiting"
    await at(SATURDAY, config)
    assert await state(mail) == "sent"


def days(page: str) -> int:
    """How many days of the week are ticked on the page of the hours."""
    form = page.partition('action="/compte/horaires"')[2].partition("</form>")[0]
    return form.count(" checked")


async def test_the_page_keeps_and_shows_them(ana: Visitor, boris: Visitor):
    usual = (await ana.get("/compte/horaires")).text
    assert ['value="08:00"' in usual, 'value="18:00"' in usual] == [True, True]
    assert days(usual) == 5
    await ana.post("/compte/horaires", FIELDS)
    assert await queries.hours(await id_of(ana)) == WorkHours("12", 570, 960)
    assert days((await ana.get("/compte/horaires")).text) == 2
    await ana.post("/compte/horaires", FIELDS | {"weekdays": ["7"]})
    assert await queries.hours(await id_of(ana)) == WorkHours("7", 570, 960)
    assert await queries.hours(await id_of(boris)) == WorkHours()
    stored = (await ana.get("/ce-que-voit-l-administrateur")).text
    assert "Vos heures de travail" in stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weekdays", []),
        ("weekdays", ["8", "x", "0"]),
        ("starts", ""),
        ("starts", "huit heures"),
        ("ends", "24:30"),
        ("ends", "09:30"),
    ],
)
async def test_what_cannot_be_is_told_beside_its_field(ana: Visitor, field: str, value: object):
    answer = await ana.post("/compte/horaires", FIELDS | {field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert await queries.hours(await id_of(ana)) == WorkHours()
    kept = value if field != "starts" else "09:30"
    if field == "ends":
        assert f'value="{kept}"' in unescape(answer.text)
