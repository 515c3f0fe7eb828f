"""Whether an answer is one that this visitor may get."""

from html import unescape
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import httpx
from tests.documents import papers
from tests.fuzz.people import FIRST_NAME, FOREIGN, QUIET, journal_word, memo_word
from tests.fuzz.sending import Asked

from recul.web.roles import Role

FILES = (
    *("text/html", "application/pdf", "text/csv", "text/calendar", "application/json"),
    "application/zip",
    *("text/css", "text/javascript", "text/plain"),
)
ACTING = tuple(role.value for role in Role if role is not Role.VISITOR)
OUTSIDE = ("visitor", "stale", "half", Role.STRANGER.value)
"""Who reads no name of the house."""


def faults(asked: Asked, answer: httpx.Response) -> list[str]:
    return [*_form(asked, answer), *_secrets(asked, answer)]


def _form(asked: Asked, answer: httpx.Response) -> list[str]:
    status, kind = answer.status_code, answer.headers.get("content-type", "")
    if status >= 500:
        return [f"answered {status}"]
    way = answer.headers.get("location", answer.headers.get("hx-redirect", "/"))
    found = []
    if not way.startswith("/") or way.startswith(("//", "/\\")):
        found.append("leads elsewhere")
    if answer.content and not kind.startswith(FILES):
        found.append(f"is of the type {kind!r}")
    if status >= 400 and asked.method != "HEAD" and not _sentence(answer):
        found.append(f"answers {status} without a sentence")
    if "public" in answer.headers.get("cache-control", "public") and status != 304:
        own = asked.address.startswith("/static/") or "cache-control" not in answer.headers
        found += [] if own and "cache-control" in answer.headers else ["may be kept by anybody"]
    return found


def _sentence(answer: httpx.Response) -> bool:
    html = answer.headers.get("content-type", "").startswith("text/html")
    return html and ("<h1" in answer.text or 'role="alert"' in answer.text)


def _secrets(asked: Asked, answer: httpx.Response) -> list[str]:
    """Words that the visitor may not read; what she sent herself may come back."""
    said = _words(answer).casefold()
    if "zqx" not in said:
        return []
    sent = unquote(asked.sent).casefold()
    hidden = _hidden(asked.who, asked.address)
    return [f"tells {word!r}" for word in hidden if word in said and word not in sent]


def _words(answer: httpx.Response) -> str:
    kind = answer.headers.get("content-type", "")
    if kind.startswith("application/pdf"):
        return papers.words(answer.content) + papers.joined(answer.content)
    if kind.startswith("application/zip"):
        with ZipFile(BytesIO(answer.content)) as whole:
            return " ".join(
                whole.read(name).decode("utf-8", "replace") for name in whole.namelist()
            )
    said = answer.text.replace("\r\n ", "") if kind.startswith("text/calendar") else answer.text
    return unescape(said) + repr(answer.headers)


def _hidden(who: str, address: str) -> list[str]:
    journals = {name: journal_word(name) for name in (*ACTING, "quiet")}
    hidden = [word for name, word in journals.items() if name != who]
    if who != Role.FACILITATOR.value:
        hidden.append(memo_word(Role.FACILITATOR.value))
    if who in OUTSIDE:
        hidden += [FIRST_NAME, QUIET]
    # The administration reads the names of all organisations, and of who organises them.
    listed = who == Role.ADMINISTRATOR.value and address.startswith("/structures")
    return hidden if listed else [FOREIGN, *hidden]
