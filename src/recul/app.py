"""The application: the table of contents of Recul."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.routes import HTTPRoute

from recul import clockwork, database, health, jobs, paths, settings, wiring
from recul.accounts import barriers
from recul.accounts import routes as accounts
from recul.accounts.queries import is_demo
from recul.accounts.recognise import recognise
from recul.accounts.throttle import TooManyAttempts
from recul.booking import holidays_of
from recul.booking import routes as booking
from recul.database import Unavailable
from recul.home import routes as home
from recul.journal import routes as journal
from recul.notifications import routes as notifications
from recul.organisation import routes as organisation
from recul.privacy import routes as privacy
from recul.settings import Settings
from recul.trends import routes as trends
from recul.vault.errors import Unreadable, WrongSecret
from recul.vitals import logs
from recul.vitals.counts import Counts
from recul.web import assets, away, errors, headers, reach, templates
from recul.web.doors import Door
from recul.web.front import Application
from recul.web.reach import IN_HOUSE
from recul.web.roles import Standing
from recul.web.tokens import form_tokens
from recul.web.viewer import Leaving, NotSignedIn, ProofNeeded, VaultLocked, WebRequest
from recul.words import N_

CLOSING_SECONDS = 2
log = logging.getLogger("recul")

BODY = 512 * 1024
"""Bytes that a form may have; the import of a file says more on its own route."""

ERROR_PAGES: dict[int | type[Exception], Any] = {
    NotSignedIn: barriers.not_signed_in,
    VaultLocked: barriers.vault_locked,
    ProofNeeded: barriers.proof_needed,
    Leaving: barriers.leaving,
    TooManyAttempts: barriers.too_many_attempts,
    # Her vault was closed by a reset while she was at it, and every sign-in ended with it.
    WrongSecret: barriers.not_signed_in,
    Unreadable: barriers.keys_altered,
    Unavailable: away.unavailable,
    PermissionDeniedException: errors.refused,
    HTTPException: errors.http_error,
    Exception: errors.crash,
}

DOORS = (
    Door("/carnet", N_("Mon carnet"), "notebook"),
    Door(
        "/groupes",
        N_("Mes groupes"),
        "groups",
        IN_HOUSE,
        ("/supervision", "/heures"),
    ),
    Door(
        "/equipes",
        N_("Mon équipe"),
        "team",
        frozenset({Standing.MEMBER, Standing.MANAGER}),
        ("/equipe",),
    ),
    Door(
        "/animation",
        N_("Ma semaine"),
        "week",
        frozenset({Standing.FACILITATOR}),
        ("/planification",),
    ),
    Door(
        "/structure",
        N_("Structure"),
        "tree",
        frozenset({Standing.ORGANISER}),
        ("/planification",),
    ),
)


def create_app(config: Settings | None = None, *, worker: bool = True) -> Litestar:
    """The ASGI application of one instance. Its database is opened by its lifespan, and with
    `worker` the jobs of the clockwork are done beside the requests."""
    config = config or settings.load()
    wiring.connect(config)
    app = Application(
        route_handlers=[
            assets.static,
            *health.handlers,
            *home.handlers,
            *accounts.handlers,
            *journal.handlers,
            *organisation.handlers,
            *booking.handlers,
            *trends.handlers,
            *notifications.handlers,
            *privacy.handlers,
        ],
        request_class=WebRequest,
        guards=[reach.enforce],
        middleware=[recognise, form_tokens(config)],
        exception_handlers=ERROR_PAGES,
        before_send=[headers.add],
        lifespan=[_running],
        request_max_body_size=BODY,
        openapi_config=None,
        logging_config=None,
        state=_state(config, worker),
    )
    app.state.counts = Counts(_routes(app), config.workers)
    reach.require_declarations(app)
    return app


def _state(config: Settings, worker: bool) -> State:
    """What every request, and the server around the application, finds in `app.state`."""
    return State(
        {
            "settings": config,
            "assets": assets.Assets(paths.static()),
            "common_headers": headers.common(config),
            "demo": False,
            "doors": DOORS,
            "worker": worker,
            "log_requests": config.log_requests == "all",
            "stopping": False,
            "warms_up": False,
        }
    )


def _routes(app: Litestar) -> set[tuple[str, str]]:
    routes = (route for route in app.routes if isinstance(route, HTTPRoute))
    return {(method, route.path_format) for route in routes for method in route.methods}


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    """Open the database, and do the jobs of the clockwork beside the requests."""
    config: Settings = app.state.settings
    app.state.told = anyio.Event()
    database.bind(database.engine_for(config.database_url))
    database.bind_replica(config.database_read_url)
    try:
        await database.open_database()
        app.state.demo = await is_demo()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(anyio.to_thread.run_sync, holidays_of.load)
            if app.state.warms_up:
                tasks.start_soon(templates.warm_up, config.language)
            if app.state.worker:
                tasks.start_soon(clockwork.run, config, jobs.JOBS, app.state.told)
            yield
            app.state.told.set()
    except Exception as error:
        log.critical("the server stops", extra={"errors": logs.described(error)})
        raise
    finally:
        with anyio.move_on_after(CLOSING_SECONDS):  # somebody may not give her connection back
            await database.close_replica()
            await database.close_database()
