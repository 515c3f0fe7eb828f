"""Files and folders: secrets, the keys of open cycles, time zones, fonts."""

import os
import stat
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from recul import paths
from recul.ailing import Ailing
from recul.settings import Settings

OF_A_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "fuse.sshfs",
    "fuse.glusterfs",
    "ceph",
}


async def shared_keys(config: Settings) -> str:
    """Whether the folder of keys can be what several processes and hosts need it to be."""
    folder, kind = config.key_folder, file_system(config.key_folder)
    if kind == "tmpfs":
        raise Ailing(f"{folder} is in memory: every restart would lose the open cycle. Move it.")
    if not on_postgres(config):
        return "One host: no other needs the keys."
    if kind in OF_A_NETWORK:
        return f"{folder} is on {kind}: for several hosts. It must keep locks (NFS 4 does)."
    return f"{folder} is on a disk of this host. Several hosts need one folder: set RECUL_KEYS."


async def secrets(config: Settings) -> str:
    """Files that hold secrets, and who may read them."""
    found = secret_files(os.environ)
    if not config.production:
        found.append(config.var / "secret")
    here = [path for path in found if path.exists()]
    for path in here:
        if path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
            raise Ailing(f"Others can read or write {path}: `chmod 600 {path}`.")
    if config.production and "RECUL_SECRET" in os.environ and not here:
        return "The secret is in the environment; a file (RECUL_SECRET_FILE) would show it less."
    return f"Files of secrets: {len(here)}, for their owner only."


def secret_files(environ: Mapping[str, str]) -> list[Path]:
    named = (name for name in environ if name.startswith("RECUL_") and name.endswith("_FILE"))
    return [Path(environ[name]) for name in named if environ[name]]


async def zones(config: Settings) -> str:
    """Time zone data that know summer."""
    paris = ZoneInfo("Europe/Paris")
    if len({datetime(2027, month, 1, tzinfo=paris).utcoffset() for month in (1, 7)}) == 1:
        raise Ailing("The time zone data know no summer in Paris. Install Recul again.")
    return f"Time zone data are there; newcomers are proposed {config.time_zone}."


async def fonts(_config: Settings) -> str:
    """Fonts of pages and of printed documents: they come with the program."""
    found = list((paths.static() / "fonts").glob("*.woff2"))
    if not found:
        raise Ailing("The fonts are missing. Install Recul again.")
    return f"Fonts of pages: {len(found)}; printed documents bring their own."


def file_system(folder: Path) -> str:
    """The kind of file system that holds a folder, as Linux names it; "" where nobody says."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    mounts = {Path(line.split()[1].replace("\\040", " ")): line.split()[2] for line in lines}
    real = folder.resolve()
    return next((mounts[at] for at in (real, *real.parents) if at in mounts), "")


def on_postgres(config: Settings) -> bool:
    return config.database_url.startswith("postgres")
