"""What is noted of an account, for its person: the kinds, their words, and how one is written.

A note says a day, never an hour, and for a sign-in the genre of device.
"""

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum

from recul.words import N_

MONTHS_KEPT = 13
MOST = 300
"""Notes of one person; the oldest month gives way."""


class Kind(Enum):
    SIGNED_IN = "signed_in"
    SECOND_STEP_FAILED = "second_step_failed"
    RECOVERY_CODE_USED = "recovery_code_used"
    UNLOCK_FAILED = "unlock_failed"
    EXPORTED = "exported"
    CODES_MADE = "codes_made"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RECOVERED = "password_recovered"
    LINK_ASKED = "link_asked"
    VAULT_REPLACED = "vault_replaced"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_GONE_BACK = "passkey_gone_back"
    TOTP_ON = "totp_on"
    TOTP_OFF = "totp_off"
    SIGN_INS_ENDED = "sign_ins_ended"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_WITHDRAWN = "erasure_withdrawn"


WORDS = {
    Kind.SIGNED_IN: N_("Connexion"),
    Kind.SECOND_STEP_FAILED: N_("Bon mot de passe, mais deuxième étape refusée"),
    Kind.RECOVERY_CODE_USED: N_("Deuxième étape passée avec une clé de secours"),
    Kind.UNLOCK_FAILED: N_("Mot de passe refusé, sur un appareil connecté"),
    Kind.EXPORTED: N_("Copie de vos données téléchargée"),
    Kind.CODES_MADE: N_("Huit clés de secours créées"),
    Kind.PASSWORD_CHANGED: N_("Mot de passe changé"),
    Kind.PASSWORD_RECOVERED: N_("Nouveau mot de passe, avec une clé de secours"),
    Kind.LINK_ASKED: N_("Lien demandé pour choisir un nouveau mot de passe"),
    Kind.VAULT_REPLACED: N_("Nouveau mot de passe sans clé de secours : carnet neuf"),
    Kind.PASSKEY_ADDED: N_("Clé d’accès ajoutée"),
    Kind.PASSKEY_REMOVED: N_("Clé d’accès retirée"),
    Kind.PASSKEY_GONE_BACK: N_("Clé d’accès refusée : elle a peut-être été copiée"),
    Kind.TOTP_ON: N_("Code à six chiffres activé à la connexion"),
    Kind.TOTP_OFF: N_("Code à six chiffres désactivé"),
    Kind.SIGN_INS_ENDED: N_("Appareil déconnecté à distance"),
    Kind.ERASURE_ASKED: N_("Effacement du compte demandé"),
    Kind.ERASURE_WITHDRAWN: N_("Effacement du compte annulé"),
}


@dataclass(frozen=True, slots=True)
class Access:
    """One note: what, on which day, and a word more where there is one."""

    on: date
    kind: Kind
    detail: str = ""
    """The genre of device of a sign-in, the name of an exported file."""


def written(access: Access) -> bytes:
    """What is sealed."""
    fields = {"on": access.on.isoformat(), "kind": access.kind.value, "detail": access.detail}
    return json.dumps(fields).encode()


def read(text: bytes) -> Access:
    """What was sealed; raises ValueError when no version of Recul wrote it."""
    fields = json.loads(text)
    return Access(date.fromisoformat(fields["on"]), Kind(fields["kind"]), str(fields["detail"]))


def forget_on(day: date) -> date:
    """The first day of the month in which a note of `day` is forgotten."""
    months = day.year * 12 + day.month - 1 + MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)


def by_day(found: list[Access]) -> list[tuple[date, list[tuple[Access, int]]]]:
    """Newest day first; what happened several times on a day is said once, with a count."""
    days: dict[date, dict[Access, int]] = {}
    for access in sorted(found, key=_order):
        day = days.setdefault(access.on, {})
        day[access] = day.get(access, 0) + 1
    return [(day, list(counted.items())) for day, counted in days.items()]


def _order(access: Access) -> tuple[int, str, str]:
    return -access.on.toordinal(), access.kind.value, access.detail
