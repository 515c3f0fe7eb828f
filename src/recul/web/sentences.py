"""Sentences of templates, translated when a template is compiled and not each time it is shown.

Jinja's own `_` is looked up and called three deep for every word of every page: that was half
the time of a page. There is one environment a language, so a sentence that a template spells
out can become part of its text.
"""

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from recul.web import i18n

KEPT = 2048
"""Labels remembered a language: far more than there are."""


class SpokenEnvironment(Environment):
    """An environment of one language, `spoken`, whose templates say `_("…")`."""

    def __init__(self, spoken: str, **options: Any) -> None:
        super().__init__(extensions=["jinja2.ext.i18n"], **options)
        translations = i18n.translations(spoken)
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        self.globals |= {"language": spoken, "_": _speaker(translations.gettext)}
        self.spell = translations.gettext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary for all: Jinja's own layers cost 10 µs at each import."""
        return self.globals | d if d else self.globals

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        return super()._generate(_Spelling(self.spell).visit(source), *args, **options)


def _speaker(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """`_` for what only the page knows: a label of an object."""

    @lru_cache(KEPT)
    def alone(text: str) -> Markup:
        return Markup(gettext(text)) % {}

    def say(text: str, **values: Any) -> Markup:
        return Markup(gettext(text)) % values if values else alone(text)

    return say


class _Spelling(NodeTransformer):
    """Puts the translation in the place of `_("…")` and `_("… %(name)s", name=value)`."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self.gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(text))],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return self._spelled(text, node.kwargs)
        return node

    def _spelled(self, text: str, values: list[nodes.Keyword]) -> nodes.Expr:
        if not values:
            return nodes.MarkSafe(nodes.Const(self.gettext(text) % {}))
        pairs = [nodes.Pair(nodes.Const(value.key), value.value) for value in values]
        return nodes.Mod(nodes.MarkSafe(nodes.Const(self.gettext(text))), nodes.Dict(pairs))
