"""Several processes that send at the same time, and one that is killed in the middle."""

import signal
from collections import Counter
from pathlib import Path

import pytest
from tests.clockwork.workers import Notes, command, process
from tests.database.rows import an_account
from tests.notifications.mails import PLACE, a_mail, state
from tests.notifications.servers import MailServer, until

from recul.clockwork.tables import Lease
from recul.database import Database
from recul.notifications import actions
from recul.notifications.rules import WorkHours
from recul.notifications.tables import OutboxMail

SENDING = """
async def sending():
    while await anyio.to_thread.run_sync(os.path.exists, os.environ["NOTES"] + ".wait"):
        await anyio.sleep(0.01)
    await outbox.send_due(config)
    note("done")
asyncio.run(main(sending))
"""
WORKING = """
keep_working(Job("outbox", outbox.send_due, every=timedelta(seconds=0.2)))
"""


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "notes")


async def many(post: MailServer, number: int) -> dict[str, int]:
    """Mails to so many people, and how often each should get one."""
    people = [f"personne{n}@exemple.fr" for n in range(number)]
    for person in people:
        await a_mail(post.settings(), person, urgent=True)
    return dict.fromkeys(people, 1)


async def all_settled() -> bool:
    return not await OutboxMail.exists().where(
        OutboxMail.sent_at.is_null(), OutboxMail.failed.eq(False)
    )


async def test_two_processes_send_a_hundred_mails_once_each(
    live_url: str, live_db: Database, post: MailServer, notes: Notes
):
    """Without any lease around them: the claims alone keep them apart."""
    expected = await many(post, 100)
    starting = notes.path.with_name("notes.wait")
    starting.touch()
    env = post.environment(timeout=10)
    async with (
        process(SENDING, notes, live_url, **env),
        process(SENDING, notes, live_url, **env),
    ):
        await until(lambda: len(notes.all("ready")) == 2)
        starting.unlink()
        await until(lambda: len(notes.all("done")) == 2, 60)
    assert post.readers() == Counter(expected)
    assert set(post.ids().values()) == {1}
    assert await OutboxMail.count().where(OutboxMail.sent_at.is_not_null()) == 100


async def test_two_workers_send_what_comes_in(
    live_url: str, live_db: Database, post: MailServer, notes: Notes
):
    """As they are run for real: `recul worker`, twice."""
    words, env = ("-m", "recul.cli", "worker"), post.environment(timeout=10)
    async with (
        command(*words, notes=notes, url=live_url, **env),
        command(*words, notes=notes, url=live_url, **env),
    ):
        expected = await many(post, 10)
        await until(lambda: post.ids().total() >= 10, 60)
        await until(all_settled)

        async def free() -> bool:
            return not await Lease.exists().where(Lease.holder.is_not_null())

        await until(free)
    assert post.readers() == Counter(expected)


@pytest.mark.parametrize("command_", ["RCPT", "DATA"])
async def test_killed_before_the_content_each_mail_arrives_once(
    live_url: str, live_db: Database, post: MailServer, notes: Notes, command_: str
):
    expected = await many(post, 12)
    post.answers = {command_: [""] * 4 + ["stall"]}
    await _killed_and_replaced(live_url, post, notes)
    assert post.readers() == Counter(expected)


async def test_killed_after_the_content_only_that_mail_arrives_twice(
    live_url: str, live_db: Database, post: MailServer, notes: Notes
):
    """The server had it, and nobody was left to hear so."""
    expected = await many(post, 12)
    post.answers = {"taken": [""] * 4 + ["stall"]}
    await _killed_and_replaced(live_url, post, notes)
    assert sorted(post.ids().values()) == [1] * 11 + [2]
    twice = post.received[4].to[0]
    assert post.readers() == Counter(expected) + Counter([twice])
    assert await OutboxMail.count().where(OutboxMail.unsure == 1) == 1


@pytest.mark.parametrize(("command_", "times"), [("DATA", 1), ("taken", 2)])
async def test_killed_in_the_middle_of_a_digest_it_arrives_as_it_was(
    live_url: str, live_db: Database, post: MailServer, notes: Notes, command_: str, times: int
):
    account = (await an_account()).id
    await actions.set_hours(account, WorkHours("1234567", 0, 0))
    config = post.settings()
    mails = [await a_mail(config, account=account, digest=PLACE) for _ in range(3)]
    post.answers = {command_: ["stall"]}
    await _killed_and_replaced(live_url, post, notes)
    assert list(post.ids().values()) == [times]
    assert {received.text for received in post.received} == {post.received[0].text}
    assert [await state(mail) for mail in mails] == ["sent"] * 3


async def _killed_and_replaced(url: str, post: MailServer, notes: Notes) -> None:
    """The first worker is killed while the server keeps it waiting; a second one takes over."""
    env = post.environment(timeout=0.8)
    async with process(WORKING, notes, url, **env) as first:
        await until(lambda: post.stalled)
        first.send_signal(signal.SIGKILL)
        await first.wait()
    async with process(WORKING, notes, url, **env):
        await until(all_settled, 60)


async def test_asked_to_stop_a_process_finishes_the_mail_in_its_hand(
    live_url: str, live_db: Database, post: MailServer, notes: Notes
):
    """SIGTERM while the server thinks: its yes is still heard, nothing is sent twice."""
    mail = await a_mail(post.settings(), urgent=True)
    post.answers = {"taken": ["slow"]}
    async with process(WORKING, notes, live_url, **post.environment(timeout=10)) as worker:
        await until(lambda: post.received)
        worker.send_signal(signal.SIGTERM)
        post.go_on.set()
        await worker.wait()
    assert (await state(mail), post.ids().total()) == ("sent", 1)
