"""How long the event loop of a watched server made others wait, stretch by stretch."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from tests.bench import servers, watched
from tests.bench.servers import Server
from tests.bench.table import Figure

AT_MOST = 50.0
"""Milliseconds."""
A_MOMENT = 0.3


@dataclass(slots=True)
class Watch:
    """What the server writes, and which stretch of time was about what."""

    file: Path
    stretches: list[tuple[str, float, float]] = field(default_factory=list)

    @contextmanager
    def over(self, what: str) -> Iterator[None]:
        sleep(A_MOMENT)
        started = 1000 * monotonic()
        try:
            yield
        finally:
            sleep(A_MOMENT)
            self.stretches.append((what, started, 1000 * monotonic()))

    def figures(self, name: str) -> Iterator[Figure]:
        lines = self.file.read_text(encoding="ascii").splitlines() if self.file.exists() else []
        found = [tuple(map(float, line.split())) for line in lines]
        for what, first, last in self.stretches:
            waits = [wait for at, wait, _ in found if first <= at <= last]
            worked = [work for at, _, work in found if first <= at <= last]
            yield Figure(
                database=name,
                measure=f"longest block of the loop, {what}",
                value=max(waits, default=0.0),
                unit="ms",
                below=AT_MOST,
                detail=f"at work {max(worked, default=0.0):.1f} ms at most; "
                f"{sum(wait > AT_MOST for wait in waits)} longer than {AT_MOST:.0f} ms, "
                f"{len(waits)} longer than {1000 * watched.WORTH_TELLING:.0f} ms, "
                f"in {(last - first) / 1000:.1f} s",
            )


@contextmanager
def watching(folder: Path, url: str, *options: str, **more: str) -> Iterator[tuple[Server, Watch]]:
    """A server that tells how long its event loop was blocked."""
    with tempfile.NamedTemporaryFile(prefix="recul-waits-") as file:
        told = {watched.FILE: file.name}
        module = "tests.bench.watched"
        with servers.recul(folder, url, *options, module=module, **told, **more) as server:
            yield server, Watch(Path(file.name))
