"""What was typed into a form that could not be taken now, carried to the next page."""

from recul.web.forms import TOKEN_FIELD, Form, clean
from recul.web.viewer import WebRequest

WRITTEN = ("text-", "own_")
"""How the names of fields begin in which people write, if only one word."""
PREFIX = "garde-"
SECRETS = ("password", "new_password", "code", "recovery_code", "passkey", TOKEN_FIELD)


def typed_fields(request: WebRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, without secrets and files.

    Reads what the CSRF check has parsed already, so that exception handlers can use it.
    """
    return [
        (name, clean(value))
        for name, found in request.already_read.items()
        for value in found
        if isinstance(value, str) and value and name not in SECRETS
    ]


def to_carry(request: WebRequest) -> list[tuple[str, str]]:
    """Those fields under names that the next form sends along."""
    return [(PREFIX + name, value) for name, value in typed_fields(request)]


def carried(form: Form) -> list[tuple[str, str]]:
    """Carried fields of a submitted form, under their first names again."""
    return [
        (name.removeprefix(PREFIX), value)
        for name in form.data
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in SECRETS
        for value in form.typed_all(name)
    ]


def texts(fields: list[tuple[str, str]]) -> list[str]:
    """The fields that a person wrote rather than chose: shown to reassure her."""
    return [
        value.strip()
        for name, value in fields
        if value.strip() and (name.startswith(WRITTEN) or " " in value.strip())
    ]
