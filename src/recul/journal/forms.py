"""The form of a moment: blank, from a stored moment, or as somebody typed it."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from recul.journal import contexts, lexicon, when
from recul.journal.moments import DIMENSIONS, Moment
from recul.journal.templates import LINE, NOTE_TEMPLATES, NoteTemplate, template
from recul.journal.when import WhenError
from recul.web.forms import PAGE, TOKEN_FIELD, Form
from recul.web.i18n import Said
from recul.words import N_

MOST_WORDS = 30
EMPTY = N_("Touchez au moins une réponse, ou écrivez un mot : il n’y a encore rien à garder.")
UNSIGNED = (TOKEN_FIELD, "nonce", "following", "seen", "draft", "pointed")


@dataclass
class MomentForm:
    """What the page of a moment shows in its fields. `moment` is there when it can be kept."""

    template: NoteTemplate
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    steps: Mapping[str, int | None] = field(default_factory=lambda: dict.fromkeys(DIMENSIONS))
    feelings: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    own_feeling: str = ""
    own_context: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    when: str = when.NOW
    date: str = ""
    time: str = ""
    small_win: bool = False
    seen: str = ""
    errors: dict[str, Said] = field(default_factory=dict)
    moment: Moment | None = None
    content: bytes = b""

    @classmethod
    def of(cls, moment: Moment, seen: str) -> "MomentForm":
        """The form to change a stored moment."""
        return cls(
            template=template(moment.template) or NOTE_TEMPLATES[-1],
            steps={name: getattr(moment, name) for name in DIMENSIONS},
            feelings=moment.feelings,
            contexts=moment.contexts,
            texts=dict(moment.sections),
            when=when.OTHER,
            date=moment.day.isoformat(),
            time=f"{moment.at:%H:%M}",
            small_win=moment.small_win,
            seen=seen,
        )

    @classmethod
    def read(cls, form: Form, now: datetime, stored: datetime | None = None) -> "MomentForm":
        """What was sent. `now` is the person's own wall time; `stored` is when a moment that is
        changed took place: left as it stands there, it stays that very instant."""
        chosen = template(form.typed("template")) or LINE
        read = cls(
            template=chosen,
            nonce=form.typed("nonce")[:64] or secrets.token_urlsafe(16),
            steps={name: form.step(name) for name in DIMENSIONS},
            feelings=_words(form, "feelings", "own_feeling", lexicon.normalise_own_word),
            contexts=_words(form, "contexts", "own_context", contexts.normalise_own_tag),
            own_feeling=form.typed("own_feeling"),
            own_context=form.typed("own_context"),
            texts={s.key: form.text(f"text-{s.key}", longest=PAGE) for s in chosen.sections},
            when=form.typed("when"),
            date=form.typed("date"),
            time=form.typed("time"),
            small_win=form.flag("small_win") or chosen.key == "win",
            seen=form.typed("seen")[:32],
            errors=form.errors,
        )
        read.moment = read._moment(form, now, stored)
        read.content = _content(form)
        return read

    def leaning_on(self, chosen: NoteTemplate) -> "MomentForm":
        """The same with another template: texts under shared keys stay, the others come first."""
        texts = {key: text for key, text in self.texts.items() if chosen.section(key)}
        others = [text for key, text in self.texts.items() if text and key not in texts]
        first = chosen.sections[0].key
        together = "\n\n".join([*others, texts.get(first, "")]).strip()
        return replace(self, template=chosen, texts=texts | {first: together}, errors={})

    def _at(self, form: Form, now: datetime, stored: datetime | None) -> datetime | None:
        day, hour = form.date("date"), form.time("time")
        if not form.ok:
            return None
        if stored and (day, hour) == (stored.date(), stored.time()):
            return stored
        choice = when.OTHER if day and self.when == when.NOW else self.when
        try:
            return when.moment_time(choice, day, hour, now)
        except WhenError as error:
            form.error(error.field, error.message)
            return None

    def _moment(self, form: Form, now: datetime, stored: datetime | None) -> Moment | None:
        at = self._at(form, now, stored)
        if at is None:
            return None
        moment = Moment(
            at=at,
            **self.steps,
            feelings=self.feelings,
            contexts=self.contexts,
            template=self.template.key,
            sections=tuple((key, text) for key, text in self.texts.items() if text),
            small_win=self.small_win,
        )
        if moment.is_empty or (self.template.key == "win" and _only_a_win(moment)):
            form.error(f"text-{self.template.sections[0].key}", EMPTY)
            return None
        return moment


def _only_a_win(moment: Moment) -> bool:
    """A jar needs something in it: the template alone is no victory."""
    return not moment.text


def _words(form: Form, name: str, own: str, normalise: Any) -> tuple[str, ...]:
    """Ticked words and the typed one, each once, tidy."""
    typed = [*form.typed_all(name), *form.typed(own).split(",")]
    words = dict.fromkeys(word for word in map(normalise, typed) if word)
    return tuple(words)[:MOST_WORDS]


def _content(form: Form) -> bytes:
    """All that was sent, to tell a second sending of the same form from a second moment."""
    sent = {n: form.typed_all(n) for n in sorted(form.data) if n not in UNSIGNED}
    return json.dumps(sent, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
