"""Numbers as Prometheus reads them: its text format, version 0.0.4."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from recul.vitals.counts import BOUNDS, Counts, Series

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Samples = Iterable[tuple[Mapping[str, str], float]]


def family(name: str, kind: str, meaning: str, samples: Samples) -> str:
    lines = [f"{name}{_labels(labels)} {_number(value)}" for labels, value in samples]
    return "\n".join([f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *lines, ""])


def _labels(labels: Mapping[str, str]) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def of_requests(counts: Counts) -> str:
    """Durations by route and class of status. They move by tens: see `counts`."""
    name = "recul_request_seconds"
    head = [f"# HELP {name} Duration of answers, shown by tens", f"# TYPE {name} histogram"]
    return "\n".join([*head, *(line for found in counts.series() for line in _lines(name, found))])


def _lines(name: str, found: Series) -> Iterator[str]:
    labels = found.key._asdict()
    for bound, within in zip(BOUNDS, accumulate(found.within), strict=True):
        yield f"{name}_bucket{_labels(labels | {'le': str(bound)})} {within}"
    yield f"{name}_bucket{_labels(labels | {'le': '+Inf'})} {found.answers}"
    yield f"{name}_sum{_labels(labels)} {_number(round(found.seconds, 6))}"
    yield f"{name}_count{_labels(labels)} {found.answers}"


def of_workers(counts: Counts, now: float) -> str:
    """`now` is of `time.monotonic`."""
    found = {str(slot): counts.pulse(slot) for slot in range(counts.workers)}
    named = [({"worker": slot}, pulse) for slot, pulse in found.items()]
    return "".join(
        (
            family(
                "recul_worker_resident_bytes",
                "gauge",
                "Memory of each process that answers requests",
                [(labels, pulse.resident) for labels, pulse in named],
            ),
            family(
                "recul_worker_silent_seconds",
                "gauge",
                "Since when an event loop has not turned",
                [(labels, round(now - p.beat, 1)) for labels, p in named if p.beat],
            ),
            family(
                "recul_worker_starts_total",
                "counter",
                "How often each was started",
                [(labels, pulse.starts) for labels, pulse in named],
            ),
            family(
                "recul_failed_requests_total",
                "counter",
                "Requests that failed here (5xx), of all routes together",
                [({}, counts.failed)],
            ),
        )
    )
