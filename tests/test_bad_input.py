"""Whatever is sent, the answer is a page or a way elsewhere: never an error of ours."""

from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from tests.raw import assert_kind, encoded, moment, posts, send
from tests.visitors import PASSWORD, Visitor

from recul.accounts.tables import Throttle
from recul.app import BODY

NAMES = (
    "email password new_password code display_name language time_zone idle_minutes following"
    " nonce template workload emotional_load recovery support feelings contexts own_feeling"
    " own_context when date time small_win seen draft modele box line feeling context champ"
    " remplacer tout text-line text-text text-felt text-win mood-1 load-1 garde-text-line file"
).split()
NASTY = (
    "",
    "\0",
    "\0" * 40,
    "\ud800",
    "\u202eשלום עליכם\u202c",
    "👩🏽‍🌾" * 60,
    "İ" * 200,
    "é" * 70,
    "9" * 5000,
    "-1",
    "1e999",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59",
    "1950-01-01T00:00",
    "2026-02-30",
    "2026-11-24T25:61",
    "now",
    "date",
    "24:00",
    "00:00+23:59",
    "//ailleurs.example",
    "/€",
    "/carnet\r\nSet-Cookie: a=b",
    "%(longest)s %s {}",
    "{{ 7*7 }}</textarea><script>",
    "a,b" * 90,
    "win",
    "incident",
    PASSWORD,
)
VALUES = st.sampled_from(NASTY) | st.text(alphabet=st.characters(), max_size=60)
FIELD_NAMES = st.sampled_from(NAMES) | st.text(alphabet=st.characters(), max_size=12)
FIELDS = st.lists(st.tuples(FIELD_NAMES, VALUES), max_size=8)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=FIELDS, partial=st.booleans())
async def test_any_form_with_anything_in_it(
    app: Litestar, ana: Visitor, fields: list[tuple[str, str]], partial: bool
):
    """Every route that takes a form, with the fields of all of them."""
    headers = {"hx-request": "true", "hx-request-type": "partial"} if partial else {}
    entry = await moment(ana)
    await Throttle.delete(force=True)
    for route in posts(app):
        answer = await send(ana, route.address(entry=entry), encoded(fields), **headers)
        assert_kind(answer, route)
    assert (await ana.get("/compte")).status_code == 200


PAGES = ("/", "/connexion", "/carnet", "/carnet/ecrire", "/carnet/recherche", "/carnet/tendances")
QUERY_NAMES = "suite modele mots ressenti contexte page semaines annee echelle champ".split()


@pytest.mark.parametrize("value", NASTY)
async def test_any_address_with_anything_in_it(ana: Visitor, nobody: Visitor, value: str):
    query = encoded([(name, value) for name in QUERY_NAMES]).decode()
    for path in PAGES:
        assert_kind(await ana.get(f"{path}?{query}"), path)
        assert_kind(await nobody.get(f"{path}?{query}"), path)


@pytest.mark.parametrize("value", NASTY)
async def test_any_cookie_and_header(ana: Visitor, value: str):
    raw = value.encode("utf-8", "surrogatepass").replace(b"\0", b"").replace(b"\r\n", b"")
    own = f"recul={ana.client.cookies['recul']}; ".encode()
    names = ("recul-formulaire", "recul-note", "recul-langue", "x")
    cookies = own + b"; ".join(name.encode() + b"=" + raw for name in names)
    fields = (b"accept-language", b"user-agent", b"origin", b"hx-request", b"x-csrftoken")
    headers = [(b"cookie", cookies), *((name, raw) for name in fields)]
    for method, path in (("GET", "/carnet"), ("GET", "/static/x/y"), ("POST", "/carnet/vite")):
        window = httpx.AsyncClient(transport=ana.client._transport, base_url="http://recul.test")
        assert_kind(await window.request(method, path, headers=headers), path)


MULTIPART = "multipart/form-data; boundary=x"
PART_OF = b"--x\r\nContent-Disposition: form-data; name="
ODD_CHARSET = b"\r\nContent-Type: text/plain; charset=none"
NOT_FORMS = [
    ("application/json", b'{"text-line": "x"}'),
    ("text/plain", b"text-line=x"),
    ("", b"text-line=x"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"x"),
    (MULTIPART, b""),
    (MULTIPART, PART_OF[:-5]),
    (MULTIPART, b"--x\r\nnothing\r\n\r\nx\r\n--x--\r\n"),
    (MULTIPART, PART_OF + b'"text-line"' + ODD_CHARSET + b"\r\n\r\n\xff\xfe\r\n--x--\r\n"),
    (MULTIPART, PART_OF + b'"_csrf_token"; filename="f"\r\n\r\nxx\r\n--x--\r\n'),
    ("application/x-www-form-urlencoded", b"\xff\xfe=%zz&=&&&%=%&text-line=\xe9"),
    ("application/x-www-form-urlencoded", b"a=1&" * 5000),
    ("application/x-www-form-urlencoded; charset=utf-16", "text-line=é".encode("utf-16")),
]


@pytest.mark.parametrize(("kind", "body"), NOT_FORMS)
async def test_a_body_that_is_no_form(ana: Visitor, kind: str, body: bytes):
    for path in ("/carnet/vite", "/carnet/import", "/connexion", "/carnet/brouillon"):
        with_token = await send(ana, path, body, **{"content-type": kind})
        assert_kind(with_token, path)
        without = await ana.client.post(path, content=body, headers={"content-type": kind})
        assert without.status_code in (400, 403)
        assert_kind(without, path)


async def test_a_field_of_a_mebibyte_is_too_long(ana: Visitor):
    body = b"text-line=" + b"x" * 1024 * 1024
    answer = await send(ana, "/carnet/vite", body)
    assert (answer.status_code, "C’est trop long" in answer.text) == (413, True)
    part = await send(
        ana, "/carnet/vite", body, **{"hx-request-type": "partial", "hx-request": "true"}
    )
    assert (part.status_code, "<html" in part.text) == (413, False)

    async def without_length() -> AsyncIterator[bytes]:
        for _ in range(2 * BODY // 65536):
            yield b"x" * 65536

    streamed = await send(ana, "/carnet/vite", without_length())
    assert_kind(streamed)
    assert streamed.status_code == 413


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "0001-01-01"),
        ("date", "1949-12-31"),
        ("date", "9999-12-31"),
        ("date", "2026-02-30"),
        ("date", "hier"),
        ("time", "25:00"),
        ("when", "9999-12-31T12:00"),
        ("when", "0001-01-01T00:00"),
        ("when", "x"),
        ("workload", "6"),
        ("emotional_load", "lourde"),
        ("text-line", "trop long. " * 2000),
    ],
)
async def test_a_wrong_value_is_told_and_the_text_kept(ana: Visitor, name: str, value: str):
    typed = {"text-line": "Une phrase à garder.", "nonce": "n"} | {name: value}
    answer = await ana.post("/carnet/vite", typed)
    assert answer.status_code == 422
    assert unescape(typed["text-line"]).strip() in unescape(answer.text)
    assert 'aria-invalid="true"' in answer.text or "-error" in answer.text


async def test_of_a_field_sent_twice_the_last_one_counts(ana: Visitor):
    await send(ana, "/carnet/vite", b"workload=9&workload=5&text-line=a&text-line=b&nonce=n")
    page = (await ana.get("/carnet")).text
    assert "débordante" in page
    assert '<p class="moment-text">b</p>' in page


async def test_right_to_left_emoji_and_markup_come_back_as_they_were(ana: Visitor):
    text = "\u202eשלום\u202c 👩🏽‍🌾 <script>alert(1)</script> & «\u00a0ça\u00a0»"
    await ana.post("/carnet/vite", {"text-line": text, "nonce": "n"})
    page = (await ana.get("/carnet")).text
    assert text in unescape(page)
    assert "<script>alert" not in page


MARKUP = "<img src=x onerror=alert(1)>'\""


async def test_markup_in_every_field_is_shown_as_text(ana: Visitor, nobody: Visitor):
    fields = dict.fromkeys(NAMES, MARKUP) | {"template": "free", "draft": "1", "idle_minutes": "15"}
    right = {"when": "now", "date": "", "time": "", "time_zone": "Europe/Paris", "language": ""}
    steps = dict.fromkeys(("workload", "emotional_load", "recovery", "support"), "3")
    fields["text-text"] = f"{MARKUP} Madame {MARKUP} Martin, 06 12 34 56 78"
    for path in ("/compte", "/carnet/ressources", "/carnet/brouillon", "/carnet/vite"):
        assert (await ana.post(path, fields | right | steps)).status_code < 400, path
    address = f"/carnet/moments/{await moment(ana)}"
    pages = [
        *[await ana.get(path) for path in (*PAGES, address, f"{address}/modifier", "/bienvenue")],
        *[await ana.get(path) for path in ("/carnet/victoires", "/carnet/reglages", "/compte")],
        *[await ana.post(path, fields) for path in ("/carnet/vite", "/carnet/ecrire", "/compte")],
        await ana.post("/carnet/reperage?champ=text-text", fields),
        await ana.client.post("/carnet/vite", data=fields),
        await nobody.post("/connexion", fields),
        await nobody.post("/carnet/vite", fields),
        await ana.get((await ana.post("/carnet/recherche", fields)).headers["location"]),
    ]
    seen = sum("onerror" in page.text for page in pages)
    assert [page.url for page in pages if "<img" in page.text] == []
    assert seen >= 12
