"""The words shown for what moments keep as keys."""

from collections.abc import Callable
from functools import cache

from recul.journal.contexts import CONTEXTS
from recul.journal.lexicon import FEELINGS


def labels_in(translate: Callable[[str], str] = str) -> Callable[[str], str]:
    """A function from the key of a feeling or context to its word in one language.

    A person's own words are their own label, in any language.
    """
    known = _known()

    @cache
    def label(key: str) -> str:
        return translate(known[key]) if key in known else key

    return label


@cache
def _known() -> dict[str, str]:
    contexts = {context.key: context.label for context in CONTEXTS}
    return contexts | {feeling.key: feeling.word for feeling in FEELINGS}
