"""What the form of a moment offers to choose from."""

from datetime import date
from typing import Any

from recul import clock
from recul.journal import contexts, identity_guard, lexicon, queries, when
from recul.journal.forms import MomentForm
from recul.journal.keep import EMPTY
from recul.journal.routes.reading import READING
from recul.web.viewer import Viewer

GUARD: dict[str, Any] = {"guard": identity_guard.findings, "kinds": identity_guard.KIND_LABELS}


async def for_form(viewer: Viewer, form: MomentForm) -> dict[str, Any]:
    """Context of the form. Own words are shown only while the vault is open."""
    keep, _ = await queries.keep(viewer.vault) if viewer.vault else (EMPTY, 0)
    own_feelings = [*keep.own_feelings, *(f for f in form.feelings if not lexicon.feeling(f))]
    own_contexts = [*keep.own_contexts, *(c for c in form.contexts if not contexts.context(c))]
    return {
        **READING,
        **GUARD,
        "form": form,
        "keep": keep,
        "lexicon": lexicon,
        "contexts": contexts,
        "own_feelings": list(dict.fromkeys(own_feelings)),
        "own_contexts": list(dict.fromkeys(own_contexts)),
        "when_options": when.when_options(clock.local(viewer.time_zone)),
        "chosen_day": _chosen_day(form.when),
    }


def _chosen_day(choice: str) -> date | None:
    """The day that a chip of a page shown before midnight, or of a draft, stands for."""
    try:
        return date.fromisoformat(choice.partition("T")[0])
    except ValueError:
        return None
