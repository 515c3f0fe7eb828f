"""Reading what somebody typed: cleaned, never lost, with sentences about what is wrong."""

import unicodedata
from contextlib import suppress
from datetime import date, time
from uuid import UUID

from litestar.datastructures import FormMultiDict

from recul.web.bodies import Upload
from recul.web.i18n import Said
from recul.web.viewer import WebRequest
from recul.words import N_

TOKEN_FIELD = "_csrf_token"
"""Litestar's name for the field of the token that each form carries."""
LINE = 200
PAGE = 20_000


def clean(typed: str) -> str:
    """Composed characters, plain line ends, and nothing that no keyboard can type."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept))


class Form:
    """One submitted form. Each reader returns a value that can be used and notes an error."""

    def __init__(self, data: FormMultiDict) -> None:
        self.data = data
        self.errors: dict[str, Said] = {}

    @property
    def ok(self) -> bool:
        return not self.errors

    def error(self, name: str, message: str, **values: object) -> None:
        self.errors.setdefault(name, Said(message, dict(values)))

    def typed(self, name: str) -> str:
        """What was typed, cleaned, for reading or for showing again. The last of several."""
        found = self.typed_all(name)
        return found[-1] if found else ""

    def typed_all(self, name: str) -> list[str]:
        values = self.data.getall(name, [])
        return [clean(value) for value in values if isinstance(value, str)]

    def text(self, name: str, *, longest: int = LINE, required: str | None = None) -> str:
        """A text without its outer spaces. `required` is the sentence when it is empty."""
        value = self.typed(name).strip()
        if required and not value:
            self.error(name, required)
        if len(value) > longest:
            self.error(
                name,
                N_("Ce texte est trop long : %(longest)s caractères au plus."),
                longest=longest,
            )
        return value

    def step(self, name: str) -> int | None:
        """An answer from 1 to 5 on a worded scale, or none."""
        value = self.typed(name)
        if value in ("", "0"):
            return None
        if value not in ("1", "2", "3", "4", "5"):
            self.error(name, N_("Choisissez l’une des réponses proposées, ou aucune."))
            return None
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], otherwise: str = "") -> str:
        value = self.typed(name)
        if value in choices:
            return value
        if value:
            self.error(name, N_("Choisissez l’une des réponses proposées."))
        return otherwise

    def id(self, name: str) -> UUID | None:
        """An id that the form carries; none, without an error, when it is none."""
        return next(iter(self.ids(name)[-1:]), None)

    def ids(self, name: str) -> list[UUID]:
        """Ids that were ticked, or shown; what is none is left out."""
        found = []
        for typed in self.typed_all(name):
            with suppress(ValueError):
                found.append(UUID(typed))
        return found

    def flag(self, name: str) -> bool:
        return self.typed(name) not in ("", "0", "no", "false")

    def number(self, name: str, low: int, high: int) -> int | None:
        value = self.typed(name).strip()
        if value.isdecimal() and len(value) <= 9 and low <= int(value) <= high:
            return int(value)
        self.error(name, N_("Écrivez un nombre entier de %(low)s à %(high)s."), low=low, high=high)
        return None

    def date(self, name: str) -> date | None:
        """A date typed or picked, or none when the field is empty."""
        value = self.typed(name).strip()
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.error(name, N_("Cette date n’est pas lisible. Exemple : 2026-11-24."))
            return None

    def time(self, name: str) -> time | None:
        value = self.typed(name).strip()
        if not value:
            return None
        try:
            return time.fromisoformat(value).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            self.error(name, N_("Cette heure n’est pas lisible. Exemple : 16:42."))
            return None

    def file(self, name: str) -> bytes:
        """The content of a file that was chosen; empty when none was."""
        value = self.data.get(name)
        return value.content if isinstance(value, Upload) else b""


async def read_form(request: WebRequest) -> Form:
    return Form(await request.form())


def form_of(typed: object) -> Form:
    """A form that was kept, as if it were sent again. Raises ValueError when it is none."""
    if not isinstance(typed, dict):
        raise ValueError("fields with lists of texts were expected")
    kept = {name: values for name, values in typed.items() if isinstance(values, list)}
    pairs = [(str(name), str(value)) for name, values in kept.items() for value in values]
    return Form(FormMultiDict(pairs))


def clock_of(minutes: int) -> str:
    """Minutes after midnight as a time field holds them; midnight at the end of a day is 00:00."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
