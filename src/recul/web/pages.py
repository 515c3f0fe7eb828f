"""Answers: a page, a part of one, the same page with what was wrong, or the way elsewhere."""

from typing import Any

from litestar import MediaType, Response

from recul.web import templates
from recul.web.viewer import WebRequest

NOTE_COOKIE = "recul-note"
MOST_PAGES = 2000
"""Of a long list."""


def page(request: WebRequest, template: str, status: int = 200, **context: Any) -> Response[str]:
    """A whole page for the viewer."""
    note = request.cookies.get(NOTE_COOKIE)
    html = templates.render(request, template, note=note, **context)
    response = Response(html, media_type=MediaType.HTML, status_code=status)
    if note is not None:
        response.delete_cookie(NOTE_COOKIE)
    return response


def partial(request: WebRequest, template: str, status: int = 200, **context: Any) -> Response[str]:
    """The fragment that htmx asked for: the file that the whole page includes."""
    html = templates.render(request, template, note=None, **context)
    return Response(html, media_type=MediaType.HTML, status_code=status)


def invalid(request: WebRequest, template: str, **context: Any) -> Response[str]:
    """The form again, with what was typed and what was wrong with it."""
    return page(request, template, status=422, **context)


def see_other(request: WebRequest, path: str, note: str | None = None) -> Response[Any]:
    """Go to another page after a form. `note` names a message of `components/note.html`."""
    if request.is_htmx:
        response = Response(None, status_code=200, headers={"HX-Redirect": path})
    else:
        response = Response(None, status_code=303, headers={"Location": path})
    if note is not None:
        response.set_cookie(
            key=NOTE_COOKIE,
            value=note,
            max_age=60,
            httponly=True,
            samesite="lax",
            secure=bool(request.settings.cookie_secure),
        )
    return response


def page_number(request: WebRequest) -> int:
    """Which page of a long list is asked for, from 0."""
    typed = request.query_params.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0
    return min(number, MOST_PAGES)


def local_path(typed: str, otherwise: str = "/") -> str:
    """A path of this site that is safe to go to: never another host.

    The address of a search, which holds a sealed box, has up to 1,500 characters.
    """
    safe = (
        typed.startswith("/")
        and not typed.startswith(("//", "/\\"))
        and typed.isascii()
        and typed.isprintable()
        and len(typed) <= 2000
        and "\\" not in typed
    )
    return typed if safe else otherwise
