"""What the law asks an instance to say: notice, register sheet, impact assessment, accessibility.

Each page is made of what this program does, and of the settings of this instance.
"""

from typing import Any

from litestar import Response, get

from recul.privacy import rgaa
from recul.privacy.instance import Instance
from recul.privacy.retention import RULES
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/vos-donnees", reach=Reach.PUBLIC, thing="explanations")
async def notice(request: WebRequest) -> Response[Any]:
    """The information notice (GDPR, articles 13 and 14)."""
    return _page(request, "privacy/notice.html")


@get("/vos-donnees/registre", reach=Reach.PUBLIC, thing="explanations")
async def register(request: WebRequest) -> Response[Any]:
    """The sheet for the record of processing activities (GDPR, article 30)."""
    return _page(request, "privacy/register.html")


@get("/vos-donnees/analyse-d-impact", reach=Reach.PUBLIC, thing="explanations")
async def impact(request: WebRequest) -> Response[Any]:
    """The draft of the data protection impact assessment (GDPR, article 35)."""
    return _page(request, "privacy/impact.html")


@get("/accessibilite", reach=Reach.PUBLIC, thing="explanations")
async def accessibility(request: WebRequest) -> Response[Any]:
    """The accessibility statement, with the result of the last audit."""
    instance = Instance.of(request.settings)
    return page(request, "privacy/accessibility.html", instance=instance, audit=rgaa.audit())


def _page(request: WebRequest, template: str) -> Response[Any]:
    settings = request.settings
    return page(request, template, instance=Instance.of(settings), rules=RULES, settings=settings)


handlers = [notice, register, impact, accessibility]
