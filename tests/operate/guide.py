"""docs/operate.md as a script: its commands in their order, run in a root of their own.

The root is this machine's, with everything that is written kept apart in memory (overlayfs), in
namespaces for mounts, processes and the network. So the commands may do what they say: add a user,
start PostgreSQL and nginx on their usual ports. What cannot be done without the internet is put
differently, and nothing else is.
"""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from tests.programs import PLACES, found

from recul import cli

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "operate.md"
NAME = "recul.example.org"
NEEDED = ("curl", "git", "ip", "nginx", "openssl", "pg_ctlcluster", "pkill")
ELSEWHERE = ("systemctl", "journalctl", "certbot certonly")
"""Blocks for a machine with systemd, and for a name that the world knows."""

APART = """
set -eu
mount -t tmpfs tmpfs {top}
mkdir {top}/upper {top}/work {top}/whole
mount -t overlay overlay -o lowerdir=/,upperdir={top}/upper,workdir={top}/work {top}/whole
mount -t proc proc {top}/whole/proc
mount --rbind /dev {top}/whole/dev
cp {script} {top}/whole/guide.sh
{ip} link set lo up
exec chroot {top}/whole /bin/bash /guide.sh
"""

BEFORE = """
set -euo pipefail
export PATH={python}:{places} PIP_NO_INDEX=1 PIP_DISABLE_PIP_VERSION_CHECK=1
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
for folder in {readable}; do
    while [ "$folder" != / ]; do chmod a+rx "$folder"; folder=$(dirname "$folder"); done
done
grep -q {name} /etc/hosts || echo 127.0.0.1 {name} >> /etc/hosts
rm -rf /opt/recul /etc/recul /var/lib/recul /etc/nginx/sites-enabled/recul
version=$(ls /usr/lib/postgresql | tail -1)
pg_dropcluster $version main || true
pg_createcluster $version main > /dev/null
"""

LENT = """
for packages in /opt/recul/lib/python*/site-packages; do
    echo {packages} > $packages/lent.pth
done"""


def blocks() -> list[str]:
    """The commands of the guide, without those that are for other machines."""
    text = GUIDE.read_text(encoding="utf-8")
    every = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for block in every if not any(word in block for word in ELSEWHERE)]


def script(after: str) -> str:
    """Everything to run, each line said before it is run."""
    here = [Path(sysconfig.get_path("purelib")), Path(sys.base_prefix)]
    base = Path(sys.base_prefix) / "bin"
    before = BEFORE.format(places=PLACES, python=base, readable=" ".join(map(str, here)), name=NAME)
    steps = (f"set -v\n{_as_here(block)}\n{{ set +v; }} 2> /dev/null" for block in blocks())
    return "\n".join([before, *steps, after, "pkill --uid recul || true", "nginx -s stop || true"])


def _as_here(block: str) -> str:
    return "\n".join(_line(line) for line in block.splitlines())


def _line(line: str) -> str:
    if line.startswith("export SOURCE="):
        return f"export SOURCE=file://{ROOT}"
    if line.startswith("apt-get "):
        return ":"  # installed beforehand, see tests/programs.py
    if "--require-hashes" in line:
        return LENT.format(packages=sysconfig.get_path("purelib"))
    if "recul backup" in line and "backup" not in cli.main.commands:
        return ":"
    return line.replace("pg_ctlcluster 15 ", "pg_ctlcluster $version ")


def run(folder: Path, after: str) -> "subprocess.CompletedProcess[str]":
    """`after`: what to do when the guide is done."""
    (folder / "top").mkdir()
    (folder / "guide.sh").write_text(script(after), encoding="utf-8")
    apart = APART.format(top=folder / "top", script=folder / "guide.sh", ip=found("ip"))
    spaces = ("--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private")
    return subprocess.run(
        ["unshare", *spaces, "bash", "-c", apart],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={"HOME": "/root", "PATH": PLACES, "LANG": "C.UTF-8"},
    )


def may_be_apart() -> str:
    """Why a root of one's own cannot be had here; nothing when it can."""
    tried = subprocess.run(
        ["unshare", "--mount", "--net", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tried.stderr.strip()


def named_files() -> Iterator[Path]:
    """What the guide and the files beside it name of this repository."""
    for file in (GUIDE, *sorted((ROOT / "docs" / "operate").iterdir())):
        text = file.read_text(encoding="utf-8")
        for name in re.findall(r"(?:docs/operate|tests)[a-z/_-]*/[a-z_-]+\.?[a-z]*", text):
            yield ROOT / name
