"""Two calendar programs that people use, run as they are: vdirsyncer fetches, khal shows."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

SYNC = """
[general]
status_path = "{folder}/status/"

[pair recul]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"

[storage here]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"

[storage there]
type = "http"
url = "{url}"
"""
SHOW = """
[calendars]
[[recul]]
path = {folder}/calendar/
type = calendar

[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}

[sqlite]
path = {folder}/khal.db
"""
FORMAT = "{start-long-full}|{end-long-full}|{title}|{location}|{status}"


class Shown(NamedTuple):
    """A line of the agenda, on the wall of whoever looks at it."""

    starts: datetime
    ends: datetime
    title: str
    location: str
    status: str


class Desk:
    """A folder where both programs keep what is theirs."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        (folder / "calendar").mkdir()
        (folder / "sync").write_text(SYNC.format(folder=folder, url=url))
        self._run("vdirsyncer", "-c", str(folder / "sync"), "discover")

    def fetch(self) -> None:
        self._run("vdirsyncer", "-c", str(self.folder / "sync"), "sync")

    def look(self, zone: str, days: int = 400) -> list[Shown]:
        """From three days ago on, as somebody in `zone` sees it."""
        settings = self.folder / "show"
        settings.write_text(SHOW.format(folder=self.folder, zone=zone))
        since = f"{datetime.now().astimezone() - timedelta(days=3):%Y-%m-%d}"
        options = ("--once", "--day-format", "", "--format", FORMAT)
        said = self._run("khal", "-c", str(settings), "list", *options, since, f"{days}d")
        return [_shown(line) for line in said.splitlines() if "|" in line]

    def _run(self, program: str, *options: str) -> str:
        kept = {"HOME": str(self.folder), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [str(Path(sys.executable).with_name(program)), *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=kept,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _shown(line: str) -> Shown:
    starts, ends, title, location, status = line.split("|")
    return Shown(_moment(starts), _moment(ends), title.strip(), location.strip(), status.strip())


def _moment(said: str) -> datetime:
    return datetime.strptime(said.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a wall clock
