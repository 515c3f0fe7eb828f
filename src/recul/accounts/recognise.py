"""From the cookie to the viewer: one query, and a write at most once a minute."""

from datetime import datetime, timedelta
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from recul import clock
from recul.accounts import cookie, queries
from recul.accounts.actions import sign_ins
from recul.accounts.standing import standings
from recul.database import Unavailable, if_possible, kept
from recul.settings import Settings
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault
from recul.vault.sign_in_key import mark_public_key, open_with_token
from recul.web.away import read_what_was_typed
from recul.web.viewer import Viewer, WebRequest

RENEWED_AFTER = timedelta(minutes=1)


def recognise(app: ASGIApp) -> ASGIApp:
    """Middleware that puts the viewer, or nobody, into `scope["user"]`."""

    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and not scope["path"].startswith("/static/"):
            kept.begin()
            request: WebRequest = WebRequest(scope, receive, send)
            settings: Settings = scope["litestar_app"].state.settings
            token = cookie.read(request.cookies.get(cookie.name(settings)))
            try:
                scope["user"] = await _viewer(token, settings) if token else None
            except Unavailable:
                if not scope["route_handler"].opt.get("leaves"):
                    await read_what_was_typed(request)
                    raise
                scope["user"] = None
            scope["state"]["sign_in_token"] = token
            kept.begin()
        await app(scope, receive, send)

    return middleware


async def _viewer(token: bytes, settings: Settings) -> Viewer | None:
    row = await queries.signed_in(token, settings.sign_in_days, settings.sign_in_longest_days)
    if row is None or row["public_mark"] != mark_public_key(token, row["public_key"]):
        return None  # With another public key in the row, a deposit would be sealed to a thief.
    vault = _opened(row, token)
    await _keep_alive(row, vault)
    return Viewer(
        id=row["id"],
        sign_in=row["sign_in"],
        email=row["email"],
        display_name=row["display_name"],
        standings=standings(row),
        settled=bool(row["settled"]),
        language=row["language"],
        time_zone=row["time_zone"],
        idle_minutes=row["idle_minutes"],
        vault_id=row["vault_id"],
        public_key=row["public_key"],
        vault=vault,
        proved=row["proved_until"] is not None and clock.aware(row["proved_until"]) > clock.now(),
        passkeys=bool(row["passkeys"]),
        opened_by_passkey=bool(row["opened_by_passkey"]),
        erase_at=row["erase_at"] and clock.aware(row["erase_at"]),
    )


def _opened(row: dict[str, Any], token: bytes) -> OpenVault | None:
    """The vault, when this sign-in has it open and has not been idle for too long."""
    if row["key_box"] is None or _until(row) <= clock.now():
        return None
    try:
        data_key = open_with_token(token, row["key_box"], row["sign_in"])
    except Unreadable:
        return None
    return OpenVault(
        id=row["vault_id"],
        owner=row["id"],
        public_key=row["public_key"],
        data_key=data_key,
        private_box=row["private_box"],
    )


async def _keep_alive(row: dict[str, Any], vault: OpenVault | None) -> None:
    """Write when the vault stays open until, and the day of the last visit, where they moved."""
    now, today = clock.now(), clock.today()
    until = now + timedelta(minutes=row["idle_minutes"]) if vault else None
    # Backwards too: minutes that were lowered count from the next page on.
    moved = until is not None and abs(until - _until(row)) > RENEWED_AFTER
    if moved or row["seen_on"] != today:
        async with if_possible():
            await sign_ins.keep_alive(row["sign_in"], today, until)


def _until(row: dict[str, Any]) -> datetime:
    return clock.aware(row["open_until"])
