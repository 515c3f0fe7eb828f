"""Attack: a cache between us and the browsers (an employer's proxy, a content network, the browser
of a shared computer) keeps a page of one person and gives it to the next; or is made to, by an
address that looks like a style sheet, by a header that changes the page and is not told in `Vary`.

Here nothing that depends on who asks may be kept at all, so that nothing hangs on `Vary`; what may
be kept is the same for everybody, to the byte.
"""

import httpx
import pytest
from litestar import Litestar
from tests.booking.world import NOON
from tests.organisation.world import House, participant
from tests.privacy import groups
from tests.raw import PART
from tests.routes import routes
from tests.visitors import Visitor

from recul import clock
from recul.web.roles import Role

KEPT = ("/static/{version}/{name}", "/agenda/{address}")
"""What may be kept: files of the program; and a calendar, by the program that fetches it."""
MAIN = ("/", "/carnet", "/compte", "/connexion")
VARIATIONS: tuple[dict[str, str], ...] = (
    {},
    PART,
    {"hx-request": "true"},
    {"hx-boosted": "true", "hx-request": "true"},
    {"accept-language": "en"},
    {"accept-language": "fr;q=0.1,en"},
    {"cookie": "recul-langue=en"},
    {"accept": "application/json"},
    {"x-forwarded-host": "ailleurs.example"},
    {"range": "bytes=0-10"},
    {"if-none-match": "*"},
    {"if-modified-since": "Sat, 21 Nov 2099 00:00:00 GMT"},
)


async def test_no_page_may_be_kept_however_it_is_asked_for(
    app: Litestar, house: House, nobody: Visitor
):
    visitors = (nobody, house.self, house.organiser, house.people[Role.FACILITATOR])
    for route in routes(app):
        if route.path in KEPT:
            continue
        for number, visitor in enumerate(visitors):
            headers = VARIATIONS[(len(route.path) + number) % len(VARIATIONS)]
            method = "GET" if route.method == "GET" else "POST"
            answer = await visitor.client.request(method, route.address(), headers=headers)
            assert answer.headers["cache-control"] == "no-store", (route, headers)
            assert "etag" not in answer.headers, route
            assert "last-modified" not in answer.headers, route
        await house.self.sign_in(house.self.email)


@pytest.mark.parametrize("headers", VARIATIONS)
async def test_every_variation_of_the_main_pages(ana: Visitor, headers: dict[str, str]):
    if "cookie" in headers:
        headers = {"cookie": f"recul={ana.client.cookies['recul']}; {headers['cookie']}"}
    for path in (*MAIN, "/nulle-part", "/carnet/export/carnet.csv"):
        answer = await ana.client.get(path, headers=headers)
        assert answer.status_code != 304
        assert answer.headers["cache-control"] == "no-store", path


async def test_a_private_page_under_the_name_of_a_file(ana: Visitor, app: Litestar):
    """Whoever follows such a link would leave her page in a cache that goes by the ending."""
    await ana.post("/carnet/vite", {"text-line": "Une phrase à elle.", "nonce": "n"})
    version = app.state.assets.version
    for path in (
        *("/carnet/x.css", "/carnet.css", "/carnet;x.css", "/carnet%2fx.css", "/carnet%00.css"),
        *("/compte/app.js", "/carnet/..%2fstatic%2fx.css", "/carnet/%2e%2e/static/a/css/app.css"),
        *(f"/static/{version}/../../carnet", f"/static/{version}/%2e%2e/%2e%2e/carnet"),
        *(f"/static/{version}/..%2f..%2fcarnet", "/static/../carnet"),
        *("/carnet?x=.css", "/carnet#.css"),
    ):
        answer = await ana.client.get(path)
        private = "Une phrase à elle." in answer.text or "Ana" in answer.text
        assert not private or answer.headers["cache-control"] == "no-store", path
        if "?" not in path and "#" not in path and not private:
            assert answer.headers["cache-control"] == "no-store", path


def told(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "content-length"}


async def test_a_file_of_the_program_is_the_same_for_everybody(
    app: Litestar, ana: Visitor, nobody: Visitor
):
    """No cookie comes with it, since caches would give one browser's to all, and none matters."""
    for name in ("css/app.css", "js/app.js"):
        path = app.state.assets.url(name)
        for encoding in ("gzip", "identity"):
            first = await nobody.client.get(path, headers={"accept-encoding": encoding})
            assert told(first)["cache-control"] == "public, max-age=31536000, immutable"
            assert told(first)["vary"] == "Accept-Encoding"
            assert "set-cookie" not in first.headers
            for headers in VARIATIONS:
                for visitor in (ana, Visitor(app)):
                    asked = {**headers, "accept-encoding": encoding}
                    answer = await visitor.client.get(path, headers=asked)
                    assert (answer.content, told(answer)) == (first.content, told(first)), headers


async def test_an_address_of_another_release_is_not_kept_for_good(nobody: Visitor):
    """Otherwise anybody could have a cache keep today's file under tomorrow's address."""
    answer = await nobody.get("/static/000000000000/css/app.css")
    assert answer.headers["cache-control"] == "no-cache"
    missing = await nobody.get("/static/000000000000/css/inconnu.css")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


async def test_a_calendar_is_kept_by_its_own_program_only(app: Litestar, house: House):
    with clock.set_to(NOON):
        await participant(app, house)
        await groups.groups(house)
        papers = await groups.papers(house)
        first, window = None, Visitor(app)
        for headers in VARIATIONS:
            if "if-none-match" in headers:
                continue
            for visitor in (house.self, window):
                answer = await visitor.client.get(f"/agenda/{papers['address']}", headers=headers)
                assert answer.headers["cache-control"] == "private, no-cache"
                assert "set-cookie" not in answer.headers
                first = first or answer.content
                assert answer.content == first, headers
