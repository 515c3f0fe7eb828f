"""The `recul` command, run as its users run it: a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.processes import free_port
from tests.visitors import TEST_ENVIRONMENT


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An instance of the test's own, with nothing in it."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("RECUL_")}
    return inherited | TEST_ENVIRONMENT | {"RECUL_VAR": str(tmp_path / "var")}


def recul(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recul.cli", *words],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def serving(environ: dict[str, str], *words: str) -> Iterator[tuple[str, str]]:
    """A running server: what it said, and its address once it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "recul.cli", "serve", "--port", str(port), *words],
        env=environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport, timeout=30) as client:
            assert client.get(f"{url}/healthz").text == "ok"
        yield url, _said_until_now(process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode in (0, -signal.SIGTERM)


def _said_until_now(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    return process.stdout.read() or ""


def test_a_first_start_prints_the_link_of_the_first_administrator(environ: dict[str, str]):
    with serving(environ) as (url, said):
        link = re.search(rf"{url}/invitation/\S+", said)
        assert link is not None
        assert "password" in httpx.get(link[0]).text


def test_the_demo_says_how_to_sign_in_and_is_marked_as_one(environ: dict[str, str]):
    with serving(environ, "--demo") as (url, said):
        assert "educatrice@recul.example" in said
        assert "prendre-du-recul-2026" in said
        assert "Monde de démonstration" in httpx.get(f"{url}/connexion").text
    with serving(environ, "--demo") as (url, said):
        assert "educatrice@recul.example" in said


def test_a_port_in_use_is_said_with_a_remedy(environ: dict[str, str]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = recul(environ, "serve", "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 1
    assert "PORT=" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("RECUL_TIME_ZONE", "Lutece", "RECUL_TIME_ZONE"),
        ("RECUL_MODE", "production", "RECUL_URL"),
        ("RECUL_VAR", "/proc/none/var", "/proc/none"),
        ("RECUL_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "database"),
        ("RECUL_DATABASE_URL", f"sqlite:///{__file__}", "database"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "migrate", "doctor"])
def test_what_cannot_work_is_said_in_a_sentence(
    environ: dict[str, str], command: str, setting: str, value: str, word: str
):
    ended = recul(environ | {setting: value}, command)
    assert ended.returncode == 1
    assert word in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr


def test_an_invitation_and_a_reset_are_printed(environ: dict[str, str]):
    ended = recul(environ, "invite", "Ana@exemple.fr")
    assert ended.stdout.startswith("http://127.0.0.1:8000/invitation/")
    unknown = recul(environ, "invite", "--reset", "ana@exemple.fr")
    assert (unknown.returncode, "Nobody has the address" in unknown.stderr) == (1, True)


def test_sign_ins_are_ended_for_somebody_or_for_all(environ: dict[str, str]):
    unclear = recul(environ, "sign-out")
    assert (unclear.returncode, "Say whose" in unclear.stderr) == (1, True)
    unknown = recul(environ, "sign-out", "ana@exemple.fr")
    assert (unknown.returncode, "Nobody has the address" in unknown.stderr) == (1, True)
    assert recul(environ, "sign-out", "--everybody").stdout == "Ended: 0.\n"


def test_the_demo_world_never_replaces_real_people(environ: dict[str, str]):
    with serving(environ) as (_, said):
        link = re.search(r"http://\S+/invitation/\S+", said)
        assert link is not None
        with httpx.Client() as client:
            client.get(link[0])
            fields = {
                "_csrf_token": client.cookies["recul-formulaire"],
                "email": "ana@exemple.fr",
                "display_name": "Ana",
                "new_password": "une phrase de plusieurs mots",
            }
            assert client.post(link[0], data=fields).status_code == 303
    for words in (("seed",), ("seed", "--reset")):
        ended = recul(environ, *words)
        assert (ended.returncode, "real accounts" in ended.stderr) == (1, True)


def test_the_demo_world_can_be_made_anew(environ: dict[str, str]):
    assert recul(environ, "seed").returncode == 0
    assert recul(environ, "seed").returncode == 0
    assert recul(environ, "seed", "--reset").returncode == 0


def test_the_doctor_says_what_is_missing(environ: dict[str, str]):
    before = recul(environ, "doctor")
    assert before.returncode == 1
    assert "run `recul migrate`" in before.stdout
    assert recul(environ, "migrate").returncode == 0
    after = recul(environ, "doctor")
    assert (after.returncode, "FAIL" in after.stdout) == (0, False)


def test_the_doctor_minds_a_folder_that_others_can_read(environ: dict[str, str]):
    recul(environ, "migrate")
    Path(environ["RECUL_VAR"]).chmod(0o755)
    assert "chmod 700" in recul(environ, "doctor").stdout
