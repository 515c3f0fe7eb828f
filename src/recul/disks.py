"""Whether the disks that an instance writes to have room, and can be written."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from recul.ailing import Ailing
from recul.settings import Settings

LEAST = 500 << 20
"""Bytes that should be free: a night's backup, a log that grows."""
LEAST_SHARE = 0.05
PROBE = 64 << 10


class Room(NamedTuple):
    """One of the folders that are written to. `error`: what the system said when it was tried."""

    folder: Path
    free: int
    whole: int
    error: str

    @property
    def scarce(self) -> bool:
        """Little in bytes, and little of the disk."""
        return self.free < LEAST and self.free < LEAST_SHARE * self.whole


async def look(config: Settings) -> str:
    """For the doctor. Raises Ailing."""
    found = rooms(config)
    for room in found:
        if room.error:
            raise Ailing(
                f"Nothing can be written in {room.folder} ({room.error}): make room, or have the "
                "disk looked at. Recul goes on by itself as soon as it can write again."
            )
        if room.scarce:
            raise Ailing(f"Only {room.free >> 20} MiB are left where {room.folder} is: make room.")
    return "; ".join(f"{room.free >> 20} MiB free for {room.folder}" for room in found) + "."


def rooms(config: Settings) -> list[Room]:
    """What is written to by this instance: one folder of each disk."""
    folders = [config.var, config.key_folder]
    if (path := config.database_url.removeprefix("sqlite:///")) != config.database_url:
        folders.append(Path(path).parent)
    found: dict[int, Room] = {}
    for folder in folders:
        if folder.is_dir():
            found.setdefault(folder.stat().st_dev, _room(folder))
    return list(found.values())


def _room(folder: Path) -> Room:
    whole, _, free = shutil.disk_usage(folder)
    return Room(folder, free, whole, _tried(folder))


def _tried(folder: Path) -> str:
    """Rights do not tell: a disk may have become read-only since it was mounted."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".room-") as probe:
            probe.write(bytes(PROBE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""
