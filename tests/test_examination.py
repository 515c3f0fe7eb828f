"""What the doctor says of jobs, of the outbox and of the mail server."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.notifications.mails import a_mail
from tests.notifications.servers import MailServer, mail_server
from tests.visitors import settings

from recul import clock, examination, jobs
from recul.ailing import Ailing
from recul.clockwork import leases
from recul.database import Database
from recul.notifications import outbox


@pytest.fixture
async def post(db: Database):
    async with mail_server() as server:
        yield server


async def run_all(at: datetime, error: str | None = None) -> None:
    with clock.set_to(at):
        await leases.enrol(settings(), jobs.JOBS)
    later = at + timedelta(days=1)
    with clock.set_to(later):
        for job in jobs.JOBS:
            assert await leases.take(job, "me")
            await leases.settle(settings(), job, "me", began=later, error=error)


async def test_jobs_that_never_ran(db: Database):
    assert "No job has run yet" in await examination._jobs(settings())


async def test_jobs_that_ran_well(db: Database):
    await run_all(datetime.now(UTC) - timedelta(days=1, minutes=1))
    sentence = await examination._jobs(settings())
    assert "outbox: 60 s ago" in sentence
    assert "overdue" not in sentence


async def test_a_job_that_failed(db: Database):
    await run_all(datetime.now(UTC) - timedelta(days=1, minutes=1), "OSError")
    with pytest.raises(Ailing, match=r"outbox: 60 s ago, failed \(OSError\), 1 times"):
        await examination._jobs(settings())


async def test_nobody_works(db: Database):
    await run_all(datetime.now(UTC) - timedelta(days=3))
    with pytest.raises(Ailing, match=r"outbox: 2 d ago, overdue.*recul worker"):
        await examination._jobs(settings())


async def test_the_outbox(post: MailServer):
    config = post.settings()
    assert (await examination._outbox(config)).startswith("0 mails wait")
    await a_mail(config, urgent=True)
    assert (await examination._outbox(config)).startswith("1 mails wait")
    with pytest.raises(Ailing, match="set RECUL_SMTP_URL"):
        await examination._outbox(settings())
    post.answers = {"RCPT": ["451 later"]}
    with clock.set_to(datetime.now(UTC) - timedelta(hours=2)):
        await a_mail(config, urgent=True)
        await outbox.send_due(config)
    with pytest.raises(Ailing, match="1 are tried again"):
        await examination._outbox(config)


async def test_the_mail_server(post: MailServer):
    assert "links are printed" in await examination._mail_server(settings())
    assert "answers (unencrypted)" in await examination._mail_server(post.settings())
    with pytest.raises(Ailing, match="SMTPException"):
        await examination._mail_server(post.settings(tls="starttls"))
    await post.close()
    with pytest.raises(Ailing, match="cannot be used"):
        await examination._mail_server(post.settings())
