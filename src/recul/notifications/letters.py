"""A mail as it is written, and as it is kept while it waits."""

import json
import re
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from html import unescape
from typing import Any
from uuid import UUID

from recul.notifications.parts import Attachment, Line
from recul.settings import LANGUAGES, Settings
from recul.vault.boxes import open_padded, seal_padded
from recul.vault.keys import subkey
from recul.web.templates import environment


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a digest, in its reader's language."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person will read. `line` is what it comes to in a digest."""

    to: str
    language: str
    subject: str
    text: str
    html: str
    line: Told | None = None
    attachment: Attachment | None = None

    def carrying(self, line: Line | None, attachment: Attachment | None) -> "Letter":
        told = Told(line.words.in_language(self.language), line.url) if line else None
        return replace(self, line=told, attachment=attachment)


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
    stored = asdict(letter)
    if letter.attachment:
        stored["attachment"] = letter.attachment.stored()
    return seal_padded(_key(settings), json.dumps(stored).encode(), mail.bytes)


def open_sealed(settings: Settings, mail: UUID, box: bytes) -> Letter:
    """Raises Unreadable, as when the server's secret was changed meanwhile."""
    stored = json.loads(open_padded(_key(settings), box, mail.bytes))
    line, attachment = stored.pop("line", None), stored.pop("attachment", None)
    return Letter(
        **stored,
        line=Told(**line) if line else None,
        attachment=Attachment.of_stored(attachment) if attachment else None,
    )


def _key(settings: Settings) -> bytes:
    return subkey(blake2b(settings.secret.encode(), digest_size=32).digest(), "outbox")
