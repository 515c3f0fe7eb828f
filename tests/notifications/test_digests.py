"""Several mails told in one: who gets one, and that nothing is lost or doubled by it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from tests.database.rows import an_account
from tests.notifications.mails import DATE, MONDAY_TEN, PLACE, URL, a_mail, row, state
from tests.notifications.servers import MailServer
from tests.visitors import Visitor, settings

from recul import clock
from recul.accounts.tables import Account
from recul.database import Database
from recul.notifications import actions, outbox, queries
from recul.notifications.parts import Attachment
from recul.notifications.rules import FAILURE_KEPT, KEPT_AFTER_SENDING
from recul.notifications.smtp import Unreachable
from recul.notifications.tables import OutboxMail
from recul.settings import Settings

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SUNDAY = MONDAY_TEN - timedelta(days=1)
CALENDAR = Attachment("date.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\n")


@pytest.fixture(autouse=True)
async def at_work(db: Database) -> AsyncIterator[None]:
    with clock.set_to(MONDAY_TEN):
        yield


@pytest.fixture
async def ana_id(ana: Visitor) -> UUID:
    [found] = await Account.select(Account.id).where(Account.email == ana.email)
    return UUID(str(found["id"]))


async def told(config: Settings, person: UUID, **more: Any) -> UUID:
    usual: dict[str, Any] = {"account": person, "digest": PLACE}
    return await a_mail(config, **(usual | more))


async def rounds(config: Settings, *after: timedelta) -> None:
    for span in after:
        with clock.set_to(MONDAY_TEN + span):
            try:
                await outbox.send_due(config)
            except Unreachable:
                continue


async def states(*mails: UUID) -> list[str]:
    return [await state(mail) for mail in mails]


async def test_what_waited_for_the_morning_comes_in_one_mail(post: MailServer, ana_id: UUID):
    config = post.settings()
    mails = []
    for minutes, line in enumerate((PLACE, DATE)):
        with clock.set_to(SUNDAY + minutes * MINUTE):
            mails.append(await told(config, ana_id, digest=line))
            await outbox.send_due(config)
    assert post.received == []
    await rounds(config, timedelta(), MINUTE)
    [received] = post.received
    assert received.to == ["ana@exemple.fr"]
    assert received.mail["Subject"] == "Des nouvelles de Recul"
    assert received.id not in [f"<{mail}@exemple.org>" for mail in mails]
    for text in (received.text, unescape(received.html)):
        assert text.index("Une place vous est proposée") < text.index("Une date a changé")
        assert "le <3> mars" in text
        assert (PLACE.url in text, URL in text) == (True, True)
    assert "<3>" not in received.html
    assert await states(*mails) == ["sent", "sent"]


@pytest.mark.parametrize(
    "other",
    [
        {"digest": None},
        {"urgent": True},
        {"attachment": CALENDAR},
        {"account": None},
        {"to": "ana@ailleurs.fr"},
        {"language": "en"},
        {"useful_until": MONDAY_TEN},
    ],
)
async def test_what_cannot_be_told_so_comes_alone(
    post: MailServer, ana_id: UUID, other: dict[str, Any]
):
    config = post.settings()
    with clock.set_to(MONDAY_TEN - HOUR):
        mails = [await told(config, ana_id), await told(config, ana_id, **other)]
    await rounds(config, timedelta(), MINUTE)
    came = mails[:1] if "useful_until" in other else mails
    assert set(post.ids()) == {f"<{mail}@exemple.org>" for mail in came}


async def test_one_mail_is_no_digest_and_people_are_kept_apart(
    post: MailServer, ana_id: UUID, boris: Visitor
):
    config = post.settings()
    [other] = await Account.select(Account.id).where(Account.email == boris.email)
    mails = [await told(config, ana_id), await told(config, other["id"], to="b@exemple.fr")]
    await rounds(config, timedelta())
    assert set(post.ids()) == {f"<{mail}@exemple.org>" for mail in mails}


async def test_a_digest_is_tried_again_as_it_was(post: MailServer, ana_id: UUID):
    """Taken, and then silence: once more under the same id, with the same lines."""
    config = post.settings()
    mails = [await told(config, ana_id) for _ in range(2)]
    post.answers = {"taken": ["drop"]}
    await rounds(config, timedelta())
    late = await told(config, ana_id, digest=DATE)
    await rounds(config, *(MINUTE * n for n in range(1, 5)))
    first, second = (r for r in post.received if "Une place" in r.text)
    assert (first.id, first.text) == (second.id, second.text)
    assert post.ids() == {first.id: 2, f"<{late}@exemple.org>": 1}
    assert await states(*mails, late) == ["sent"] * 3


@pytest.mark.parametrize("answer", ["451 later", "drop"])
async def test_not_now_loses_nothing(post: MailServer, ana_id: UUID, answer: str):
    config = post.settings()
    mails = [await told(config, ana_id) for _ in range(2)]
    post.answers = {"RCPT": [answer]}
    await rounds(config, timedelta())
    assert await states(*mails) == ["waiting", "waiting"]
    await rounds(config, MINUTE)
    assert (await states(*mails), post.ids().total()) == (["sent", "sent"], 1)


@pytest.mark.parametrize("answer", ["550 no", "drop…"])
async def test_a_digest_that_fails_says_so_of_each(post: MailServer, ana_id: UUID, answer: str):
    config = post.settings()
    mails = [await told(config, ana_id) for _ in range(2)]
    post.answers = {"taken": [answer]}
    await rounds(config, *(MINUTE * n for n in range(4)))
    assert await states(*mails) == ["failed", "failed"]
    assert [(await row(mail))["box"] for mail in mails] == [None, None]
    found = await queries.counts(clock.now())
    assert (found.waiting, found.failed, found.unsure) == (0, 1, int(answer == "drop…"))


async def test_a_mail_perhaps_taken_alone_goes_again_alone(post: MailServer, ana_id: UUID):
    config = post.settings()
    first = await told(config, ana_id)
    post.answers = {"taken": ["drop"]}
    await rounds(config, timedelta())
    second = await told(config, ana_id, digest=DATE)
    await rounds(config, *(MINUTE * n for n in range(1, 5)))
    assert post.ids() == {f"<{first}@exemple.org>": 2, f"<{second}@exemple.org>": 1}


async def waiting_digest(post: MailServer, account: UUID, *more: dict[str, Any]) -> list[UUID]:
    """Mails in a digest that the mail server did not want yet."""
    config = post.settings()
    mails = [await told(config, account, **each) for each in more]
    post.answers = {"RCPT": ["451 later"]}
    await rounds(config, timedelta())
    assert [bool((await row(mail))["joined"]) for mail in mails] == [True] * len(mails)
    return mails


async def test_what_is_withdrawn_is_told_no_more(post: MailServer, ana_id: UUID):
    gone, *kept = await waiting_digest(post, ana_id, {}, {"digest": DATE}, {"digest": DATE})
    await actions.withdraw(gone)
    await rounds(post.settings(), HOUR)
    [received] = post.received
    assert ("Une place" in received.text, received.text.count(URL)) == (False, 2)
    assert await states(*kept) == ["sent", "sent"]


async def test_what_comes_too_late_is_told_no_more(post: MailServer, ana_id: UUID):
    short = {"useful_until": MONDAY_TEN + MINUTE}
    late, kept = await waiting_digest(post, ana_id, short, {"digest": DATE})
    await rounds(post.settings(), HOUR, HOUR + MINUTE)
    assert post.ids() == {f"<{kept}@exemple.org>": 1}
    assert await states(late, kept) == ["failed", "sent"]


async def test_the_purge_keeps_what_is_not_too_late(post: MailServer, ana_id: UUID):
    short = {"useful_until": MONDAY_TEN + MINUTE}
    late, kept = await waiting_digest(post, ana_id, short, {"digest": DATE})
    with clock.set_to(MONDAY_TEN + HOUR):
        await outbox.forget(post.settings())
    assert await states(late, kept) == ["failed", "waiting"]
    with clock.set_to(MONDAY_TEN + FAILURE_KEPT):
        await outbox.forget(post.settings())
    assert await states(kept) == ["failed"]


async def test_a_day_after_it_left_nothing_is_kept_of_it(post: MailServer, ana_id: UUID):
    config = post.settings()
    for _ in range(2):
        await told(config, ana_id)
    await rounds(config, timedelta())
    for early in (MINUTE, timedelta()):
        with clock.set_to(MONDAY_TEN + KEPT_AFTER_SENDING - early):
            await outbox.forget(config)
        assert await OutboxMail.count() == (3 if early else 0)


async def test_a_changed_secret_ends_each_alone(post: MailServer, ana_id: UUID):
    mails = [await told(post.settings(), ana_id) for _ in range(2)]
    await rounds(settings(**post.environment(), RECUL_SECRET="t" * 40), timedelta())
    assert (await states(*mails), post.received) == (["failed", "failed"], [])


async def test_two_processes_make_one_digest(live_db: Database, post: MailServer):
    """As two processes would, at the same time and without a lease."""
    config = post.settings(timeout=10)
    account = (await an_account()).id
    mails = [await told(config, account) for _ in range(6)]
    await asyncio.gather(*(outbox.send_due(config) for _ in range(4)))
    assert (await states(*mails), post.ids().total()) == (["sent"] * 6, 1)
