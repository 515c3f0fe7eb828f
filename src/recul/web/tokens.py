"""The token that each form carries, so that no other site sends it in somebody's name."""

from typing import Any

from litestar import Response
from litestar.config.csrf import CSRFConfig
from litestar.enums import ScopeType
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware, generate_csrf_token
from litestar.types import Receive, Scope, Send
from litestar.utils.scope.state import ScopeState
from typing_extensions import override

from recul.settings import Settings
from recul.web.viewer import WebRequest


class FormTokens(CSRFMiddleware):
    """Litestar's check, for tokens of any shape: it fails on a file, or on a letter like é."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A cookie made under another secret is as good as none: a fresh one takes its place.

        Otherwise every form would be refused until the browser is closed.
        """
        if scope["type"] == ScopeType.HTTP:
            cookies = scope["litestar_app"].request_class(scope).cookies
            kept = cookies.get(self.config.cookie_name, "")
            if not kept.isascii() or self._decode_csrf_token(kept) is None:
                cookies.pop(self.config.cookie_name, None)
        await super().__call__(scope, receive, send)

    @override
    def _csrf_tokens_match(self, request_csrf_token: Any, cookie_csrf_token: str) -> bool:
        sent = request_csrf_token
        if not isinstance(sent, str) or not sent.isascii() or not cookie_csrf_token.isascii():
            return False
        return super()._csrf_tokens_match(sent, cookie_csrf_token)


def name(settings: Settings) -> str:
    """`__Host-`: a neighbour of a sub-domain could plant a token that it knows, otherwise."""
    return "__Host-recul-formulaire" if settings.cookie_secure else "recul-formulaire"


def renew(request: WebRequest) -> str:
    """A new token with a new sign-in: a page that is still open from before, perhaps somebody
    else's, is not sent in the name of whoever signs in now. What is rendered from here on has it;
    `hand_out` puts it into the browser."""
    token = generate_csrf_token(request.settings.secret)
    ScopeState.from_scope(request.scope).csrf_token = token
    return token


def hand_out(response: Response[Any], settings: Settings, token: str) -> None:
    _set_cookie(response, settings, token)


def forget(response: Response[Any], settings: Settings) -> None:
    """At the end of a sign-in; the next page brings a new token."""
    _set_cookie(response, settings, "", max_age=0)


def _set_cookie(
    response: Response[Any], settings: Settings, token: str, max_age: int | None = None
) -> None:
    response.set_cookie(
        key=name(settings),
        value=token,
        max_age=max_age,
        httponly=True,
        samesite="lax",
        secure=bool(settings.cookie_secure),
    )


def form_tokens(settings: Settings) -> DefineMiddleware:
    config = CSRFConfig(
        secret=settings.secret,
        cookie_name=name(settings),
        cookie_secure=bool(settings.cookie_secure),
        cookie_httponly=True,
        cookie_samesite="lax",
    )
    return DefineMiddleware(FormTokens, config=config)
