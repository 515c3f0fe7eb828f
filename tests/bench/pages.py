"""Every main page and write of the product: who asks for it, and what must be in the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench import county, world
from tests.bench.asking import NONCE
from tests.bench.booking_world import FACILITATOR, MEMBER
from tests.bench.browser import Browser
from tests.bench.servers import Server
from tests.bench.whole import ORGANISER, Whole

from recul import clock

MOMENT, DRAWN = '<article class="moment"', 'class="chart-band'
"""In a page that has moments, or figures, to show."""
CHECK_IN = {
    "nonce": NONCE,
    "following": "/carnet/vite",
    "template": "line",
    "workload": "4",
    "emotional_load": "3",
    "feelings": "tiredness",
    "contexts": "home_visit",
    "text-line": "La visite a duré, et la porte est restée ouverte.",
    "when": "now",
    "date": "",
    "time": "",
}
NOTE = CHECK_IN | {
    "template": "visit",
    "following": "/",
    "text-seen": "La porte est restée ouverte.",
}
CARNET = "GET /carnet, 30 moments"
PEOPLE_IN = re.compile(r'name="(p-[^"]+)"')
Form = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of the table; `floor`: with a floor of its own kind, so with a share of it."""

    name: str
    who: str
    path: str
    holds: str
    form: Form | None = None
    status: int = 200
    floor: bool = True
    later: bool = False
    """It may not be there yet."""


def asked(whole: Whole, server: Server) -> Iterator[Asked]:
    yield from _journal(whole, server)
    yield from _teams(whole)
    yield from _groups(whole, server)
    yield from _account()


def _journal(whole: Whole, server: Server) -> Iterator[Asked]:
    reader = world.READER
    search = Browser(server.port).sign_in(reader).sent_to("/carnet/recherche", {"mots": "visite"})
    yield Asked("GET /", reader, "/", MOMENT)
    yield Asked(CARNET, reader, "/carnet", MOMENT)
    yield Asked("GET month", reader, f"/carnet/mois/{clock.today():%Y-%m}", MOMENT)
    yield Asked("GET moment", reader, f"/carnet/moments/{whole.moment}", MOMENT)
    yield Asked(
        "GET moment, to change", reader, f"/carnet/moments/{whole.moment}/modifier", "<form"
    )
    yield Asked("GET check-in", reader, "/carnet/vite", "<form")
    yield Asked("GET note", reader, "/carnet/ecrire", "<form")
    yield Asked("GET search, 30 moments", reader, search, "moment")
    yield Asked("GET own trends", reader, "/carnet/tendances", "chart")
    yield Asked("GET small wins", reader, "/carnet/victoires", "<main")
    yield Asked("GET export", reader, "/carnet/export", "carnet.json")
    yield Asked("GET carnet.json", reader, "/carnet/export/carnet.json", '"entries"')
    yield Asked("POST check-in", world.WRITER, "/carnet/vite", "moment-saved", CHECK_IN, 303)
    yield Asked("POST note", world.WRITER, "/carnet/ecrire", "moment-saved", NOTE, 303)
    covered = county.WRITERS[0]
    yield Asked("POST check-in, shared", covered, "/carnet/vite", "moment-saved", CHECK_IN, 303)


def _teams(whole: Whole) -> Iterator[Asked]:
    writer, team = county.WRITERS[0], f"/equipes/{whole.county.old}"
    other = county.WRITERS[1]  # who does not write here all the time
    yield Asked("GET my team", writer, team, "<main")
    yield Asked("GET team page", writer, f"{team}/tendance", DRAWN)
    yield Asked("GET how it is counted", writer, f"{team}/calcul", "<main")
    yield Asked("GET contribution", other, "/equipe/ma-contribution", "<main")
    yield Asked("GET unit page", writer, f"/equipes/service/{whole.county.unit}", "<main")
    yield Asked("GET discussion sheet, PDF", writer, f"{team}/feuille.pdf", "%PDF", floor=False)
    yield Asked("GET structure", ORGANISER, f"/structure/{whole.county.organisation}", "<main")
    yield Asked("GET people", ORGANISER, "/structure/personnes", "<main")


def _groups(whole: Whole, server: Server) -> Iterator[Asked]:
    cycle, meeting = f"/groupes/cycles/{whole.cycle}", f"/animation/seances/{whole.meeting}"
    page = Browser(server.port).sign_in(FACILITATOR).get(meeting)[1].decode()
    present = dict.fromkeys(PEOPLE_IN.findall(page), "present")
    yield Asked("GET my groups", MEMBER, "/groupes", 'id="proposed-title"')
    yield Asked("GET cycle", MEMBER, cycle, "<main")
    yield Asked("GET slots", MEMBER, f"/supervision/{whole.offer}", 'name="slot"')
    yield Asked("GET my hours", MEMBER, "/heures", "<main")
    yield Asked("GET my week", FACILITATOR, "/animation", 'id="decide-title"')
    yield Asked("GET my month", FACILITATOR, "/animation/mois", "<main")
    yield Asked("GET meeting", FACILITATOR, meeting, "<main")
    yield Asked("POST attendance", FACILITATOR, f"{meeting}/presences", "attendance", present, 303)
    yield Asked("GET statement", FACILITATOR, "/animation/releve", "<main")
    yield Asked("GET feed, 500 meetings", "", whole.town.feed, "BEGIN:VEVENT", floor=False)


def _account() -> Iterator[Asked]:
    reader = world.READER
    yield Asked("GET sign-in", "", "/connexion", "<form")
    yield Asked("GET account", reader, "/compte", "<main")
    yield Asked("GET devices", reader, "/compte/appareils", "<main")
    yield Asked("GET own accesses", reader, "/compte/acces", "<main", later=True)
    yield Asked("GET second factors", reader, "/compte/cles-d-acces", "<main", later=True)
    yield Asked("GET who sees what", reader, "/ce-que-peut-voir", "<main")
    yield Asked("GET matrix", reader, "/matrice", "<main")
