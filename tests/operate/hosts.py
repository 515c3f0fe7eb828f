"""Hosts of a network that the test makes: namespaces joined to this machine by a cable each."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.programs import found


@dataclass
class Host:
    address: str
    """Its own."""
    gateway: str
    """This machine, as the host sees it."""
    within: tuple[str, ...] = ()
    """A command that starts another one there."""


def _ip(*words: str) -> None:
    subprocess.run([str(found("ip")), *words], check=True, capture_output=True)


@contextmanager
def two_hosts() -> Iterator[tuple[list[Host], bool]]:
    """(hosts, whether they are in networks of their own). Without the right to make some they are
    two addresses of this machine, and it is said why."""
    names = [f"recul{os.getpid()}{letter}" for letter in "ab"]
    try:
        hosts = [_joined(name, n) for n, name in enumerate(names)]
    except (OSError, subprocess.CalledProcessError) as error:
        _remove(names)
        said = getattr(error, "stderr", b"") or str(error).encode()
        print(
            f"no network of its own for each host, two addresses instead: {said.decode().strip()}"
        )
        yield [Host(f"127.0.0.{n}", "127.0.0.1") for n in (2, 3)], False
        return
    try:
        yield hosts, True
    finally:
        _remove(names)


def _joined(name: str, n: int) -> Host:
    """A namespace, and a cable from it to here. 198.18.0.0/15 is set aside for such trials."""
    here, there = f"{name}0"[-15:], f"{name}1"[-15:]
    net = f"198.18.{os.getpid() % 200 + n}"
    _ip("netns", "add", name)
    _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
    _ip("address", "add", f"{net}.1/24", "dev", here)
    _ip("link", "set", here, "up")
    for words in (
        ("address", "add", f"{net}.2/24", "dev", there),
        ("link", "set", there, "up"),
        ("link", "set", "lo", "up"),
    ):
        _ip("-n", name, *words)
    within = (str(found("ip")), "netns", "exec", name)
    return Host(f"{net}.2", f"{net}.1", within)


def _remove(names: list[str]) -> None:
    for name in names:
        if found("ip"):
            subprocess.run(
                [str(found("ip")), "netns", "del", name], capture_output=True, check=False
            )
