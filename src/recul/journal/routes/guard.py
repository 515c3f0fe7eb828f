"""The identity guard: points out what could name somebody, proposes initials, blocks nothing."""

from typing import Any

from litestar import Response, post
from litestar.exceptions import NotFoundException

from recul.journal import identity_guard
from recul.journal.forms import MomentForm
from recul.journal.routes.choices import GUARD
from recul.journal.templates import LINE, template
from recul.web.forms import PAGE, Form, read_form
from recul.web.pages import partial
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@post("/carnet/reperage", reach=Reach.SIGNED_IN, thing="journal")
async def point_out(request: WebRequest) -> Response[Any]:
    """What stands in one field (`champ`) of a form, or that field with proposals taken.

    Nothing of it is kept.
    """
    form, name = await read_form(request), request.query_params.get("champ", "")
    chosen = template(form.typed("template")) or LINE
    section = chosen.section(name.removeprefix("text-"))
    if section is None:
        raise NotFoundException
    text = form.typed(name)[:PAGE]
    taken = _taken(form, text)
    if taken is None:
        findings = identity_guard.findings(text)
        return partial(request, "journal/_guard.html", name=name, findings=findings, **GUARD)
    again = MomentForm(chosen, texts={section.key: taken})
    context = GUARD | {"form": again, "section": section, "taken": True}
    return partial(request, "journal/_text.html", draft_safe=form.flag("draft"), **context)


def noted(sent: Form, form: MomentForm, note: str) -> str:
    """`note`, or the same with a word about names that no page has pointed out yet: dictated and
    kept in one breath, or written without JavaScript."""
    text = form.moment.text if form.moment else ""
    unseen = not sent.flag("pointed") and identity_guard.findings(text)
    return f"{note}-named" if unseen else note


def _taken(form: Form, text: str) -> str | None:
    """The text with the proposals that were asked for; none when none was."""
    if form.flag("tout"):
        return identity_guard.replace_all(text)
    wanted = form.typed_all("remplacer")
    return identity_guard.replace(text, wanted) if wanted else None


handlers = [point_out]
