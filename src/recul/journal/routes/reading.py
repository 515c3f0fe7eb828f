"""What templates need to show moments in words: scales, and the words behind stored keys."""

from types import SimpleNamespace
from typing import Any

from recul.journal import scales
from recul.journal.contexts import context
from recul.journal.lexicon import feeling
from recul.journal.moments import Moment
from recul.journal.scales import Scale
from recul.journal.templates import section_label, template


def answers(moment: Moment) -> list[tuple[Scale, int]]:
    """The scales that a moment answers, each with its step."""
    steps = (moment.workload, moment.emotional_load, moment.recovery, moment.support)
    return [(of, step) for of, step in zip(scales.SCALES, steps, strict=True) if step]


# `context` and `feeling` find nothing for a person's own words, which are shown as they are.
WORDS = SimpleNamespace(
    answers=answers,
    context=context,
    feeling=feeling,
    note_template=template,
    section_label=section_label,
)
READING: dict[str, Any] = {"scales": scales, "words": WORDS}
