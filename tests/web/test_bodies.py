"""What is sent in a form lives as long as its request, in memory only."""

import tempfile
from typing import Any

import pytest
from litestar import Litestar, _parsers
from litestar.exceptions import ClientException
from tests.visitors import Visitor

from recul.web.bodies import MOST_FIELDS, Upload, read_fields, read_query

URL_ENCODED: tuple[str, dict[str, str]] = ("application/x-www-form-urlencoded", {})
MULTIPART = ("multipart/form-data", {"boundary": "x"})


def part(name: str, content: bytes, more: str = "") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def test_fields_keep_their_order_and_their_repeats():
    found = read_fields(URL_ENCODED, b"a=1&b=%C3%A9+%26&a=2&c=&a")
    assert found == {"a": ["1", "2", ""], "b": ["é &"], "c": [""]}


def test_what_is_not_utf_8_is_marked_and_not_refused():
    assert read_fields(URL_ENCODED, b"a=%ED%A0%80\xff") == {"a": ["\ufffd" * 4]}
    assert read_query(b"a=%ff&b=\xe9") == [("a", "\ufffd"), ("b", "é")]


def test_texts_and_files_of_a_multipart_form():
    body = part("a", "é".encode()) + part("f", b"\0\xff", '; filename="é.csv"')
    found = read_fields(MULTIPART, body + part("a", b"") + b"--x--\r\n")
    assert found == {"a": ["é", ""], "f": [Upload(b"\0\xff")]}


def test_a_chosen_nothing_is_no_file():
    found = read_fields(MULTIPART, part("f", b"", '; filename=""') + b"--x--\r\n")
    assert found == {"f": [""]}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MULTIPART, b""),
        (MULTIPART, part("a", b"1")),
        (MULTIPART, part("a", b"1") * (MOST_FIELDS + 1) + b"--x--\r\n"),
        (("multipart/form-data", {}), part("a", b"1") + b"--x--\r\n"),
        (("multipart/form-data", {"boundary": "\n"}), b"x"),
        (URL_ENCODED, b"a=1&" * (MOST_FIELDS + 1)),
    ],
)
def test_what_cannot_be_read_is_refused(kind: tuple[str, dict[str, str]], body: bytes):
    with pytest.raises(ClientException):
        read_fields(kind, body)


def test_another_type_has_no_fields():
    assert read_fields(("application/json", {}), b'{"a": 1}') == {}


async def test_no_text_password_or_search_stays_in_a_cache(ana: Visitor):
    def kept() -> list[int]:
        readers = (_parsers.parse_url_encoded_form_data, _parsers.parse_query_string)
        return [reader.cache_info().currsize for reader in readers]

    before = kept()
    await ana.post("/carnet/vite", {"text-line": "Une phrase à moi.", "nonce": "n"})
    await ana.sign_in(ana.email)
    await ana.post("/carnet/recherche", {"mots": "phrase"})
    assert kept() == before


async def test_a_large_file_never_touches_the_disk(ana: Visitor, monkeypatch: pytest.MonkeyPatch):
    def refused(*args: object, **more: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refused)
    large = b"full_date,date,weekday,time,mood,activities,note_title,note\n" + b"\n" * 3_000_000
    answer = await ana.upload("/carnet/import", {"file": ("daylio.csv", large, "text/csv")})
    assert answer.status_code in (303, 422)


async def test_who_goes_away_in_the_middle_of_a_form_is_no_failure_of_the_server(app: Litestar):
    sent: list[dict[str, Any]] = []
    events = iter([{"type": "http.request", "body": b"text-line=", "more_body": True}])

    async def receive() -> dict[str, Any]:
        return next(events, {"type": "http.disconnect"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/connexion",
        "raw_path": b"/connexion",
        "query_string": b"",
        "headers": [(b"host", b"recul.test"), (b"content-type", URL_ENCODED[0].encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert [message["status"] for message in sent if "status" in message] == [400]
