"""How far a long command has come, on the error output: a bar on a terminal, and elsewhere a
plain line now and then, for a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click

LINE_EVERY_SECONDS = 10.0
Done = Callable[[int], None]


class Progress:
    def __init__(self, stream: TextIO | None = None, every: float = LINE_EVERY_SECONDS) -> None:
        self._stream = stream or sys.stderr
        self._every = every

    @contextmanager
    def of(self, label: str, whole: int) -> Iterator[Done]:
        """What is yielded is told how much more was done, of `whole` in all."""
        if not self._stream.isatty():
            yield self._lines(label, whole)
            return
        with click.progressbar(length=max(whole, 1), label=label, file=self._stream) as bar:
            yield bar.update
            bar.finish()
            bar.render_progress()

    def _lines(self, label: str, whole: int) -> Done:
        """Nothing for what takes a moment only."""
        said, done = time.monotonic(), 0

        def more(count: int) -> None:
            nonlocal said, done
            done += count
            if time.monotonic() - said >= self._every:
                said = time.monotonic()
                click.echo(f"{label}: {done} of {whole}", file=self._stream)

        return more
