"""The certificate of hours (*attestation*) that a person prints for herself.

Hours, in all and by kind: no group, no date, nobody who led. She makes it out herself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from recul.booking.papers.words import Writer
from recul.booking.rule_packs import Attended, RulePack, counts
from recul.documents import render
from recul.words import N_

TITLE = N_("Attestation d’heures")
HEADS = (N_("Type"), N_("Heures"))
MADE_BY = N_(
    "Établie le %(day)s par %(name)s en son propre nom, avec Recul, à partir des présences "
    "notées par les personnes qui animent. Elle ne porte la signature de personne d’autre."
)
RULE = N_("La règle que suit la structure")
COUNTED = N_("Heures de %(year)s qui comptent pour cette règle : %(done)s, sur %(due)s.")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whose hours, of which year, for which organisation."""

    person: str
    organisation: str
    first_day: date
    last_day: date
    attended: list[Attended]
    pack: RulePack
    made_on: date

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.attended)

    def by_kind(self) -> list[tuple[str, int]]:
        """Minutes of each kind, most first."""
        found = Counter[str]()
        for one in self.attended:
            found[one.kind] += one.minutes
        return found.most_common()


async def printed(wanted: Certificate, language: str) -> bytes:
    writer = Writer(language)
    told = _told(wanted, writer)
    return await render("hours-certificate", told, title=writer.say(TITLE), language=language)


def _told(wanted: Certificate, writer: Writer) -> dict[str, Any]:
    year = writer.say(N_("Année %(year)s"), year=wanted.first_day.year)
    made_by = {"day": writer.day(wanted.made_on), "name": wanted.person}
    return {
        "organisation": wanted.organisation,
        "year": year,
        "facts": [
            (writer.say(N_("Personne")), wanted.person),
            (writer.say(N_("Structure")), wanted.organisation),
            (writer.say(N_("Période")), _period(wanted, writer)),
        ],
        "heads": [writer.say(one) for one in HEADS],
        "rows": [(writer.kind(kind), writer.length(spent)) for kind, spent in wanted.by_kind()],
        "totals": [writer.say(N_("En tout")), writer.length(wanted.minutes)],
        "rule": _rule(wanted, writer),
        "made_by": writer.say(MADE_BY, **made_by),
        "signature": writer.say(N_("Signature de %(name)s"), name=wanted.person),
    }


def _period(wanted: Certificate, writer: Writer) -> str:
    """Up to the day of the certificate, while the year goes on."""
    last = min(wanted.last_day, max(wanted.made_on, wanted.first_day))
    days = {"first": writer.short_day(wanted.first_day), "last": writer.short_day(last)}
    return writer.say(N_("du %(first)s au %(last)s"), **days)


def _rule(wanted: Certificate, writer: Writer) -> dict[str, Any]:
    """What is due and where this is written; nothing where nothing is."""
    if not wanted.pack.due:
        return {}
    return {
        "title": writer.say(RULE),
        "text": writer.say(wanted.pack.explanation),
        "source": wanted.pack.source,
        "counted": _counted(wanted, writer),
    }


def _counted(wanted: Certificate, writer: Writer) -> str:
    """Of the whole year only: shorter stretches would tell when."""
    year = wanted.first_day.year
    for one in counts(wanted.pack, year, wanted.attended):
        if (one.first_day, one.last_day) == (wanted.first_day, wanted.last_day):
            done, due = writer.length(one.done), writer.length(one.due)
            return writer.say(COUNTED, year=year, done=done, due=due)
    return ""
