"""What fixed values are called in the readable page of a copy; the JSON keeps them as they are."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from recul.accounts.portable import ACCESS_WORDS
from recul.booking import kinds
from recul.organisation import rules
from recul.portable import Field, Kind
from recul.words import N_

_STATES = {
    "asked": N_("demandé"),
    "waiting": N_("en attente"),
    "seated": N_("place obtenue"),
    "left": N_("quitté"),
    "refused": N_("non suivi"),
}
_OFFERS = {
    "open": N_("gardée"),
    "taken": N_("prise"),
    "passed": N_("tour passé"),
    "expired": N_("délai passé"),
    "withdrawn": N_("reprise"),
}
_NOTED = {"present": N_("présent·e"), "excused": N_("excusé·e"), "absent": N_("absent·e")}
_DATES = {"booked": N_("pris"), "cancelled": N_("annulé")}
_KINDS = {key: kind.label for key, kind in kinds.KINDS.items()}
_CHOICES = {"no": N_("ne pas partager"), "yes": N_("partager"), "paused": N_("en pause")}
_DETAILS = {
    "busy": N_("occupé, et rien d’autre"),
    "type": N_("la sorte de rendez-vous"),
    "title": N_("le nom du groupe"),
}
_LINKS = {"reset": N_("un nouveau mot de passe")}
_SETTINGS = {key: setting.label for key, setting in rules.TRUST_SETTINGS.items()}

WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("enrolments", "state"): _STATES,
    ("enrolments", "kind"): _KINDS,
    ("seats_offered", "state"): _OFFERS,
    ("attendance", "state"): _NOTED,
    ("appointments", "state"): _DATES,
    ("appointments_given", "state"): _DATES,
    ("groups_led", "kind"): _KINDS,
    ("meeting_roles", "role"): kinds.ROLES,
    ("calendar_addresses", "detail"): _DETAILS,
    ("roles", "role"): dict(rules.ROLE_LABELS),
    ("trust_changes", "setting"): _SETTINGS,
    ("sharing", "choice"): _CHOICES,
    ("links", "purpose"): _LINKS,
    ("accesses", "kind"): ACCESS_WORDS,
}


def word(section: str, field: str, value: Any) -> Any:
    """The value, or what it is called, to be translated."""
    return WORDS.get((section, field), {}).get(value, value) if isinstance(value, str) else value


def dated(field: Field, value: str | None, zone: str) -> date | datetime | None:
    """The day or the moment that a value tells, by the wall clock of a zone; None: neither."""
    if value is None or field.kind not in (Kind.DAY, Kind.MOMENT):
        return None
    if field.kind is Kind.DAY:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
