"""What is answered to machines that watch the server."""

import re

import pytest
from litestar import Litestar
from piccolo.apps.migrations.tables import Migration
from piccolo.querystring import QueryString
from tests.visitors import Visitor, newcomer, settings

from recul import clock, database
from recul.app import create_app
from recul.clockwork import leases
from recul.database import Database, fetch
from recul.jobs import JOBS
from recul.vitals.counts import Counts

TOKEN = "t" * 43


@pytest.fixture
def watched() -> Litestar:
    return create_app(settings(RECUL_METRICS_TOKEN=TOKEN))


async def numbers(app: Litestar) -> dict[str, float]:
    answer = await Visitor(app).get("/metrics", Authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def test_it_lives_whatever_the_database_does(app: Litestar):
    database.bind(database.engine_for("postgresql://nobody@127.0.0.1:1/none"))
    nobody = Visitor(app)
    alive, ready = await nobody.get("/healthz"), await nobody.get("/readyz")
    assert (alive.status_code, alive.text) == (200, "ok")
    assert (ready.status_code, ready.text) == (503, "the database does not answer")


async def test_it_is_ready(nobody: Visitor):
    answer = await nobody.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready")


async def test_missing_and_newer_migrations_are_told(nobody: Visitor):
    newest = (await fetch(QueryString("SELECT MAX(id) AS id FROM migration")))[0]["id"]
    name = (await fetch(QueryString("SELECT name FROM migration WHERE id = {}", newest)))[0]["name"]
    await fetch(QueryString("DELETE FROM migration WHERE id = {}", newest))
    missing = await nobody.get("/readyz")
    assert (missing.status_code, missing.text) == (503, "migrations are missing")
    for each in (name, "2999-01-01T00:00:00:000000"):
        await Migration.insert(Migration(name=each, app_name="recul"))
    newer = await nobody.get("/readyz")
    assert (newer.status_code, newer.text) == (503, "the database is newer than the program")


async def test_a_process_that_stops_says_so(db: Database, watched: Litestar):
    watched.state.stopping = True
    answer = await Visitor(watched).get("/readyz")
    assert (answer.status_code, answer.text) == (503, "stopping")
    assert (await numbers(watched))["recul_ready"] == 0


@pytest.mark.parametrize("sent", ["", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"])
async def test_numbers_are_for_who_has_the_token(db: Database, watched: Litestar, sent: str):
    answer = await Visitor(watched).client.get(
        "/metrics", headers=[(b"authorization", sent.encode())]
    )
    assert (answer.status_code, "recul_" in answer.text) == (404, False)


async def test_without_a_token_there_are_no_numbers(nobody: Visitor, admin: Visitor):
    for visitor in (nobody, admin):
        assert (await visitor.get("/metrics", Authorization="Bearer ")).status_code == 404


async def test_numbers_say_how_it_goes(db: Database, watched: Litestar):
    await leases.enrol(settings(), JOBS)
    assert await leases.take(JOBS[0], "me")
    began = clock.now()
    await leases.settle(settings(), JOBS[0], "me", began=began, error="OSError")
    found = await numbers(watched)
    assert found["recul_ready"] == 1
    assert found['recul_job_failures{job="sweep"}'] == 1
    assert found['recul_mails{state="waiting"}'] == 0
    assert found['recul_job_age_seconds{job="sweep"}'] < 60


async def test_requests_show_by_tens_and_by_route(db: Database, watched: Litestar):
    """The nineteenth visit is not told from the tenth, nor from whom any of them was."""
    ana = await newcomer(watched, "ana")
    for n in range(19):
        await ana.post("/carnet/vite", {"text-line": "un mot", "nonce": f"n{n}"})
    count = 'recul_request_seconds_count{method="POST",route="/carnet/vite",status="3xx"}'
    assert (await numbers(watched))[count] == 10
    await ana.post("/carnet/vite", {"text-line": "un mot", "nonce": "n"})
    found = await numbers(watched)
    assert found[count] == 20
    routes = {match[1] for name in found if (match := re.search(r'route="([^"]*)"', name))}
    assert {"/carnet/vite"} <= routes <= {route for _, route in watched_routes(watched)}
    assert ana.email not in str(found)


def watched_routes(app: Litestar) -> set[tuple[str, str]]:
    counts: Counts = app.state.counts
    return {(key.method, key.route) for key in counts._places}


async def test_unknown_addresses_are_counted_together(db: Database, watched: Litestar):
    nobody = Visitor(watched)
    for n in range(10):
        assert (await nobody.get(f"/carnet/secret-{n}")).status_code == 404
    found = await numbers(watched)
    assert found['recul_request_seconds_count{method="-",route="(none)",status="4xx"}'] == 10
    assert "secret" not in str(found)
