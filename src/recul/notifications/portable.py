"""What notifications hold of one person, as she may take it with her."""

from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch
from recul.notifications import letters
from recul.portable import Field, Kind, Rows, Section, plain
from recul.settings import Settings
from recul.vault.errors import Unreadable
from recul.words import N_

HOURS = Section(
    "work_hours",
    N_("Heures de travail"),
    N_("Celles que vous avez dites. Vide : du lundi au vendredi, de 8 h à 18 h."),
    {
        "weekdays": Field(N_("Jours, 1 pour lundi"), columns=("hours.weekdays",)),
        "starts": Field(N_("Début"), Kind.TIME, ("hours.starts",)),
        "ends": Field(N_("Fin"), Kind.TIME, ("hours.ends",)),
    },
    "SELECT weekdays, starts, ends FROM hours WHERE account = {}",
)
MUTED = Section(
    "mail_turned_off",
    N_("Courriels que vous ne voulez pas"),
    "",
    {"kind": Field(N_("Sorte de courriel"), columns=("muted.kind",))},
    "SELECT kind FROM muted WHERE account = {} ORDER BY kind",
)
MAIL = Section(
    "mail",
    N_("Courriels pour vous"),
    N_(
        "Ceux qui attendent vos heures de travail, et ceux partis depuis un jour. Leur objet "
        "suffit ici : vous recevez le texte, qui peut parler d’autres personnes."
    ),
    {
        "kind": Field(N_("Sorte de courriel"), columns=("outbox_mail.kind",)),
        "subject": Field(N_("Objet"), columns=("outbox_mail.box",)),
        "created_at": Field(N_("Écrit"), Kind.MOMENT, ("outbox_mail.created_at",)),
        "sent_at": Field(N_("Parti"), Kind.MOMENT, ("outbox_mail.sent_at",)),
        "failed": Field(N_("N’a pas pu partir"), Kind.FLAG, ("outbox_mail.failed",)),
    },
)
WRITTEN = """
SELECT id, kind, box, created_at, sent_at, failed FROM outbox_mail WHERE account = {}
ORDER BY created_at, id
"""
SECTIONS = (HOURS, MUTED)


async def mail(settings: Settings, viewer: UUID) -> Rows:
    """The rows of `MAIL`."""
    found = await fetch(QueryString(WRITTEN, viewer))
    return [plain(MAIL, row | {"subject": _subject(settings, row)}) for row in found]


def _subject(settings: Settings, row: dict[str, object]) -> str | None:
    """None when it was erased, or the server's secret was changed meanwhile."""
    box, mail = row["box"], row["id"]
    if not isinstance(box, bytes) or not isinstance(mail, UUID):
        return None
    try:
        return letters.open_sealed(settings, mail, box).subject
    except Unreadable:
        return None
