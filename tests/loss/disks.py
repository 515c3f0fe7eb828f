"""A disk that can be filled: a small file system of its own where that is allowed, else a limit on
the size of files, which the kernel enforces in the same place."""

import os
import resource
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.loss.servers import Served

NO_LIMIT = resource.RLIM_INFINITY
MOST = 1 << 20
"""Bytes: more than what the server says in a test, less than what it keeps."""
ROOM = 64
"""Mebibytes."""


class Disk(ABC):
    """`folder` lies on it. `status` is how a page says that nothing can be written."""

    status = 503
    mends = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def fill(self, served: Served) -> None: ...

    @abstractmethod
    def free(self, served: Served) -> None: ...

    @contextmanager
    def filled_here(self) -> Iterator[None]:
        """For what this very process writes."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


class Small(Disk):
    """A file system with little room: it is full when a file takes up the rest of it."""

    status = 507

    def fill(self, served: Served | None = None) -> None:
        """While a server is at work it may take room meanwhile: then it is measured again."""
        with (self.folder / "ballast").open("ab") as file:
            for _ in range(20):
                left = os.statvfs(self.folder)
                size = file.tell() + left.f_bavail * left.f_frsize
                with suppress(OSError):
                    os.posix_fallocate(file.fileno(), 0, size)
                    break

    def free(self, served: Served | None = None) -> None:
        (self.folder / "ballast").unlink()

    @contextmanager
    def filled_here(self) -> Iterator[None]:
        self.fill()
        yield
        self.free()


class Limited(Disk):
    """The server's files cannot grow: writing beyond where they end is an error of the disk."""

    def fill(self, served: Served) -> None:
        _limit(served, MOST)

    def free(self, served: Served) -> None:
        _limit(served, NO_LIMIT)


class Failing(Disk):
    """A file system that goes read-only under those who write, as after an error of the disk."""

    mends = False

    def fill(self, served: Served) -> None:
        subprocess.run(["mount", "-o", "remount,abort", str(self.folder)], check=True)

    def free(self, served: Served) -> None:
        raise NotImplementedError("it stays so until it is mounted anew")


def _limit(served: Served, size: int) -> None:
    assert served.process
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size, NO_LIMIT))


def _may(*command: str) -> bool:
    """Whether a command of an administrator's could be run."""
    try:
        return not os.geteuid() and not subprocess.run(command, capture_output=True).returncode  # noqa: PLW1510
    except FileNotFoundError:
        return False


def _tmpfs(place: Path) -> bool:
    return _may("mount", "-t", "tmpfs", "-o", f"size={ROOM}m,mode=700", "recul-test", str(place))


@contextmanager
def _place(folder: Path) -> Iterator[Path]:
    place = folder / "disk"
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        if place.is_mount():
            subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def small(folder: Path) -> Iterator[Disk]:
    """Under `folder`, mounted if this process may."""
    with _place(folder) as place:
        yield Small(place) if _tmpfs(place) else Limited(place)


@contextmanager
def limited(folder: Path) -> Iterator[Disk]:
    with _place(folder) as place:
        yield Limited(place)


@contextmanager
def becoming_readonly(folder: Path) -> Iterator[Disk]:
    with _place(folder) as place:
        image = folder / "image"
        with image.open("wb") as file:
            file.truncate(ROOM << 20)
        made = _may("mkfs.ext4", "-q", "-F", str(image)) and _may(
            "mount", "-o", "loop,errors=remount-ro", str(image), str(place)
        )
        place.chmod(0o700)
        yield Failing(place) if made else Limited(place)


@contextmanager
def readonly(folder: Path) -> Iterator[tuple[Path, Served]]:
    """An instance whose folder may only be read; a mount, or the folder's rights."""
    with _place(folder) as place:
        mounted = _tmpfs(place)
        served = Served(folder)
        served.settings["RECUL_VAR"] = str(place)
        assert served.run("migrate").returncode == 0
        if mounted:
            assert _may("mount", "-o", "remount,ro", str(place))
        else:
            place.chmod(0o500)
            (place / "recul.sqlite").chmod(0o400)
        yield place, served
        if not mounted:
            place.chmod(0o700)
