"""How templates are compiled: for one language, and into code that calls little.

A page of a month says `_` five hundred times. Jinja looks it up and calls it three deep each
time, which was half the time of the page. There is one environment a language: a sentence that
a template spells out becomes part of its text, and what only the page knows is said by a filter,
which is called at once. What is shown is escaped to plain text: it is only joined to other text.
"""

import re
from collections.abc import Callable, MutableMapping
from typing import Any

import markupsafe
from jinja2 import Environment, nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from recul.web import i18n

PLACES = re.compile(r"%\((\w+)\)s")
SAID = "said"
SHOWN = f"; from {__name__} import shown as escape"

_escaped: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined]  # noqa: SLF001
"""What `escape` does, in C, without the object that it then makes around the text."""


def shown(value: object) -> str:
    """As Jinja's own `escape`, to plain text."""
    if type(value) is str:
        return _escaped(value)
    if type(value) is int or type(value) is float:
        return str(value)
    return value if isinstance(value, Markup) else markupsafe.escape(value)


class Caller(Context):
    """Calls what a template names without Jinja's questions to each: only macros and what says
    so want to know where they are called from."""

    def call(
        self,
        called: Any,
        /,
        *args: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **more: Any,
    ) -> Any:
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **more)
        if hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **more)
        return called(*args, **more)


class SpokenEnvironment(Environment):
    """An environment of one language, `spoken`, whose templates say `_("…")`."""

    context_class = Caller

    def __init__(self, spoken: str, **options: Any) -> None:
        super().__init__(extensions=["jinja2.ext.i18n"], **options)
        translations = i18n.translations(spoken)
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        self.globals |= {
            "language": spoken,
            "_": _speaker(translations.gettext),
            "ngettext": _counter(translations.ngettext),
        }
        self.filters[SAID] = self.globals["_"]
        self.spell = translations.gettext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary for all: Jinja's own layers cost 10 µs at each import."""
        return {**self.globals, **d} if d else self.globals

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        code = super()._generate(_Spelling(self.spell).visit(source), *args, **options)
        return code.replace("\n", f"{SHOWN}\n", 1)


def _speaker(gettext: Callable[[str], str]) -> Callable[..., str]:
    """`_` for what only the page knows, a label of an object: escaped as any other text."""
    return lambda text, **values: gettext(text) % values


def _counter(ngettext: Callable[[str, str, int], str]) -> Callable[..., str]:
    """`ngettext("%(num)s moment", "%(num)s moments", count)`: the values are escaped."""

    def counted(one: str, several: str, num: int, **values: object) -> str:
        values = {name: shown(value) for name, value in values.items()} | {"num": num}
        return Markup(ngettext(one, several, num) % values)  # noqa: S704 # nosec B704

    return counted


class _Spelling(NodeTransformer):
    """Puts the translation in the place of `_("…")` and `_("… %(name)s", name=value)`."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self.gettext = gettext

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja's names
        """A sentence with values that is shown at once needs not be put together first."""
        node.nodes = [part for child in node.nodes for part in self._parts(child)]
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if (text := _sentence(node)) is None:
            return _said(node)
        if not node.kwargs:
            return nodes.MarkSafe(nodes.Const(self.gettext(text) % {}))
        pairs = [nodes.Pair(nodes.Const(value.key), value.value) for value in node.kwargs]
        return nodes.Mod(nodes.MarkSafe(nodes.Const(self.gettext(text))), nodes.Dict(pairs))

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        """`" checked" if chosen`: else nothing, rather than an object that stands for nothing."""
        self.generic_visit(node)
        if node.expr2 is None and isinstance(node.expr1, nodes.Const):
            node.expr2 = nodes.Const("")
        return node

    def _parts(self, node: nodes.Expr) -> list[nodes.Expr]:
        text = _sentence(node)
        if text is None or not isinstance(node, nodes.Call) or not node.kwargs:
            return [node]
        values = {value.key: value.value for value in node.kwargs}
        return [
            values[part] if number % 2 else nodes.TemplateData(part % {})
            for number, part in enumerate(PLACES.split(self.gettext(text)))
        ]


def _said(node: nodes.Call) -> nodes.Expr:
    """`_(label)`, as a filter."""
    match node:
        case nodes.Call(
            node=nodes.Name(name="_"), args=[label], kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            return nodes.Filter(label, SAID, [], [], None, None)
    return node


def _sentence(node: nodes.Node) -> str | None:
    """The text of `_("…")`; none for anything else."""
    match node:
        case nodes.Call(
            node=nodes.Name(name="_"),
            args=[nodes.Const(value=str(text))],
            dyn_args=None,
            dyn_kwargs=None,
        ):
            return text
    return None
