"""The floor: a bare Litestar and Jinja page, without database, session or headers of its own.

It has the size and the loops of /carnet: what it shows are strings that are there already.
``python -m tests.bench.floor PORT BYTES…`` serves one of each size, with the settings that Recul
is served with.
"""

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import uvicorn
from litestar import Litestar, get
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.handlers import HTTPRouteHandler
from litestar.response import Template
from litestar.template.config import TemplateConfig

DAYS, A_DAY = 15, 2
SMALLEST = 1000
"""The smallest of them shows more than it is asked for."""
HERE = Path(__file__).parent


def days(letters: int) -> list[dict[str, Any]]:
    """What the loops show, as /carnet has it: so many letters of text in thirty moments."""
    each, more = divmod(max(0, letters), DAYS * A_DAY)
    moments = [_moment(number, "a" * (each + (number < more))) for number in range(DAYS * A_DAY)]
    return [
        {
            "date": f"2026-11-{day + 1:02}",
            "name": "mardi 24 novembre",
            "moments": moments[day * A_DAY : (day + 1) * A_DAY],
        }
        for day in range(DAYS)
    ]


def _moment(number: int, text: str) -> dict[str, Any]:
    return {
        "id": str(UUID(int=number)),
        "at": "2026-11-24T16:42+01:00",
        "hour": f"{number % 24} h 30",
        "contexts": ("visite à domicile",),
        "feelings": ("soulagement",),
        "loads": (("work", "charge de travail", "lourde"), ("emotion", "émotion", "présente")),
        "text": text,
    }


def _page(engine: JinjaTemplateEngine, size: int) -> HTTPRouteHandler:
    """At `/size`; no smaller than its loops without texts, which have 35 kB."""
    bare = engine.get_template("floor.html").render(title="Recul", days=days(0))
    shown = days(size - len(bare.encode()))

    @get(f"/{size}")
    async def page() -> Template:
        return Template("floor.html", context={"title": "Recul", "days": shown})

    return page


def create_app(*sizes: int) -> Litestar:
    engine = JinjaTemplateEngine(directory=HERE)
    return Litestar(
        [_page(engine, size) for size in sorted({SMALLEST, *sizes})],
        template_config=TemplateConfig(instance=engine),
        openapi_config=None,
        logging_config=None,
    )


def main() -> None:
    port, *sizes = map(int, sys.argv[1:])
    uvicorn.run(
        create_app(*sizes),
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
    )


if __name__ == "__main__":
    main()
