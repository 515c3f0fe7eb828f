"""The same of somebody who leads groups or supervises: what is hers, without those she meets."""

from uuid import UUID

import anyio.to_thread
from piccolo.querystring import QueryString

from recul.booking.queries.memos import VERSION, sealed_name
from recul.database import fetch
from recul.portable import Field, Kind, Rows, Section, plain
from recul.vault.errors import Unreadable
from recul.vault.opened import OpenVault
from recul.words import N_

_ORGANISATION = {"organisation": Field(N_("Structure"), columns=("organisation.name",))}

GROUPS = Section(
    "groups_led",
    N_("Groupes que vous animez"),
    "",
    _ORGANISATION
    | {
        "group": Field(N_("Groupe"), columns=("meeting_group.name",)),
        "kind": Field(N_("Sorte de groupe"), columns=("meeting_group.kind",)),
        "purpose": Field(N_("Objet"), columns=("meeting_group.purpose",)),
        "opened_on": Field(N_("Ouvert"), Kind.DAY, ("meeting_group.opened_on",)),
        "closed_on": Field(N_("Fermé"), Kind.DAY, ("meeting_group.closed_on",)),
    },
    """
    SELECT o.name AS organisation, g.name AS "group", g.kind, g.purpose, g.opened_on, g.closed_on
    FROM meeting_group g JOIN organisation o ON o.id = g.organisation WHERE g.facilitator = {}
    ORDER BY g.opened_on, g.name, g.id
    """,
)
MEETINGS = Section(
    "meetings_led",
    N_("Séances que vous animez"),
    N_("Combien de personnes étaient là ; pas lesquelles."),
    {
        "group": Field(N_("Groupe"), columns=("meeting_group.name",)),
        "day": Field(N_("Jour"), Kind.DAY, ("meeting.day",)),
        "starts": Field(N_("Début"), Kind.TIME, ("meeting.starts",)),
        "minutes": Field(N_("Durée en minutes"), Kind.NUMBER, ("meeting.minutes",)),
        "cancelled": Field(N_("Annulée"), Kind.FLAG, ("meeting.cancelled",)),
        "present": Field(N_("Personnes présentes"), Kind.NUMBER, ("attendance.state",)),
    },
    """
    SELECT g.name AS "group", m.day, m.starts, m.minutes, m.cancelled, (SELECT count(*)
        FROM attendance a WHERE a.meeting = m.id AND a.state = 'present') AS present
    FROM meeting m JOIN meeting_cycle c ON c.id = m.cycle
    JOIN meeting_group g ON g.id = c.meeting_group WHERE g.facilitator = {}
    ORDER BY m.starts_at, m.id
    """,
)
AGREEMENTS = Section(
    "service_agreements",
    N_("Vos conventions"),
    "",
    _ORGANISATION
    | {
        "name": Field(N_("Nom"), columns=("service_agreement.name",)),
        "planned_minutes": Field(
            N_("Minutes prévues"), Kind.NUMBER, ("service_agreement.planned_minutes",)
        ),
        "starts_on": Field(N_("Du"), Kind.DAY, ("service_agreement.starts_on",)),
        "ends_on": Field(N_("Au"), Kind.DAY, ("service_agreement.ends_on",)),
    },
    """
    SELECT o.name AS organisation, a.name, a.planned_minutes, a.starts_on, a.ends_on
    FROM service_agreement a JOIN organisation o ON o.id = a.organisation
    WHERE a.facilitator = {} ORDER BY a.starts_on, a.id
    """,
)
_OFFER_COLUMNS = {
    "purpose": N_("Objet"),
    "zone": N_("Fuseau horaire"),
    "area": N_("Jours fériés"),
    "place": N_("Lieu"),
    "access_note": N_("Pour venir"),
    "video_link": N_("À distance"),
}
_OFFER_NUMBERS = {
    "minutes": N_("Durée en minutes"),
    "buffer_minutes": N_("Minutes libres avant et après"),
    "notice_hours": N_("Heures de délai pour réserver"),
    "change_hours": N_("Heures de délai pour changer"),
    "daily_most": N_("Rendez-vous par jour au plus"),
    "horizon_days": N_("Jours montrés d’avance"),
    "package": N_("Séances d’un suivi"),
}
OFFERS = Section(
    "supervision_offers",
    N_("Vos offres de supervision"),
    "",
    _ORGANISATION
    | {
        key: Field(label, columns=(f"supervision_offer.{key}",))
        for key, label in _OFFER_COLUMNS.items()
    }
    | {
        key: Field(label, Kind.NUMBER, (f"supervision_offer.{key}",))
        for key, label in _OFFER_NUMBERS.items()
    }
    | {"closed_on": Field(N_("Fermée"), Kind.DAY, ("supervision_offer.closed_on",))},
    """
    SELECT h.name AS organisation, f.purpose, f.zone, f.area, f.place, f.access_note, f.video_link,
        f.minutes, f.buffer_minutes, f.notice_hours, f.change_hours, f.daily_most, f.horizon_days,
        f.package, f.closed_on
    FROM supervision_offer f JOIN organisation h ON h.id = f.organisation
    WHERE f.facilitator = {} ORDER BY h.name, f.id
    """,
)
WEEK = Section(
    "availability",
    N_("Vos heures de supervision"),
    "",
    _ORGANISATION
    | {
        "weekday": Field(N_("Jour, 1 pour lundi"), Kind.NUMBER, ("availability.weekday",)),
        "starts": Field(N_("Début"), Kind.TIME, ("availability.starts",)),
        "ends": Field(N_("Fin"), Kind.TIME, ("availability.ends",)),
    },
    """
    SELECT o.name AS organisation, a.weekday, a.starts, a.ends FROM availability a
    JOIN supervision_offer f ON f.id = a.offer JOIN organisation o ON o.id = f.organisation
    WHERE f.facilitator = {} ORDER BY o.name, a.weekday, a.starts, a.id
    """,
)
OTHER_DAYS = Section(
    "availability_exceptions",
    N_("Vos jours de supervision qui font exception"),
    N_("Sans heures : le jour est fermé."),
    _ORGANISATION
    | {
        "day": Field(N_("Jour"), Kind.DAY, ("availability_exception.day",)),
        "starts": Field(N_("Début"), Kind.TIME, ("availability_exception.starts",)),
        "ends": Field(N_("Fin"), Kind.TIME, ("availability_exception.ends",)),
    },
    """
    SELECT o.name AS organisation, x.day, x.starts, x.ends FROM availability_exception x
    JOIN supervision_offer f ON f.id = x.offer JOIN organisation o ON o.id = f.organisation
    WHERE f.facilitator = {} ORDER BY x.day, x.starts, x.id
    """,
)
GIVEN = Section(
    "appointments_given",
    N_("Rendez-vous de supervision que vous donnez"),
    N_("À qui : c’est une autre personne, qui n’est pas nommée ici."),
    _ORGANISATION
    | {
        "day": Field(N_("Jour"), Kind.DAY, ("appointment.day",)),
        "starts": Field(N_("Début"), Kind.TIME, ("appointment.starts",)),
        "minutes": Field(N_("Durée en minutes"), Kind.NUMBER, ("appointment.minutes",)),
        "state": Field(N_("Pris ou annulé"), columns=("appointment.state",)),
    },
    """
    SELECT o.name AS organisation, p.day, p.starts, p.minutes, p.state FROM appointment p
    JOIN supervision s ON s.id = p.supervision JOIN supervision_offer f ON f.id = s.offer
    JOIN organisation o ON o.id = f.organisation WHERE p.facilitator = {} ORDER BY p.starts_at, p.id
    """,
)
MEMOS = Section(
    "memos",
    N_("Vos mémos de séance"),
    N_("Ils étaient scellés dans votre carnet."),
    {
        "day": Field(N_("Jour de la séance"), Kind.DAY, ("meeting_memo.meeting",)),
        "text": Field(N_("Texte"), columns=("meeting_memo.box",)),
        "erase_on": Field(N_("S’efface le"), Kind.DAY, ("meeting_memo.erase_on",)),
    },
)
WRITTEN = """
SELECT x.meeting, x.box, x.erase_on, COALESCE(m.day, p.day) AS day FROM meeting_memo x
LEFT JOIN meeting m ON m.id = x.meeting LEFT JOIN appointment p ON p.id = x.meeting
WHERE x.vault = {} ORDER BY 4, x.id
"""
LED_SECTIONS = (GROUPS, MEETINGS, AGREEMENTS, OFFERS, WEEK, OTHER_DAYS, GIVEN)


async def memos(vault: OpenVault) -> Rows:
    """The rows of `MEMOS`. What was tampered with does not open, and is left out."""
    rows = await fetch(QueryString(WRITTEN, vault.id))
    opened = await anyio.to_thread.run_sync(
        lambda: [_opened(vault, row["meeting"], bytes(row["box"])) for row in rows]
    )
    return [
        plain(MEMOS, row | {"text": text})
        for row, text in zip(rows, opened, strict=True)
        if text is not None
    ]


def _opened(vault: OpenVault, meeting: UUID, box: bytes) -> str | None:
    try:
        return vault.open_keep(sealed_name(meeting), box, VERSION).decode()
    except Unreadable:
        return None
