"""What machines that watch the server ask it: does it live, may it be sent people, numbers."""

import hmac
import time
from datetime import datetime, timedelta
from typing import Any

import anyio
from litestar import MediaType, Response, get
from litestar.exceptions import NotFoundException

from recul import __version__, clock, database
from recul.clockwork import leases
from recul.clockwork.tables import Lease
from recul.database import DatabaseTooNew
from recul.notifications import queries as notifications
from recul.vitals import prometheus
from recul.vitals.prometheus import family
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

PATIENCE_SECONDS = 2
IN_TROUBLE_AFTER = timedelta(hours=1)


@get("/healthz", reach=Reach.PUBLIC, thing="server", media_type=MediaType.TEXT)
async def alive() -> str:
    """The process answers. It asks no database: a restart would not bring that one back."""
    return "ok"


@get("/readyz", reach=Reach.PUBLIC, thing="server")
async def ready(request: WebRequest) -> Response[str]:
    """Whether people may be sent to this process."""
    trouble = await _trouble(request)
    status = 503 if trouble else 200
    return Response(trouble or "ready", media_type=MediaType.TEXT, status_code=status)


async def _trouble(request: WebRequest) -> str:
    """Why not, in a word or two; nothing that an attacker learns from."""
    if request.app.state.stopping:
        return "stopping"
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            applied, known = await database.migration_state()
    except DatabaseTooNew:
        return "the database is newer than the program"
    except Exception:
        return "the database does not answer"
    return "" if applied == known else "migrations are missing"


@get("/metrics", reach=Reach.PUBLIC, thing="server")
async def metrics(request: WebRequest) -> Response[str]:
    """Numbers for Prometheus, to whoever has the token. Without one set there is no such page:
    behind a proxy every visitor may look as if she came from this machine."""
    token, sent = request.settings.metrics_token, request.headers.get("authorization", "")
    if not token or not hmac.compare_digest(f"Bearer {token}".encode(), sent.encode()):
        raise NotFoundException
    text = await _numbers(request)
    return Response(text, headers={"Content-Type": prometheus.CONTENT_TYPE})


async def _numbers(request: WebRequest) -> str:
    counts = request.app.state.counts
    is_ready = not await _trouble(request)
    version = ({"version": __version__}, 1.0)
    return "".join(
        (
            family("recul_build_info", "gauge", "Version of the program", [version]),
            family("recul_ready", "gauge", "1 when /readyz says so", [({}, float(is_ready))]),
            prometheus.of_workers(counts, time.monotonic()),
            await _of_jobs() + await _of_mail() if is_ready else "",
            prometheus.of_requests(counts),
            "\n",
        )
    )


async def _of_jobs() -> str:
    rows = sorted((await leases.states()).values(), key=lambda row: row.name)
    return "".join(
        (
            family(
                "recul_job_age_seconds",
                "gauge",
                "Since a job last began",
                [(_of(row), _age(at)) for row, at in _begun(rows)],
            ),
            family(
                "recul_job_failures",
                "gauge",
                "Failures of a job in a row",
                [(_of(row), row.failures) for row in rows],
            ),
        )
    )


def _of(row: Lease) -> dict[str, str]:
    return {"job": row.name}


def _begun(rows: list[Lease]) -> list[tuple[Lease, datetime]]:
    found: list[tuple[Lease, datetime | None]] = [(row, row.last_run_at) for row in rows]
    return [(row, at) for row, at in found if at is not None]


def _age(at: datetime) -> float:
    return max(0.0, round((clock.now() - at).total_seconds()))


async def _of_mail() -> str:
    found: Any = await notifications.counts(clock.now() - IN_TROUBLE_AFTER)
    meaning = "Mails by what became of them; failed and unsure in the last 30 days"
    states = ("waiting", "in_trouble", "failed", "unsure")
    samples = [({"state": state}, float(getattr(found, state))) for state in states]
    return family("recul_mails", "gauge", meaning, samples)


handlers = [alive, ready, metrics]
