"""`recul serve --workers`: several processes behind one socket, as people and signals find them."""

import asyncio
import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.processes import RemoteVisitor, Served, serving, visiting
from tests.visitors import PASSWORD

from recul.supervising import CANNOT_START, Supervisor
from recul.vitals.counts import Counts

pytestmark = pytest.mark.slow

TOKEN = "t" * 43
PATIENCE = 20.0


@pytest.fixture(params=[1, 2])
def served(request: pytest.FixtureRequest, live_url: str, tmp_path: Path) -> Iterator[Served]:
    words = ("--workers", str(request.param))
    more = {"RECUL_METRICS_TOKEN": TOKEN}
    with serving(tmp_path / "var", tmp_path / "log", live_url, *words, **more) as served:
        yield served


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Served]:
    more = {"RECUL_METRICS_TOKEN": TOKEN}
    with serving(tmp_path / "var", tmp_path / "log", "", "--workers", "2", **more) as served:
        yield served


@pytest.fixture
def live_pair(live_url: str, tmp_path: Path) -> Iterator[Served]:
    """The same on each database."""
    with serving(tmp_path / "var", tmp_path / "log", live_url, "--workers", "2") as served:
        yield served


def children(of: int) -> list[int]:
    text = Path(f"/proc/{of}/task/{of}/children").read_text()
    return [int(pid) for pid in text.split()]


def lives(pid: int) -> bool:
    """Not one that ended and that nobody has buried yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def answering(served: Served) -> bool:
    with httpx.Client(trust_env=False) as client:
        try:
            return client.get(f"{served.url}/healthz").text == "ok"
        except httpx.TransportError:
            return False


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def numbers(served: Served) -> dict[str, float]:
    with httpx.Client(trust_env=False) as client:
        text = client.get(
            f"{served.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
        ).text
    lines = [line for line in text.splitlines() if not line.startswith("#") and line]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def half_a_form(served: Served) -> socket.socket:
    """A form of which the server has the beginning: it waits for the rest."""
    line = socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)
    head = "POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n"
    line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode())
    line.sendall(b"email=anon")
    time.sleep(0.3)  # it has reached a worker; nothing outside tells when
    return line


def test_a_request_under_way_gets_its_answer_and_a_new_one_none(served: Served):
    line = half_a_form(served)
    served.process.send_signal(signal.SIGTERM)
    until(lambda: not answering(served), "new requests are still answered")
    assert served.process.poll() is None
    line.sendall(b"yme%40exem")
    answer = b""
    while part := line.recv(65536):
        answer += part
    line.close()
    assert answer.startswith(b"HTTP/1.1 403 ")  # a form without its token; a whole page
    assert answer.rstrip().endswith(b"</html>")
    assert served.process.wait(PATIENCE) == 0


def test_a_request_that_never_ends_does_not_hold_up_the_end(pair: Served):
    line = half_a_form(pair)
    began = time.monotonic()
    pair.process.send_signal(signal.SIGTERM)
    assert pair.process.wait(PATIENCE) == 0
    assert time.monotonic() - began < 10  # what service managers give is a limit, not a speed
    line.close()


def test_both_signals_stop_it_with_nothing_left(served: Served):
    workers = children(served.process.pid)
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(PATIENCE) == 0
    assert [pid for pid in workers if lives(pid)] == []
    assert "Traceback" not in served.log.read_text()


def test_a_worker_that_dies_is_replaced(pair: Served):
    first, second = children(pair.process.pid)
    os.kill(first, signal.SIGKILL)

    def replaced() -> bool:
        now = children(pair.process.pid)
        return len(now) == 2 and first not in now and second in now

    until(replaced, "nobody took its place")
    until(lambda: numbers(pair)['recul_worker_starts_total{worker="0"}'] == 2, "not counted")
    assert answering(pair)
    assert "worker 0 ended (-9)" in pair.log.read_text()


def test_workers_do_not_outlive_their_parent(pair: Served):
    workers = children(pair.process.pid)
    pair.process.kill()
    pair.process.wait()
    until(lambda: not any(map(lives, workers)), "orphans are left")


def test_what_workers_count_adds_up(pair: Served):
    """Each worker shows its tens; together they are short of the truth by less than ten each."""
    for _ in range(60):  # each on a connection of its own, so that both have some
        assert httpx.get(f"{pair.url}/page-blanche", trust_env=False).status_code == 200
    count = 'recul_request_seconds_count{method="GET",route="/page-blanche",status="2xx"}'
    seen = {numbers(pair).get(count) for _ in range(6)}
    assert len(seen) == 1  # whichever worker is asked
    [shown] = seen
    assert shown is not None
    assert 40 < shown <= 60
    assert shown % 10 == 0


def test_only_one_of_them_does_the_jobs(pair: Served):
    def worked() -> bool:
        return 'recul_job_age_seconds{job="outbox"}' in numbers(pair)

    until(worked, "no job ran")
    assert len(children(pair.process.pid)) == 2


async def test_any_worker_serves_any_request(live_pair: Served):
    """What one of them was told, each of them knows: every request has a connection of its own."""
    ana = RemoteVisitor(live_pair.url)
    ana.client.headers["Connection"] = "close"
    async with visiting(ana):
        fields = {"email": "ana@exemple.fr", "display_name": "Ana", "new_password": PASSWORD}
        assert (await ana.post(live_pair.invitation(), fields)).status_code == 303
        for n in range(12):
            sent = await ana.post("/carnet/vite", {"text-line": f"mot {n}", "nonce": f"n{n}"})
            assert sent.status_code == 303
            assert f"mot {n}" in (await ana.get("/carnet")).text
        assert (await ana.post("/carnet/verrou")).status_code == 303
        pages = await asyncio.gather(*(ana.get("/carnet") for _ in range(8)))
        assert {page.status_code for page in pages} == {303}


def test_what_cannot_start_is_not_tried_for_ever(tmp_path: Path):
    """A worker that ends with uvicorn's "did not start" before any ever turned."""
    pid = os.fork()
    if pid == 0:
        with socket.socket() as listening:
            os._exit(Supervisor(lambda _: CANNOT_START, Counts([], 2), listening).run())
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == CANNOT_START


def test_a_worker_that_is_stuck_is_replaced(tmp_path: Path):
    """Its loop does not turn any more: here it never gets further than its first beat."""
    starts = tmp_path / "starts"

    def work(slot: int) -> int:
        with starts.open("a") as file:
            file.write(f"{os.getpid()}\n")
        counts.slot = slot
        counts.beat(time.monotonic(), 1)
        signal.pause()
        return 0

    counts = Counts([], 1)
    pid = os.fork()
    if pid == 0:
        with socket.socket() as listening:
            os._exit(Supervisor(work, counts, listening, silent_seconds=0.2).run())
    until(lambda: starts.exists() and len(starts.read_text().split()) >= 2, "not replaced")
    os.kill(pid, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert re.fullmatch(r"(\d+\n){2,}", starts.read_text())
