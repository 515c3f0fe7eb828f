"""Sending: against a mail server that takes, refuses, stalls, hangs up and comes back."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from tests.notifications.mails import MONDAY_TEN, URL, a_mail, row, state
from tests.notifications.servers import MailServer, mail_server, only
from tests.visitors import settings

from recul import clock
from recul.database import Database, write_transaction
from recul.notifications import actions, outbox
from recul.notifications.smtp import Unreachable
from recul.notifications.tables import OutboxMail

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def at_work(db: Database) -> AsyncIterator[None]:
    with clock.set_to(MONDAY_TEN):
        yield


async def rounds(config, *after: timedelta) -> None:
    """Rounds of sending so long after Monday ten o'clock; the mail server may be away."""
    for span in after:
        with clock.set_to(MONDAY_TEN + span):
            try:
                await outbox.send_due(config)
            except Unreachable:
                continue


async def test_a_mail_arrives_once_with_both_twins(post: MailServer):
    config = post.settings()
    mail = await a_mail(config)
    await rounds(config, timedelta(), MINUTE, timedelta(hours=1))
    [received] = post.received
    assert received.to == ["ana@exemple.fr"]
    assert received.id == f"<{mail}@exemple.org>"
    headers = received.mail
    assert headers["From"] == "L’équipe de Recul <recul@exemple.org>"
    assert (headers["To"], headers["Auto-Submitted"]) == ("ana@exemple.fr", "auto-generated")
    assert headers["Subject"] == "Le lien que vous avez demandé"
    assert headers["Date"].datetime == MONDAY_TEN
    parts = {part.get_content_type(): part.get_content() for part in headers.iter_parts()}
    assert list(parts) == ["text/plain", "text/html"]
    assert all(URL in part for part in parts.values())
    assert await state(mail) == "sent"


async def test_without_a_mail_server_nothing_is_kept():
    kept = await actions.send(
        settings(),
        to="ana@exemple.fr",
        kind="password-reset",
        language="fr",
        zone="Europe/Paris",
        context={"url": URL},
    )
    assert (kept, await OutboxMail.count()) == (False, 0)
    await outbox.send_due(settings())


async def test_what_is_undone_is_not_sent(post: MailServer):
    config = post.settings()

    async def fails() -> None:
        async with write_transaction():
            await a_mail(config)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    await rounds(config, timedelta())
    assert post.received == []


@pytest.mark.parametrize("command", ["RCPT", "DATA", "taken"])
async def test_a_refusal_for_good(post: MailServer, command: str):
    """5xx: never again, its text erased; the next mail goes out on the same connection."""
    config = post.settings()
    post.answers = {command: ["550 5.1.1 no such mailbox ana@exemple.fr"]}
    refused = await a_mail(config)
    other = await a_mail(config, "boris@exemple.fr")
    await rounds(config, timedelta(), MINUTE, timedelta(days=1))
    assert [await state(refused), await state(other)] == ["failed", "sent"]
    assert (await row(refused))["box"] is None
    assert post.readers()["boris@exemple.fr"] == 1
    assert post.connections == 1


@pytest.mark.parametrize(
    "answer",
    [{"RCPT": "451 later"}, {"DATA": "452 full"}, {"MAIL": "550 you?"}, {"RCPT": "421 bye"}],
)
async def test_not_now(post: MailServer, answer: dict[str, str]):
    """4xx, and a sender that is not known: later, and later each time."""
    config = post.settings()
    post.answers = {command: [said + "…"] for command, said in answer.items()}
    mail = await a_mail(config)
    waits = []
    now = MONDAY_TEN
    for _ in range(11):
        with clock.set_to(now):
            await outbox.send_due(config)
        found = await row(mail)
        waits.append((found["next_try_at"] - now) // MINUTE)
        now = found["next_try_at"]
        if not MONDAY_TEN < now < MONDAY_TEN + timedelta(hours=7):
            break
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    post.answers = {}
    with clock.set_to(MONDAY_TEN + timedelta(days=1)):
        await outbox.send_due(config)
    assert (await state(mail), post.ids().total()) == ("sent", 1)


async def test_given_up_after_four_days(post: MailServer):
    config = post.settings()
    post.answers = {"RCPT": ["451 later…"]}
    mail = await a_mail(config)
    await rounds(config, timedelta(), timedelta(days=3, hours=23))
    assert await state(mail) == "waiting"
    await rounds(config, timedelta(days=4, hours=4))
    assert (await state(mail), (await row(mail))["box"]) == ("failed", None)


async def test_too_late_is_not_sent(post: MailServer):
    config = post.settings()
    mail = await a_mail(config, useful_until=MONDAY_TEN + timedelta(hours=1))
    await rounds(config, timedelta(hours=1))
    assert (await state(mail), post.received) == ("failed", [])


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("trouble", ["stall", "drop"])
async def test_silence_before_the_content_loses_and_doubles_nothing(
    post: MailServer, command: str, trouble: str
):
    config = post.settings()
    post.answers = {command: [trouble] * 3}
    mail = await a_mail(config)
    # aiosmtplib says HELO after an EHLO that failed; each round costs up to two answers.
    await rounds(config, *(timedelta(hours=n / 4) for n in range(8)))
    assert (await state(mail), post.ids().total()) == ("sent", 1)
    assert (await row(mail))["unsure"] == 0


@pytest.mark.parametrize("trouble", ["stall", "drop"])
async def test_silence_after_the_content_sends_it_once_more(post: MailServer, trouble: str):
    """The server took it and fell silent: nobody can know. Once more, under the same id."""
    config = post.settings()
    post.answers = {"taken": [trouble]}
    mail = await a_mail(config)
    other = await a_mail(config, "boris@exemple.fr")
    await rounds(config, *(timedelta(hours=n / 4) for n in range(4)))
    assert post.ids() == {f"<{mail}@exemple.org>": 2, f"<{other}@exemple.org>": 1}
    assert (await state(mail), (await row(mail))["unsure"]) == ("sent", 1)


@pytest.mark.parametrize("trouble", ["stall", "drop"])
async def test_silence_each_time_ends_after_the_second(post: MailServer, trouble: str):
    config = post.settings()
    post.answers = {"taken": [trouble + "…"]}
    mail = await a_mail(config)
    await rounds(config, *(timedelta(hours=n / 4) for n in range(6)))
    assert post.ids() == {f"<{mail}@exemple.org>": 2}
    assert (await state(mail), (await row(mail))["unsure"]) == ("failed", 2)


async def test_a_server_that_is_away_and_comes_back(post: MailServer):
    config = post.settings()
    mails = [await a_mail(config, f"{n}@exemple.fr") for n in range(5)]
    await post.close()
    with pytest.raises(Unreachable):
        await outbox.send_due(config)
    await rounds(config, *(MINUTE * n for n in range(1, 9)))
    assert [await state(mail) for mail in mails] == ["waiting"] * 5
    await post.listen()
    await rounds(config, timedelta(hours=4))
    assert post.readers() == {f"{n}@exemple.fr": 1 for n in range(5)}


async def test_a_wrong_password_loses_nothing():
    only_one = only(b"recul", b"juste")
    async with mail_server(authenticator=only_one, auth_require_tls=False) as post:
        mail = await a_mail(post.settings(user="recul:faux"))
        with pytest.raises(Unreachable, match="SMTPAuthenticationError 535"):
            await outbox.send_due(post.settings(user="recul:faux"))
        assert await state(mail) == "waiting"
        await rounds(post.settings(user="recul:juste"), MINUTE)
        assert await state(mail) == "sent"


async def test_nothing_goes_out_unencrypted_where_encryption_is_asked(post: MailServer):
    config = post.settings(tls="starttls")
    mail = await a_mail(config)
    await rounds(config, timedelta(), MINUTE)
    assert (await state(mail), post.received) == ("waiting", [])


async def test_a_changed_secret_ends_what_waits(post: MailServer):
    mail = await a_mail(post.settings())
    other = post.environment() | {"RECUL_SECRET": "t" * 40}
    await rounds(settings(**other), timedelta())
    assert (await state(mail), post.received) == ("failed", [])


async def test_addresses_are_never_logged(post: MailServer, caplog: pytest.LogCaptureFixture):
    config = post.settings()
    post.answers = {"RCPT": ["550 no ana@exemple.fr here", "451 ana@exemple.fr later", "drop"]}
    for name in ("ana", "ana", "ana", "a b", "ana@exemple.fr\nBcc: x"):
        await a_mail(config, f"{name}@exemple.fr")
    with caplog.at_level(logging.DEBUG):
        await rounds(config, timedelta(), timedelta(hours=1))
    said = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.")]
    assert len(said) >= 5
    assert not [line for line in said if "exemple.fr" in line]
