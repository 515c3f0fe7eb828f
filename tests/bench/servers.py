"""Server processes: started, timed, weighed, stopped."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.processes import free_port

PATIENCE = 120.0
SMALLEST = 1000
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int
    start_seconds: float
    """From the command to the end of the first answer."""

    @property
    def processes(self) -> list[Path]:
        """Its own, and the workers that it started."""
        found = [one for one in Path("/proc").glob("[0-9]*") if _parent(one) == str(self.pid)]
        return [Path(f"/proc/{self.pid}"), *found]

    @property
    def resident_mb(self) -> float:
        """Memory that several of its processes share counts in each."""
        found = 0.0
        for process in self.processes:
            status = (process / "status").read_text(encoding="ascii")
            [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
            found += int(line.split()[1]) * 1024 / 1e6
        return found

    @property
    def cpu_seconds(self) -> float:
        """Time on a processor, of all threads, since the start."""
        fields = [_stat(process) for process in self.processes]
        return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS


def _stat(process: Path) -> list[str]:
    """What Linux tells of a process, from its state on; nothing once it has ended."""
    try:
        return (process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return []


def _parent(process: Path) -> str:
    return (_stat(process) or ["", ""])[1]


@contextmanager
def recul(
    folder: Path, url: str, *options: str, module: str = "recul.cli", **more: str
) -> Iterator[Server]:
    """`recul serve` on the database at `url`; `module` is what stands for the command, and `more`
    are settings."""
    port = free_port()
    command = [sys.executable, "-m", module, "serve", "--port", str(port), *options]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RECUL_")}
    ours = {"RECUL_VAR": str(folder / "var"), "RECUL_DATABASE_URL": url}
    with _running(command, clean | ours | more, port, "/connexion") as server:
        yield server


@contextmanager
def floor(sizes: Iterable[int]) -> Iterator[Server]:
    """Bare pages of so many bytes each, at `/bytes`."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.floor", str(port), *map(str, sizes)]
    with _running(command, dict(os.environ), port, f"/{SMALLEST}") as server:
        yield server


@contextmanager
def _running(command: list[str], environ: dict[str, str], port: int, path: str) -> Iterator[Server]:
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port, path)
        yield Server(process.pid, port, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    """Until the first whole answer."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.005)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"{process.args!r} did not start")
