"""How far a long command has come: a bar on a terminal, a line now and then in a log."""

import os
import pty
from io import StringIO

from recul.progress import Progress


def test_a_log_is_told_now_and_then():
    said = StringIO()
    with Progress(said, every=0).of("Backup", 30) as done:
        for _ in range(3):
            done(10)
    assert said.getvalue() == "Backup: 10 of 30\nBackup: 20 of 30\nBackup: 30 of 30\n"


def test_what_takes_a_moment_is_not_told():
    said = StringIO()
    with Progress(said, every=3600).of("Backup", 30) as done:
        done(30)
    assert said.getvalue() == ""


def test_a_terminal_shows_a_bar_that_ends_full():
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, Progress(terminal).of("Backup", 0) as done:
        done(0)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Backup" in shown
    assert "100%" in shown
