"""What a mail may carry besides its letter."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from recul.web.i18n import Said


@dataclass(frozen=True, slots=True)
class Line:
    """What a mail comes to when it is told together with others: a sentence, and its page."""

    words: Said
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file. One of text/calendar also stands among the twins of the letter, since that is
    where Outlook and Gmail look for an invitation; `method` is then needed, as RFC 6047 says."""

    name: str
    media_type: str
    """With its parameters: ``text/calendar; method=REQUEST; charset=utf-8``."""
    content: bytes

    def stored(self) -> dict[str, str]:
        content = b64encode(self.content).decode("ascii")
        return {"name": self.name, "media_type": self.media_type, "content": content}

    @classmethod
    def of_stored(cls, stored: dict[str, Any]) -> "Attachment":
        return cls(stored["name"], stored["media_type"], b64decode(stored["content"]))
