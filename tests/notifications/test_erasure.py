"""What is kept of a mail: sealed while it waits, nothing of it a day after it left."""

from datetime import timedelta
from pathlib import Path

from tests.notifications.mails import MONDAY_TEN, URL, a_mail, row, state
from tests.notifications.servers import MailServer

from recul import clock, database
from recul.database import Database
from recul.database.sqlite import SQLite
from recul.notifications import outbox, queries
from recul.notifications.rules import FAILURE_KEPT
from recul.notifications.tables import OutboxMail

DAY = timedelta(days=1)


async def kept_bytes(engine: Database) -> bytes:
    """All that the database would give a thief: its files, or every column of every row."""
    if isinstance(engine, SQLite):
        path = Path(engine.path)
        files = path.parent.glob(path.name + "*")
        return b"".join(file.read_bytes() for file in sorted(files))
    return repr(await OutboxMail.select()).encode()


async def test_a_sent_mail_is_gone_after_a_day(live_db: Database, post: MailServer):
    config = post.settings()
    with clock.set_to(MONDAY_TEN):
        mail = await a_mail(config)
        box = bytes((await row(mail))["box"])
        await outbox.send_due(config)
    with clock.set_to(MONDAY_TEN + timedelta(hours=23, minutes=59)):
        await outbox.forget(config)
    sought = box if live_db.engine_type == "sqlite" else repr(box).encode()
    assert sought in await kept_bytes(live_db)
    with clock.set_to(MONDAY_TEN + DAY):
        await outbox.forget(config)
    assert await OutboxMail.count() == 0
    # Any part of it: SQLite cuts a long value into pages.
    left = await kept_bytes(live_db)
    parts = [box[n : n + 32] for n in range(0, len(box) - 32, 32)]
    assert [part for part in parts if part in left or repr(part)[2:-1].encode() in left] == []


async def test_a_failed_mail_is_gone_at_once_and_its_row_after_a_month(
    live_db: Database, post: MailServer
):
    config = post.settings()
    post.answers = {"RCPT": ["550 no"]}
    with clock.set_to(MONDAY_TEN):
        mail = await a_mail(config)
        box = bytes((await row(mail))["box"])
        await outbox.send_due(config)
        assert (await row(mail))["box"] is None
        await database.empty_log()
    left = await kept_bytes(live_db)
    assert box[:64] not in left
    assert repr(box[:64])[2:-1].encode() not in left
    with clock.set_to(MONDAY_TEN + FAILURE_KEPT - DAY):
        await outbox.forget(config)
        found = await queries.counts(clock.now())
        assert (found.waiting, found.failed, found.unsure) == (0, 1, 0)
    with clock.set_to(MONDAY_TEN + FAILURE_KEPT):
        await outbox.forget(config)
    assert await OutboxMail.count() == 0


async def test_while_it_waits_neither_address_nor_link_can_be_read(
    live_db: Database, post: MailServer
):
    await a_mail(post.settings(), "ana.lucia@exemple.fr")
    left = await kept_bytes(live_db)
    for text in ("ana.lucia", "exemple.fr", URL, URL[-24:], "Le lien que"):
        assert text.encode() not in left, text


async def test_what_waits_in_vain_ends(db: Database, post: MailServer):
    """No worker, or no mail server any more: it does not wait for good."""
    with clock.set_to(MONDAY_TEN):
        short = await a_mail(post.settings(), useful_until=MONDAY_TEN + DAY)
        long = await a_mail(post.settings())
    with clock.set_to(MONDAY_TEN + DAY):
        await outbox.forget(post.settings())
        assert [await state(short), await state(long)] == ["failed", "waiting"]
    with clock.set_to(MONDAY_TEN + FAILURE_KEPT):
        await outbox.forget(post.settings())
        assert await state(long) == "failed"
