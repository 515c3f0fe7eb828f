"""The statement (*relevé*) of one month and one organisation, on paper and for spreadsheets."""

from typing import Any

from recul import spreadsheets
from recul.booking.papers.words import Writer, decimal
from recul.booking.queries.statement import Held, Statement
from recul.documents import render
from recul.web.dates import month_long
from recul.words import N_

TITLE = N_("Relevé d’heures")
HEADS = (N_("Date"), N_("Horaire"), N_("Groupe"), N_("Présent·es"), N_("Durée"))
COLUMNS = (
    N_("Structure"),
    N_("Animation"),
    N_("Date"),
    N_("Début"),
    N_("Fin"),
    N_("Groupe"),
    N_("Type"),
    N_("Présent·es"),
    N_("Heures"),
)
SUPERVISION = N_("Supervision individuelle, toutes personnes ensemble")
ALL_APPOINTMENTS = N_("Supervision individuelle, %(count)s rendez-vous")
LATE = N_("Y compris les rendez-vous manqués ou annulés trop tard, qui restent dus.")
TOTAL = N_("En tout")


async def printed(of: Statement, writer: Writer) -> bytes:
    told = {
        "organisation": of.employer.name,
        "month": month_long(of.first, writer.language),
        "facts": [
            (writer.say(N_("Animation")), of.facilitator),
            (writer.say(N_("Structure")), of.employer.name),
            (writer.say(N_("Période")), _period(of, writer)),
        ],
        "groups": writer.say(N_("Séances de groupe")),
        "heads": [writer.say(one) for one in HEADS],
        "rows": [_row(one, writer) for one in of.meetings],
        "totals": [writer.say(TOTAL), "", "", "", writer.length(of.meeting_minutes)],
        "supervision": _supervision(of, writer),
        "total": (writer.say(N_("Total du mois")), writer.length(of.minutes)),
    }
    return await render("statement", told, title=writer.say(TITLE), language=writer.language)


def _period(of: Statement, writer: Writer) -> str:
    days = {"first": writer.short_day(of.first), "last": writer.short_day(of.last)}
    return writer.say(N_("du %(first)s au %(last)s"), **days)


def _row(one: Held, writer: Writer) -> list[str]:
    return [
        writer.short_day(one.slot.day),
        writer.hours(one.slot),
        one.name,
        str(one.present),
        writer.length(one.slot.minutes),
    ]


def _supervision(of: Statement, writer: Writer) -> dict[str, Any]:
    if not of.appointments:
        return {}
    return {
        "title": writer.say(SUPERVISION),
        "note": writer.say(LATE),
        "facts": [
            (writer.say(N_("Rendez-vous")), str(of.appointments)),
            (writer.say(N_("Heures")), writer.length(of.appointment_minutes)),
        ],
    }


def table(of: Statement, writer: Writer) -> bytes:
    """CSV: a line for each meeting, one for all of individual supervision, and the total."""
    both = [of.employer.name, of.facilitator]
    rows = [[writer.say(one) for one in COLUMNS]]
    rows += [both + _cells(one, writer) for one in of.meetings]
    if of.appointments:
        all_of_them = writer.say(ALL_APPOINTMENTS, count=of.appointments)
        rows.append([*both, "", "", "", all_of_them, "", "", decimal(of.appointment_minutes)])
    rows.append([*both, "", "", "", writer.say(TOTAL), "", "", decimal(of.minutes)])
    return spreadsheets.table(rows)


def _cells(one: Held, writer: Writer) -> list[str]:
    return [
        one.slot.day.isoformat(),
        f"{one.slot.wall:%H:%M}",
        f"{one.slot.wall_end:%H:%M}",
        one.name,
        writer.kind(one.kind),
        str(one.present),
        decimal(one.slot.minutes),
    ]
