"""Attack: a link to our sign-in page that leads elsewhere afterwards, to a page that looks like
ours and asks for the password again.

The way back stands in `suite=` and in a field of forms; a browser reads `/\\evil`, `//evil`,
`/<tab>/evil` and the like as another host. Every place that takes a path is tried with each.
"""

import re
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from litestar import Litestar
from tests.visitors import PASSWORD, Visitor

from recul import paths
from recul.web.pages import local_path

EVIL = (
    "//ailleurs.example",
    "///ailleurs.example",
    "////ailleurs.example",
    "/\\ailleurs.example",
    "\\\\ailleurs.example",
    "\\/ailleurs.example",
    "/\t/ailleurs.example",
    "/\n/ailleurs.example",
    "/\r/ailleurs.example",
    "\t//ailleurs.example",
    " //ailleurs.example",
    "\x00//ailleurs.example",
    "/\x0b/ailleurs.example",
    "/\u00a0/ailleurs.example",
    "/\u2215ailleurs.example",
    "/\uff0failleurs.example",
    "//ailleurs。example",
    "//ailleurs.example@recul.test",
    "https://ailleurs.example",
    "https:ailleurs.example",
    "https:/ailleurs.example",
    "http://recul.test@ailleurs.example",
    "//recul.test@ailleurs.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ailleurs.example",
    ".ailleurs.example",
    "@ailleurs.example",
    ":80@ailleurs.example",
    "/a\r\nLocation: https://ailleurs.example",
    "?//ailleurs.example",
    "#//ailleurs.example",
    "",
)
KEPT = (
    "/%5cailleurs.example",
    "/%2f%2failleurs.example",
    "/%09/ailleurs.example",
    "/.//ailleurs.example",
    "/..//ailleurs.example",
    "/carnet?suite=//ailleurs.example",
    "/carnet#//ailleurs.example",
    "/;//ailleurs.example",
    "/ /ailleurs.example",
)
"""Look odd, and stay here all the same: browsers do not decode them."""


def lands_on(location: str) -> str | None:
    """The host where a browser goes, read as the URL standard says: tabs and line ends are
    taken out, outer blanks as well, and a backslash is a slash."""
    typed = re.sub("[\t\n\r]", "", location).strip("".join(map(chr, range(33))))
    return urlsplit(urljoin("http://recul.test/connexion", typed.replace("\\", "/"))).hostname


def way(answer: httpx.Response) -> str:
    return str(answer.headers.get("location") or answer.headers.get("hx-redirect"))


async def test_after_signing_in(ana: Visitor, app: Litestar):
    for path in (*EVIL, *KEPT):
        window, query = Visitor(app), quote(path.encode("utf-8", "surrogatepass"), safe="")
        asked = await window.get(f"/connexion?suite={query}")
        shown = re.findall(r'name="following" value="([^"]*)"', asked.text)
        assert [lands_on(one) for one in shown] == ["recul.test"] * 3, path
        fields = {"email": ana.email, "password": PASSWORD, "following": path}
        assert lands_on(way(await window.post("/connexion", fields))) == "recul.test", path
        # Somebody who is signed in already is led on at once.
        assert lands_on(way(await window.get(f"/connexion?suite={query}"))) == "recul.test", path


async def test_wherever_else_a_path_is_taken(ana: Visitor):
    for path in (*EVIL, *KEPT):
        query = quote(path.encode("utf-8", "surrogatepass"), safe="")
        answers = [
            await ana.post("/langue", {"language": "fr", "following": path}),
            await ana.post("/langue", {"language": "fr", "following": path}, HX_Request="true"),
            await ana.post("/carnet/vite", {"text-line": "x", "nonce": path, "following": path}),
            await ana.get(f"/carnet/ouvrir?suite={query}"),
            await ana.post("/carnet/ouvrir", {"password": PASSWORD, "following": path}),
            await ana.get(f"/compte/confirmer?suite={query}"),
            await ana.post("/compte/confirmer", {"password": PASSWORD, "following": path}),
            await ana.get(f"/connexion/verification?suite={query}"),
            await ana.post("/connexion/verification", {"code": "1", "following": path}),
            await ana.post("/connexion/verification/cle-d-acces", {"following": path}),
        ]
        for answer in answers:
            assert answer.status_code in (200, 303)
            assert lands_on(way(answer)) == "recul.test", (path, answer.request)


@pytest.mark.parametrize("path", EVIL)
def test_what_is_refused(path: str):
    assert local_path(path, "/carnet") == "/carnet"


@pytest.mark.parametrize("path", ["/carnet", "/carnet/recherche?boite=a_-b%20c&page=2", *KEPT])
def test_what_is_kept(path: str):
    assert local_path(path) == path


async def test_the_way_back_that_we_make_ourselves(nobody: Visitor):
    """The address asked for becomes `suite=`: it is quoted, and checked again when it returns."""
    for path in ("//ailleurs.example/carnet", "/carnet?a=b&suite=//ailleurs.example%0d%0aX: y"):
        answer = await nobody.client.get(f"http://recul.test{path}")
        if answer.status_code == 303:
            location = answer.headers["location"]
            assert location.startswith("/connexion")
            assert not re.search(r"[\r\n\\]", location)


def test_every_place_that_takes_a_path_is_tried():
    """The places where `local_path` is used are those above, and the tests of excuses."""
    sources = paths.templates().parent / "src" / "recul"
    found = {
        file.relative_to(sources).as_posix()
        for file in sources.rglob("*.py")
        if "local_path(" in file.read_text("utf-8")
    }
    assert found == {
        "web/pages.py",
        "web/away.py",
        "accounts/barriers.py",
        *(
            f"accounts/routes/{name}.py"
            for name in ("sign_in", "second_step", "passkey_doors", "proofs", "vault", "profile")
        ),
        "journal/routes/check_in.py",
        "booking/routes/excuses.py",
    }


async def test_leaving_in_a_hurry_leads_where_the_instance_says(ana: Visitor):
    fields = {"following": "//ailleurs.example", "suite": "//ailleurs.example"}
    answer = await ana.post("/quitter?suite=//ailleurs.example", fields)
    assert answer.headers["location"] == "/page-blanche"
