"""Moments in words: how what is kept as keys and steps reads in one language.

A page shows a hundred moments: their words are looked up here, in dictionaries, where it costs
little. Templates only place them.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from recul.journal.contexts import CONTEXTS
from recul.journal.lexicon import FEELINGS
from recul.journal.moments import Moment
from recul.journal.scales import SCALES
from recul.journal.templates import TEMPLATES
from recul.journal.timeline import Span
from recul.words import N_

SILENT = ("line", "free")
"""Templates whose one question goes without saying."""
UNNAMED = (*SILENT, "win")
"""Templates that are not named: a small victory says so itself."""
BETWEEN = N_("%(low)s à %(high)s")


class Load(NamedTuple):
    """What was answered on a scale. `css` is the class that carries its hue."""

    css: str
    label: str
    answer: str


class Reading(NamedTuple):
    """What a moment says. A person's own words stand as she wrote them."""

    template: str
    contexts: Sequence[str]
    feelings: Sequence[str]
    loads: Sequence[Load]
    texts: Sequence[tuple[str, str]]
    """Each text after the question it answers, which may be empty."""


class Wording:
    """The words of one language."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._between = translate(BETWEEN)
        self._contexts = {context.key: translate(context.label) for context in CONTEXTS}
        self._feelings = {feeling.key: translate(feeling.word) for feeling in FEELINGS}
        self._scales: dict[str, tuple[str, str, list[str]]] = {
            scale.key: (scale.css, translate(scale.label).lower(), [*map(translate, scale.words)])
            for scale in SCALES
        }
        self._names = {t.key: translate(t.label) for t in TEMPLATES if t.key not in UNNAMED}
        self._questions = {
            (template.key, section.key): translate(section.label)
            for template in TEMPLATES
            if template.key not in SILENT
            for section in template.sections
        }

    def of(self, moment: Moment) -> Reading:
        template, questions = moment.template, self._questions
        return Reading(
            self._names.get(template, ""),
            [self._contexts.get(key, key) for key in moment.contexts],
            [self._feelings.get(key, key) for key in moment.feelings],
            self._loads(moment),
            [(questions.get((template, key), ""), text) for key, text in moment.sections if text],
        )

    def _loads(self, moment: Moment) -> list[Load]:
        steps = (moment.workload, moment.emotional_load, moment.recovery, moment.support)
        return [
            Load(css, label, words[step - 1])
            for step, (css, label, words) in zip(steps, self._scales.values(), strict=True)
            if step
        ]

    def between(self, span: Span) -> Load:
        """What several moments say together on one scale."""
        css, label, words = self._scales[span.dimension]
        low, high = words[span.low - 1], words[span.high - 1]
        answer = low if span.is_flat else self._between % {"low": low, "high": high}
        return Load(css, label, answer)
