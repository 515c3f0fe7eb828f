"""What a mail says: neutral, in two twins, and whatever is put into it stays in its place."""

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from tests.notifications.mails import MONDAY_TEN, URL, a_mail, state
from tests.notifications.servers import MailServer
from tests.visitors import settings

from recul import clock, paths
from recul.notifications import letters, messages, outbox
from recul.notifications.addresses import Undeliverable, mailbox
from recul.settings import LANGUAGES
from recul.vault.errors import Unreadable
from recul.web.templates import environment

LINES = [{"words": "Une place vous est proposée", "url": URL}]
CONTEXT = {"url": URL, "until": date(2026, 11, 30), "lines": LINES} | {
    "says": "Vos dates :",
    "whens": ["jeudi 3 décembre, de 14 h 00 à 16 h 00"],
    "attached": True,
}
"""Whatever some template asks for."""
KINDS = sorted(path.stem for path in (paths.templates() / "mail").glob("[a-z]*.txt"))
SENDER = {"RECUL_SMTP_URL": "smtp://h", "RECUL_MAIL_FROM": "Recul <recul@exemple.org>"}
# What no mailbox of an employer needs to know.
TELLING = re.compile(
    r"carnet|journal|charge|émotion|ressenti|tendance|supervision|analyse de la pratique"
    r"|notebook|mood|emotion|workload|trend",
    re.IGNORECASE,
)
NASTY = "Léa <b>&amp; fils</b>\r\nBcc: victime@exemple.fr\r\n\r\n.\r\nQUIT"


def config():
    return settings(**SENDER)


def parsed(letter: letters.Letter):
    content = messages.message(config(), uuid4(), letter, MONDAY_TEN)
    return content, message_from_bytes(content, policy=default)


def a_letter(to: str = "ana@exemple.fr", **more: Any) -> letters.Letter:
    usual = letters.Letter(to=to, language="fr", subject="S", text="T", html="H")
    return replace(usual, **more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_neutral_and_fetches_nothing(kind: str, language: str):
    with clock.set_to(MONDAY_TEN):
        letter = letters.write(config(), "ana@exemple.fr", kind, language, CONTEXT)
    assert 0 < len(letter.subject) < 60
    for text in (letter.subject, letter.text, unescape(letter.html)):
        assert TELLING.search(text) is None, (kind, TELLING.search(text))
    assert not re.search(r"<(img|link|script|iframe|style)\b|url\(|@import", letter.html)
    assert set(re.findall(r'(?:href|src)="([^"]+)"', letter.html)) == {URL}
    assert letter.text.count(URL) == 1
    assert "<" not in letter.text
    assert f'<html lang="{language}">' in letter.html
    assert letter.text == letter.text.strip() + "\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_twins_say_the_same(kind: str):
    letter = letters.write(config(), "ana@exemple.fr", kind, "fr", CONTEXT)
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", letter.html)).split())
    for line in letter.text.splitlines():
        if line.strip() not in ("", "--") and not line.startswith("Recul ·"):
            assert " ".join(line.removeprefix("- ").split()) in shown


def test_nothing_put_into_a_mail_leaves_its_place():
    letter = letters.write(config(), "ana@exemple.fr", "password-reset", "fr", {"url": NASTY})
    assert NASTY.splitlines()[0] in letter.text  # as it was given, not escaped for HTML
    assert "<b>" not in letter.html
    _, mail = parsed(letter)
    assert (mail["Bcc"], mail["Subject"]) == (None, "Le lien que vous avez demandé")


async def test_a_line_that_would_end_the_mail_does_not(post: MailServer, db):
    with clock.set_to(MONDAY_TEN):
        await a_mail(post.settings(), context={"url": NASTY})
        await outbox.send_due(post.settings())
    [received] = post.received
    assert "\n\n.\nQUIT\n" in received.text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_subject_is_one_line(ending: str, tmp_path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "templates"
    (folder / "mail").mkdir(parents=True)
    (folder / "mail" / "x.txt").write_text("{% block subject %}{{ name }}{% endblock %}")
    (folder / "mail" / "x.html").write_text("{{ name }}")
    monkeypatch.setattr(paths, "templates", lambda: folder)
    environment.cache_clear()
    try:
        name = f"Léa{ending}Bcc: victime@exemple.fr"
        letter = letters.write(config(), "ana@exemple.fr", "x", "fr", {"name": name})
    finally:
        environment.cache_clear()
    assert letter.subject == "Léa Bcc: victime@exemple.fr"
    _, mail = parsed(letter)
    assert (mail["Bcc"], mail["Subject"]) == (None, letter.subject)


@pytest.mark.parametrize(
    ("address", "spec"),
    [
        ("ana@exemple.fr", "ana@exemple.fr"),
        ("ana+recul@exemple.fr", "ana+recul@exemple.fr"),
        ("o'brien@exemple.fr", "o'brien@exemple.fr"),
        ("ana@équipe.fr", "ana@xn--quipe-9ra.fr"),
        ("a,b@exemple.fr", '"a,b"@exemple.fr'),
        ("a<b>c@exemple.fr", '"a<b>c"@exemple.fr'),
        ('a"b@exemple.fr', '"a\\"b"@exemple.fr'),
        ("ana.@exemple.fr", "ana.@exemple.fr"),
        ("éloïse@exemple.fr", "éloïse@exemple.fr"),
        ("用户@例子.公司", "用户@xn--fsqu00a.xn--55qx5d"),
    ],
)
def test_odd_addresses_stay_one_address(address: str, spec: str):
    assert mailbox(address).spec == spec
    _, mail = parsed(a_letter(address))
    [to] = mail["To"].addresses
    name = to.username.encode("utf-8", "surrogateescape").decode()  # unencoded, as SMTPUTF8 has it
    assert (name, mail["Bcc"]) == (address.rpartition("@")[0], None)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "@exemple.fr",
        "ana@",
        "a na@exemple.fr",
        "ana\nBcc: b@exemple.fr",
        "ana@exemple.fr\r\nBcc: b@exemple.fr",
        "ana@exemple.fr, b@exemple.fr",
        "ana@exem ple.fr",
        "<ana@exemple.fr>",
        "ana@exemple..fr\x00",
        "ana@" + "é" * 80 + ".fr",
        "x" * 400 + "@exemple.fr",
        "ana@[127.0.0.1]",
        "ana\u2028b@exemple.fr",
        "\ud800@exemple.fr",
    ],
)
async def test_what_is_no_address_fails_alone(post: MailServer, db, address: str):
    with pytest.raises(Undeliverable):
        mailbox(address)
    with clock.set_to(MONDAY_TEN):
        mail, other = await a_mail(post.settings(), address), await a_mail(post.settings())
        await outbox.send_due(post.settings())
    assert [await state(mail), await state(other)] == ["failed", "sent"]


async def test_an_accented_mailbox_is_delivered(post: MailServer, db):
    with clock.set_to(MONDAY_TEN):
        await a_mail(post.settings(), "éloïse@équipe.fr")
        await a_mail(post.settings(), "ana@équipe.fr")
        await outbox.send_due(post.settings())
    assert set(post.readers()) == {"éloïse@xn--quipe-9ra.fr", "ana@xn--quipe-9ra.fr"}


def test_a_box_belongs_to_its_row():
    mail, letter = uuid4(), a_letter()
    box = letters.seal(config(), mail, letter)
    assert letters.open_sealed(config(), mail, box) == letter
    assert b"ana@exemple.fr" not in box
    with pytest.raises(Unreadable):
        letters.open_sealed(config(), uuid4(), box)


def test_a_long_text_keeps_to_the_lines_of_smtp():
    content, mail = parsed(a_letter(text="é" * 5000 + "\n.\n..\n", html="<p>" + "x" * 5000))
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert mail.get_body(("plain",)).get_content().startswith("é" * 5000)
