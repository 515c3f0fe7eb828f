"""The application: the table of contents of Recul."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException, PermissionDeniedException

from recul import database, housekeeping, paths, settings
from recul.accounts import barriers
from recul.accounts import routes as accounts
from recul.accounts.queries import is_demo
from recul.accounts.recognise import recognise
from recul.accounts.throttle import TooManyAttempts
from recul.home import routes as home
from recul.journal import routes as journal
from recul.privacy import routes as privacy
from recul.settings import Settings
from recul.web import assets, errors, headers, reach
from recul.web.tokens import form_tokens
from recul.web.viewer import NotSignedIn, VaultLocked, WebRequest

BODY = 512 * 1024
"""Bytes that a form may have; the import of a file says more on its own route."""

ERROR_PAGES: dict[int | type[Exception], Any] = {
    NotSignedIn: barriers.not_signed_in,
    VaultLocked: barriers.vault_locked,
    TooManyAttempts: barriers.too_many_attempts,
    PermissionDeniedException: errors.refused,
    HTTPException: errors.http_error,
    Exception: errors.crash,
}


def create_app(config: Settings | None = None) -> Litestar:
    """The ASGI application of one instance. Its database is opened by its lifespan."""
    config = config or settings.load()
    app = Litestar(
        route_handlers=[
            assets.static,
            *home.handlers,
            *accounts.handlers,
            *journal.handlers,
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
        state=State(
            {
                "settings": config,
                "assets": assets.Assets(paths.static()),
                "common_headers": headers.common(config),
                "demo": False,
            }
        ),
    )
    reach.require_declarations(app)
    return app


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    """Open the database, and keep house beside the requests."""
    config: Settings = app.state.settings
    database.bind(database.engine_for(config.database_url))
    await database.open_database()
    app.state.demo = await is_demo()
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(housekeeping.keep_house, config)
            yield
            tasks.cancel_scope.cancel()
    finally:
        await database.close_database()
