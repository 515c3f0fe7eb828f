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
A_DAY_BYTES = 2600
"""A little more than a day takes without texts."""
HERE = Path(__file__).parent


def days(letters: int, number: int = DAYS) -> list[dict[str, Any]]:
    """What the loops show, as /carnet has it: so many letters of text in two moments a day."""
    each, more = divmod(max(0, letters), number * A_DAY)
    moments = [_moment(n, "a" * (each + (n < more))) for n in range(number * A_DAY)]
    return [
        {
            "date": f"2026-11-{day + 1:02}",
            "name": "mardi 24 novembre",
            "moments": moments[day * A_DAY : (day + 1) * A_DAY],
        }
        for day in range(number)
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
    """At `/size`, of fifteen days, or of as many as there is room for."""
    number = min(DAYS, max(1, size // A_DAY_BYTES))
    bare = engine.get_template("floor.html").render(title="Recul", days=days(0, number))
    shown = days(size - len(bare.encode()), number)

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
