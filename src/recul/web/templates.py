"""Jinja: one environment a language, with what every page may use."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import anyio.lowlevel
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.template.base import csrf_token

from recul import clock, paths
from recul.settings import LANGUAGES
from recul.web import dates, i18n
from recul.web.compiled import SpokenEnvironment
from recul.web.doors import doors_of
from recul.web.reach import SAFE_METHODS
from recul.web.viewer import WebRequest

LANGUAGE_COOKIE = "recul-langue"


@cache
def environment(language: str) -> Environment:
    env = SpokenEnvironment(
        language,
        loader=FileSystemLoader(paths.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["day_long"] = lambda day: dates.day_long(_day(day), language)
    env.filters["day_short"] = lambda day: dates.day_short(_day(day), language)
    env.filters["month_long"] = lambda day: dates.month_long(day, language)
    env.filters["clock"] = lambda moment: dates.hour(moment, language)
    env.filters["day_relative"] = lambda day, today: dates.day_relative(_day(day), today, language)
    env.filters["say"] = lambda said: said.in_language(language)
    env.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    return env


async def warm_up(language: str) -> None:
    """Compile every page, one at a time between requests: no visitor waits for it."""
    env = environment(language)
    for name in env.list_templates(extensions=["html"]):
        env.get_template(name)
        await anyio.lowlevel.checkpoint()


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def language_of(request: WebRequest) -> str:
    """The person's choice, else the browser's, else the instance's."""
    if request.visitor is not None and request.visitor.language in LANGUAGES:
        return request.visitor.language
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    accepted = request.headers.get("accept-language", "")
    return i18n.preferred(accepted, request.settings.language)


def render(request: WebRequest, template: str, **context: Any) -> str:
    viewer = request.visitor
    settings = request.settings
    now = clock.now().astimezone(ZoneInfo(viewer.time_zone if viewer else settings.time_zone))
    everywhere = {
        "viewer": viewer,
        "vault_open": viewer is not None and viewer.vault is not None,
        "idle_minutes": viewer.idle_minutes if viewer else 15,
        "csrf_token": csrf_token({"request": request}),
        "path": request.path,
        "here": request.path if request.method in SAFE_METHODS else "/",
        "now": now,
        "today": now.date(),
        "demo": request.app.state.demo,
        "doors": doors_of(request.app.state.doors, viewer),
        "asset": request.app.state.assets.url,
    }
    return environment(language_of(request)).get_template(template).render(everywhere | context)


def render_plain(request: WebRequest, template: str, **context: Any) -> str:
    """A page that stands alone: no viewer, no flash, nothing that a middleware prepared."""
    language = language_of(request)
    return (
        environment(language)
        .get_template(template)
        .render(asset=request.app.state.assets.url, demo=request.app.state.demo, **context)
    )
