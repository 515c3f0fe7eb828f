"""The proxies of the guide, as they are written there, started for real."""

import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from tests.operate.proxies import Proxied, proxied, trusting
from tests.processes import RemoteVisitor
from tests.visitors import PASSWORD

pytestmark = pytest.mark.slow

LONG = "Une longue journée, et encore une. " * 110
MARK = "chemin-que-nul-ne-lit"


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def there(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp(request.param)
    folder.chmod(0o755)
    with proxied(request.param, folder) as there:
        yield there


@asynccontextmanager
async def person(there: Proxied, **headers: str) -> AsyncIterator[RemoteVisitor]:
    """The first administrator, once; afterwards she signs in."""
    ana = there.visitor(**headers)
    fields = {"email": "ana@exemple.fr", "display_name": "Ana", "new_password": PASSWORD}
    joined = await ana.post(there.served.invitation(), fields)
    if joined.status_code != 303:
        assert (await ana.sign_in("ana@exemple.fr")).status_code == 303
    try:
        yield ana
    finally:
        await ana.client.aclose()


async def test_a_person_signs_in_and_writes(there: Proxied):
    headers = {"Origin": there.url}
    async with person(there, **headers) as ana:
        [cookie] = [c for c in ana.client.cookies.jar if c.name == "__Host-recul"]
        assert cookie.secure
        sent = await ana.post("/carnet/vite", {"text-line": "un mot", "nonce": "n"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/")
        page = await ana.get("/carnet")
        assert "un mot" in page.text
        assert page.headers["strict-transport-security"].startswith("max-age=31536000")
        assert page.headers["cache-control"] == "no-store"
        assert "server" not in page.headers or "/" not in page.headers["server"]


async def test_a_form_of_another_site_is_refused(there: Proxied):
    async with person(there) as ana:
        answer = await ana.post("/carnet/verrou", {}, Origin="https://ailleurs.example")
        assert answer.status_code == 403
        assert (await ana.get("/carnet")).status_code == 200


async def test_private_pages_are_not_compressed_and_files_are(there: Proxied):
    async with person(there, Accept_Encoding="gzip, br, zstd") as ana:
        page = await ana.get("/carnet")
        assert "content-encoding" not in page.headers
        [sheet, *_] = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
        for _ in range(2):
            file = await ana.get(sheet)
            assert file.headers["content-encoding"] == "gzip"
            assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert "set-cookie" not in file.headers


async def test_plain_http_leads_to_https(there: Proxied):
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://localhost:{there.plain_port}/carnet?mois=2026-11")
    assert answer.status_code in (301, 308)
    where = answer.headers["location"].replace(f":{there.port}", "")
    assert where == "https://localhost/carnet?mois=2026-11"
    assert answer.content.count(b"Recul") == 0


def test_it_speaks_http_2(there: Proxied):
    context = trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", there.port)) as line,
        context.wrap_socket(line, server_hostname="localhost") as safe,
    ):
        assert safe.selected_alpn_protocol() == "h2"
        assert safe.version() in ("TLSv1.2", "TLSv1.3")


def test_a_foreign_name_gets_no_answer(there: Proxied):
    context = trusting()
    context.check_hostname = False
    with socket.create_connection(("127.0.0.1", there.port)) as line, pytest.raises(ssl.SSLError):
        context.wrap_socket(line, server_hostname="ailleurs.example")


async def test_a_foreign_host_reaches_no_page(there: Proxied):
    """The name of the certificate, another one in the request."""
    async with there.client() as client:
        answer = await client.get("/connexion", headers={"Host": "ailleurs.example"})
    assert answer.status_code != 200 or not answer.content
    assert "ailleurs" not in answer.text


async def test_numbers_stay_inside(there: Proxied):
    headers = {"Authorization": "Bearer " + "t" * 43}
    async with there.client() as client:
        for path in ("/metrics", "/metrics/", "//metrics", "/%6detrics", "/x/../metrics"):
            answer = await client.get(there.url + path, headers=headers)
            assert (answer.status_code, "recul_" in answer.text) == (404, False), path
    async with httpx.AsyncClient(trust_env=False) as client:
        inside = await client.get(f"{there.served.url}/metrics", headers=headers)
    assert "recul_ready 1" in inside.text


async def test_sizes(there: Proxied):
    """What is too long for a form is told by Recul, kindly; what is absurd, by the proxy."""
    async with person(there) as ana:
        much = await ana.post("/carnet/vite", {"text-line": "x" * 600_000, "nonce": "n"})
        assert (much.status_code, "C’est trop long" in much.text) == (413, True)
        try:
            absurd = await ana.client.post("/carnet/vite", content=b"x" * 18_000_000)
        except (httpx.WriteError, httpx.ReadError):
            return  # it hung up before all was said
        assert absurd.status_code in (400, 403, 413, 502)


async def test_a_long_download_arrives_whole(there: Proxied):
    async with person(there) as ana:
        for n in range(30):
            fields = {"text-line": LONG, "nonce": f"long {n}"}
            assert (await ana.post("/carnet/vite", fields)).status_code == 303
        copy = await ana.get("/carnet/export/carnet.json")
        assert copy.text.count(LONG.strip()) >= 30
        assert copy.headers["cache-control"] == "no-store"


async def test_attempts_are_counted_by_the_true_address(there: Proxied):
    """What a caller claims of its address changes nothing; another address is another one."""
    liar, other = there.visitor("127.0.0.2"), there.visitor("127.0.0.3")
    statuses = []
    for n in range(12):
        for name in ("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"):
            liar.client.headers[name] = f"10.1.2.{n}"
        liar.client.headers["Forwarded"] = f"for=10.1.2.{n};proto=http"
        statuses.append((await liar.sign_in("boris@exemple.fr", "faux")).status_code)
    assert statuses == [422] * 10 + [429] * 2
    assert (await other.sign_in("boris@exemple.fr", "faux")).status_code == 422
    for visitor in (liar, other):
        await visitor.client.aclose()


async def test_nobody_reads_who_asked_for_what(there: Proxied, tmp_path: Path):
    """Also not when something goes wrong between the two. Comes last: it ends the instance."""
    async with there.client(User_Agent=MARK) as client:
        await client.get(f"/{MARK}?{MARK}")
        there.served.process.terminate()
        there.served.process.wait(20)
        answer = await client.get(f"/{MARK}?{MARK}", headers={"Cookie": f"a={MARK}"})
        assert answer.status_code == 502
    for log in (there.log, there.served.log):
        said = log.read_text()
        assert [word for word in (MARK, "127.0.0.2", "exemple.fr") if word in said] == []
