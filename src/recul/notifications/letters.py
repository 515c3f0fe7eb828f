"""A mail as it is written, as it is kept, and as it leaves."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import blake2b
from html import unescape
from typing import Any
from uuid import UUID

from recul.notifications.addresses import Mailbox, mailbox
from recul.settings import LANGUAGES, Settings
from recul.vault.boxes import open_padded, seal_padded
from recul.vault.keys import subkey
from recul.web.templates import environment


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person will read."""

    to: str
    language: str
    subject: str
    text: str
    html: str


def write(settings: Settings, to: str, kind: str, language: str, context: dict[str, Any]) -> Letter:
    """Fill in the twins `templates/mail/<kind>.txt` and `.html`; the first holds the subject."""
    spoken = language if language in LANGUAGES else settings.language
    env, said = environment(spoken), {"site": settings.url} | context
    plain = env.get_template(f"mail/{kind}.txt")
    subject = "".join(plain.blocks["subject"](plain.new_context(said)))
    return Letter(
        to=to,
        language=spoken,
        # Everything that ends a line becomes a space: a header stays one header.
        subject=" ".join(_plain(subject).split()),
        text=re.sub(r"\n{3,}", "\n\n", _plain(plain.render(said))).strip() + "\n",
        html=env.get_template(f"mail/{kind}.html").render(said),
    )


def _plain(rendered: str) -> str:
    """Templates escape for HTML whatever they are given; this is the exact way back."""
    return unescape(rendered)


def seal(settings: Settings, mail: UUID, letter: Letter) -> bytes:
    return seal_padded(_key(settings), json.dumps(asdict(letter)).encode(), mail.bytes)


def open_sealed(settings: Settings, mail: UUID, box: bytes) -> Letter:
    """Raises Unreadable, as when the server's secret was changed meanwhile."""
    return Letter(**json.loads(open_padded(_key(settings), box, mail.bytes)))


def _key(settings: Settings) -> bytes:
    return subkey(blake2b(settings.secret.encode(), digest_size=32).digest(), "outbox")


def sender(settings: Settings) -> tuple[str, Mailbox]:
    """The name and the mailbox that mail comes from."""
    name, address = parseaddr(settings.mail_from)
    return name, mailbox(address)


def message(settings: Settings, mail: UUID, letter: Letter, now: datetime) -> bytes:
    """The mail as it leaves. Raises Undeliverable.

    Its Message-ID is the same at each try, so that whoever gets it twice can tell.
    """
    name, source = sender(settings)
    to = mailbox(letter.to)
    made = EmailMessage(policy=SMTP.clone(utf8=not to.in_ascii))
    made["From"] = Address(name, source.local, source.domain)
    made["To"] = Address("", to.local, to.domain)
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{mail}@{source.domain}>"
    made["Content-Language"] = letter.language
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return made.as_bytes()
