"""The wheel, built, installed in an environment of its own and started from an empty folder."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

ROOT = Path(__file__).parent.parent
BUNDLED = ("templates", "static", "migrations", "locale")
START_SECONDS = 20

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel")
    subprocess.run([*build, "--directory", str(folder)], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("recul-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of a fresh environment that has the wheel and the locked packages."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    pip = (sys.executable, "-m", "pip", "--python", str(home / "bin/python"), "install")
    subprocess.run([*pip, "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    # A path file lends this environment's packages; their own path files, and so the clone's
    # sources, are not followed from there.
    (site_packages,) = home.glob("lib/python*/site-packages")
    (site_packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def environment(var: Path) -> dict[str, str]:
    """What a program started by hand would find: nothing of the clone, nothing of the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "RECUL_VAR": str(var)}


@contextmanager
def serving(programs: Path, folder: Path) -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(programs / "recul"), "serve", "--port", str(port)]
    output = folder / "output.txt"
    with output.open("wb") as sink:
        server = subprocess.Popen(
            command, cwd=folder, env=environment(folder / "var"), stdout=sink, stderr=sink
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            wait_for(client, server, output)
            yield client
    finally:
        server.terminate()
        server.wait(10)


def wait_for(client: httpx.Client, server: subprocess.Popen[bytes], output: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            client.get("/healthz")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"recul serve did not answer; it said:\n{output.read_text()}")


def test_wheel_carries_every_bundled_file_and_its_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        fields = archive.read(metadata).decode().splitlines()
    expected = {
        f"recul/_bundled/{path.relative_to(ROOT)}"
        for folder in BUNDLED
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.startswith("recul/_bundled/")} == expected
    assert "License-Expression: EUPL-1.2" in fields
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_installed_package_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "python"), "-c", "import recul; print(recul.__file__)"]
    found = subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path), check=True, capture_output=True, text=True
    )
    assert Path(found.stdout.strip()).is_relative_to(installed.parent)


def test_installed_wheel_serves_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    with serving(installed, tmp_path) as client:
        health, sign_in = client.get("/healthz"), client.get("/connexion")
        sheets = re.findall(r'<link[^>]+href="([^"]+\.css[^"]*)"', sign_in.text)
        assert (health.status_code, sign_in.status_code) == (200, 200)
        assert sheets
        assert {client.get(sheet).status_code for sheet in sheets} == {200}
    assert (tmp_path / "var").is_dir()
