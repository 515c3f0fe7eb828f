"""What groups and supervision hold of one person, as she may take it with her: her own part, and
nobody else's name."""

from recul.booking.queries.portable_led import LED_SECTIONS
from recul.portable import Field, Kind, Section
from recul.words import N_

_GROUP = """
JOIN meeting_group g ON g.id = c.meeting_group JOIN organisation o ON o.id = g.organisation
"""
_NAMES = {
    "group": Field(N_("Groupe"), columns=("meeting_group.name",)),
    "organisation": Field(N_("Structure"), columns=("organisation.name",)),
}
_DATE = {
    "day": Field(N_("Jour"), Kind.DAY, ("meeting.day",)),
    "starts": Field(N_("Début"), Kind.TIME, ("meeting.starts",)),
    "minutes": Field(N_("Durée en minutes"), Kind.NUMBER, ("meeting.minutes",)),
}

ENROLMENTS = Section(
    "enrolments",
    N_("Places, rangs et demandes"),
    N_("Dans chaque cycle de dates où vous avez demandé à venir."),
    _NAMES
    | {
        "kind": Field(N_("Sorte de groupe"), columns=("meeting_group.kind",)),
        "state": Field(N_("Où vous en êtes"), columns=("enrolment.state",)),
        "arrival": Field(N_("Rang d’arrivée"), Kind.NUMBER, ("enrolment.arrival",)),
        "asked_on": Field(N_("Demandé"), Kind.DAY, ("enrolment.asked_on",)),
        "settled_on": Field(N_("Réglé"), Kind.DAY, ("enrolment.settled_on",)),
    },
    f"""
    SELECT g.name AS "group", o.name AS organisation, g.kind, e.state, e.arrival, e.asked_on,
        e.settled_on FROM enrolment e JOIN meeting_cycle c ON c.id = e.cycle {_GROUP}
    WHERE e.account = {{}} ORDER BY e.asked_on, g.name, e.arrival
    """,
)
OFFERS = Section(
    "seats_offered",
    N_("Places qui vous ont été proposées"),
    "",
    _NAMES
    | {
        "made_at": Field(N_("Proposée"), Kind.MOMENT, ("seat_offer.made_at",)),
        "until": Field(N_("Gardée jusqu’à"), Kind.MOMENT, ("seat_offer.until",)),
        "state": Field(N_("Ce qu’elle est devenue"), columns=("seat_offer.state",)),
    },
    f"""
    SELECT g.name AS "group", o.name AS organisation, s.made_at, s.until, s.state
    FROM seat_offer s JOIN enrolment e ON e.id = s.enrolment
    JOIN meeting_cycle c ON c.id = e.cycle {_GROUP} WHERE e.account = {{}} ORDER BY s.made_at, s.id
    """,
)
CHARTERS = Section(
    "charters_accepted",
    N_("Chartes acceptées"),
    "",
    _NAMES
    | {
        "version": Field(N_("Version"), Kind.NUMBER, ("group_agreement.version",)),
        "text": Field(N_("Texte"), columns=("group_agreement.text",)),
        "accepted_on": Field(N_("Acceptée"), Kind.DAY, ("agreement_acceptance.accepted_on",)),
    },
    """
    SELECT g.name AS "group", o.name AS organisation, a.version, a.text, x.accepted_on
    FROM agreement_acceptance x JOIN group_agreement a ON a.id = x.agreement
    JOIN meeting_group g ON g.id = a.meeting_group JOIN organisation o ON o.id = g.organisation
    WHERE x.account = {} ORDER BY x.accepted_on, g.name, a.version
    """,
)
ATTENDANCE = Section(
    "attendance",
    N_("Présences et excuses"),
    N_("Ce que vous avez annoncé, ou ce qui a été noté de vous, date par date."),
    _NAMES | _DATE | {"state": Field(N_("Noté"), columns=("attendance.state",))},
    f"""
    SELECT g.name AS "group", o.name AS organisation, m.day, m.starts, m.minutes, a.state
    FROM attendance a JOIN meeting m ON m.id = a.meeting
    JOIN meeting_cycle c ON c.id = m.cycle {_GROUP} WHERE a.account = {{}}
    ORDER BY m.starts_at, a.id
    """,
)
VOICES = Section(
    "voices_on_newcomers",
    N_("Vos voix sur qui rejoint un groupe"),
    N_("Dans vos groupes autogérés. Sur qui : c’est une autre personne, qui n’est pas nommée ici."),
    _NAMES | {"agrees": Field(N_("Oui"), Kind.FLAG, ("peer_voice.agrees",))},
    f"""
    SELECT g.name AS "group", o.name AS organisation, v.agrees
    FROM peer_voice v JOIN enrolment e ON e.id = v.enrolment
    JOIN meeting_cycle c ON c.id = e.cycle {_GROUP} WHERE v.voter = {{}} ORDER BY g.name, v.id
    """,
)
TURNS = Section(
    "meeting_roles",
    N_("Rôles pris en séance"),
    "",
    _NAMES
    | {
        "day": Field(N_("Jour"), Kind.DAY, ("meeting.day",)),
        "role": Field(N_("Rôle"), columns=("meeting_role.role",)),
    },
    f"""
    SELECT g.name AS "group", o.name AS organisation, m.day, r.role
    FROM meeting_role r JOIN meeting m ON m.id = r.meeting
    JOIN meeting_cycle c ON c.id = m.cycle {_GROUP} WHERE r.account = {{}}
    ORDER BY m.starts_at, r.role
    """,
)
SUPERVISIONS = Section(
    "supervisions",
    N_("Supervision individuelle : vos suivis"),
    N_("Par qui : c’est une autre personne, qui n’est pas nommée ici."),
    {
        "organisation": Field(N_("Structure"), columns=("organisation.name",)),
        "meetings": Field(N_("Séances prévues"), Kind.NUMBER, ("supervision.meetings",)),
        "started_on": Field(N_("Du"), Kind.DAY, ("supervision.started_on",)),
        "ended_on": Field(N_("Au"), Kind.DAY, ("supervision.ended_on",)),
    },
    """
    SELECT o.name AS organisation, s.meetings, s.started_on, s.ended_on FROM supervision s
    JOIN supervision_offer f ON f.id = s.offer JOIN organisation o ON o.id = f.organisation
    WHERE s.account = {} ORDER BY s.started_on, s.id
    """,
)
APPOINTMENTS = Section(
    "appointments",
    N_("Supervision individuelle : vos rendez-vous"),
    N_("Avec qui : c’est une autre personne, qui n’est pas nommée ici."),
    {
        "organisation": Field(N_("Structure"), columns=("organisation.name",)),
        "day": Field(N_("Jour"), Kind.DAY, ("appointment.day",)),
        "starts": Field(N_("Début"), Kind.TIME, ("appointment.starts",)),
        "minutes": Field(N_("Durée en minutes"), Kind.NUMBER, ("appointment.minutes",)),
        "state": Field(N_("Pris ou annulé"), columns=("appointment.state",)),
        "late": Field(N_("Annulé après le délai"), Kind.FLAG, ("appointment.late",)),
        "attended": Field(N_("Tenu"), Kind.FLAG, ("appointment.attended",)),
    },
    """
    SELECT o.name AS organisation, p.day, p.starts, p.minutes, p.state, p.late, p.attended
    FROM appointment p JOIN supervision s ON s.id = p.supervision
    JOIN supervision_offer f ON f.id = s.offer JOIN organisation o ON o.id = f.organisation
    WHERE p.account = {} ORDER BY p.starts_at, p.id
    """,
)
CERTIFICATES = Section(
    "hours_shown",
    N_("Heures montrées à une structure"),
    "",
    {
        "organisation": Field(N_("Structure"), columns=("organisation.name",)),
        "first_day": Field(N_("Du"), Kind.DAY, ("certificate.first_day",)),
        "last_day": Field(N_("Au"), Kind.DAY, ("certificate.last_day",)),
        "minutes": Field(N_("Minutes"), Kind.NUMBER, ("certificate.minutes",)),
        "made_on": Field(N_("Montrées"), Kind.DAY, ("certificate.made_on",)),
    },
    """
    SELECT o.name AS organisation, x.first_day, x.last_day, x.minutes, x.made_on
    FROM certificate x JOIN organisation o ON o.id = x.organisation WHERE x.account = {}
    ORDER BY x.made_on, x.id
    """,
)
FEEDS = Section(
    "calendar_addresses",
    N_("Adresses d’agenda"),
    N_("L’adresse elle-même n’est gardée nulle part : seulement de quoi la reconnaître."),
    {
        "detail": Field(N_("Ce qu’elle dit"), columns=("calendar_feed.detail",)),
        "made_on": Field(N_("Faite"), Kind.DAY, ("calendar_feed.made_on",)),
    },
    "SELECT detail, made_on FROM calendar_feed WHERE account = {} ORDER BY made_on, id",
)
SECTIONS = (
    ENROLMENTS,
    OFFERS,
    CHARTERS,
    ATTENDANCE,
    VOICES,
    TURNS,
    SUPERVISIONS,
    APPOINTMENTS,
    CERTIFICATES,
    FEEDS,
    *LED_SECTIONS,
)
