"""Every page there is, as each kind of visitor sees it: from the routes, and after sent forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.browser.samples import DAYLIO
from tests.routes import Route, routes
from tests.visitors import settings

from recul.app import create_app
from recul.web.reach import Reach

# GET routes that are no page, and those that only lead elsewhere.
NOT_PAGES = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/static/{version}/{name}",
    "/carnet/export/carnet.json",
    "/carnet/export/carnet.csv",
    "/carnet/export/carnet.html",
    "/carnet/ouvrir/cle-d-acces",
    "/compte/confirmer/cle-d-acces",
    "/connexion/cle-d-acces",
    "/connexion/verification/cle-d-acces",
    "/equipes/{team}/feuille.pdf",
    "/agenda/{address}",
    "/rendez-vous/{engagement}",
    "/animation/emargement.pdf",
    "/animation/releve.csv",
    "/animation/releve.pdf",
    "/animation/seances/{meeting}/emargement.pdf",
    "/heures/{organisation}/attestation.pdf",
}
VISITORS = {
    Reach.PUBLIC: ("nobody", "nadia"),
    Reach.SIGNED_IN: ("nadia", "locked"),
    Reach.OPEN_VAULT: ("nadia", "blank"),
    Reach.ADMINISTRATOR: ("admin",),
    Reach.BELONGING: ("nadia",),
    Reach.TEAM: ("nadia",),
    Reach.TEAM_READER: ("nadia",),
    Reach.INSIDER: ("nadia",),
    Reach.STEWARD: ("blank",),
    Reach.MANAGER: ("manager",),
    Reach.ORGANISER: ("organiser",),
    Reach.BOOKER: ("nadia",),
    Reach.SEATED: ("nadia",),
    Reach.SUPERVISED: ("nadia",),
    Reach.FACILITATING: ("anne",),
    Reach.PLANNER: ("organiser",),
}
# Where somebody else has more to see, or nobody sees anything else.
INSTEAD = {
    "/invitation": ("nobody",),
    "/invitation/{code}": ("nobody",),
    "/mot-de-passe-oublie": ("nobody",),
    "/page-blanche": ("nobody",),
    "/reinitialisation/{link}": ("nobody",),
    "/ce-que-voit-l-administrateur": ("nadia",),
    "/compte/appareils": ("nadia",),
    "/compte/acces": ("nadia", "coded"),
    "/compte/cles-d-acces": ("nadia", "keyed", "keyed_locked"),
    "/compte/cles-d-acces/nouvelle": ("keyed", "blank"),
    "/compte/cles-d-acces/{passkey}": ("keyed",),
    "/compte/mot-de-passe/cle-d-acces": ("keyed",),
    "/compte/confirmer": ("stale",),
    "/compte/securite": ("nadia", "coded", "keyed"),
    "/compte/securite/code": ("checking", "coded", "blank"),
    "/connexion/verification": ("half", "keyed_half"),
    "/compte/mot-de-passe": ("nadia", "keyed"),
    "/carnet/export": ("nadia",),
    "/carnet/import": ("nadia",),
    "/carnet/ancien": ("reset",),
    "/carnet/import/apercu": ("furnished",),
    "/carnet/reglages": ("furnished", "blank"),
    "/carnet/codes": ("furnished", "checking", "blank", "reset"),
    "/carnet/ecrire": ("furnished", "blank", "locked"),
    "/carnet/moments/{entry}": ("nadia",),
    "/carnet/moments/{entry}/modifier": ("nadia",),
    "/carnet/moments/{entry}/effacer": ("nadia",),
    "/carnet/ouvrir": ("locked", "keyed_locked"),
    "/connexion": ("nobody",),
    "/": ("nadia", "locked", "blank", "furnished"),
    "/equipes": ("nadia", "manager"),
    "/equipes/{team}/tendance": ("nadia", "manager"),
    "/groupes": ("nadia", "blank", "small"),
    "/animation/seances/{meeting}": ("anne", "locked_anne"),
    "/compte/agenda": ("nadia",),
    "/planification": ("organiser", "anne"),
    # Below, with something wrong in their forms:
    "/animation/conventions/nouvelle": (),
    "/animation/supervision/nouvelle": (),
    "/animation/supervision/{offer}": (),
    "/groupes/autogeres/nouveau": (),
    "/planification/groupes/{group}/charte": (),
    "/planification/groupes/{group}/cycles/nouveau": (),
    "/planification/groupes/{group}/modifier": (),
    "/planification/seances/{meeting}/deplacer": (),
    "/supervision/{offer}": (),
    "/animation/supervision/{offer}/heures": (),
}


@dataclass(frozen=True)
class View:
    path: str
    """With placeholders, as a route; and a query."""
    visitor: str
    form: str = ""
    """A form of the page to send, by its action."""
    fields: dict[str, str] = field(default_factory=dict)
    file: bytes = b""

    def __str__(self) -> str:
        return f"{self.visitor}:{self.path}" + (f"+{','.join(self.fields)}" if self.form else "")

    def address(self, values: dict[str, str]) -> str:
        path = self.path
        for name, value in values.items():
            path = path.replace("{" + name + "}", value)
        return path


def pages() -> list[Route]:
    """The GET routes that lead to a page."""
    found = routes(create_app(settings()))
    return [r for r in found if r.method == "GET" and r.path not in NOT_PAGES]


def _generated() -> Iterator[View]:
    for route in pages():
        for visitor in INSTEAD.get(route.path, VISITORS[route.reach]):
            yield View(route.path, visitor)


ENTRY = "/carnet/moments/{entry}"
OFFER = "/animation/supervision/{own_offer}"
PLAN = "/planification/groupes/{group}"
DATE = "/planification/seances/{meeting}/deplacer"
# What routes alone do not show: what was found, what was sent and refused, what is no page.
MORE = (
    View("/carnet", "locked"),
    View("/carnet/recherche", "nadia", "/carnet/recherche", {"mots": "visite"}),
    View("/carnet/recherche", "nadia", "/carnet/recherche", {"mots": "zzz"}),
    View("/carnet/tendances?semaines=52&echelle=recovery", "nadia"),
    View("/carnet/ecrire?modele=incident", "blank"),
    View("/equipes/{team}/tendance?moi=1", "nadia"),
    View("/equipes/{small}/tendance", "small"),
    View("/n-existe-pas", "nobody"),
    View("/carnet/moments/11111111-2222-4333-8444-555555555555", "nadia"),
    View("/invitation/7K3M-0VQ2-WX9A-4HTD-ZP6C", "nobody"),
    View("/connexion", "nobody", "/connexion", {"email": "qui@exemple.fr", "password": "x"}),
    View("/connexion", "nobody", "/connexion", {"_csrf_token": "périmé"}),
    View("/mot-de-passe-oublie", "nobody", "/mot-de-passe-oublie", {"email": "?", "code": "A"}),
    View("/invitation", "nobody", "/invitation", {"code": "ABC"}),
    View("/invitation/{code}", "nobody", "/invitation/{code}", {"new_password": "court"}),
    View("/reinitialisation/{link}", "nobody", "/reinitialisation/{link}", {"new_password": "a"}),
    View("/carnet/ouvrir", "locked", "/carnet/ouvrir", {"password": "x"}),
    View("/compte", "nadia", "/compte", {"display_name": "", "idle_minutes": "3"}),
    View("/compte/mot-de-passe", "nadia", "/compte/mot-de-passe", {"new_password": "court"}),
    View("/compte/cles-d-acces/{shut_passkey}", "keyed"),
    View("/compte/cles-d-acces/{shut_passkey}", "keyed_locked"),
    View("/compte/cles-d-acces/nouvelle", "keyed", "/compte/cles-d-acces/nouvelle"),
    View(
        "/compte/cles-d-acces/{shut_passkey}",
        "keyed",
        "/compte/cles-d-acces/{shut_passkey}/carnet",
    ),
    View("/carnet/ouvrir", "keyed_locked", "/carnet/ouvrir/cle-d-acces"),
    View("/connexion", "nobody", "/connexion/cle-d-acces"),
    View("/connexion/verification", "keyed_half", "/connexion/verification/cle-d-acces"),
    View("/carnet/codes", "stale", "/carnet/codes"),
    View("/compte/confirmer", "stale", "/compte/confirmer", {"password": "x"}),
    View("/compte/securite/code", "checking", "/compte/securite/code", {"code": "000000"}),
    View("/connexion/verification", "half", "/connexion/verification", {"code": "000000"}),
    View(
        "/connexion/verification", "half", "/connexion/verification/cle", {"recovery_code": "ABC"}
    ),
    View("/compte/effacement", "leaving"),
    View("/compte/copie", "leaving"),
    View("/compte/effacement", "blank", "/compte/effacement"),
    View("/carnet/codes", "checking", "/carnet/codes/verification", {"code": "x"}),
    View("/carnet/vite", "blank", "/carnet/vite", {"date": "2031-01-01"}),
    View("/carnet/vite", "locked", "/carnet/vite", {"own_feeling": ""}),
    View("/carnet/ecrire?modele=visit", "blank", "/carnet/ecrire", {"date": "1890-01-01"}),
    View("/carnet/ecrire", "blank", "/carnet/ecrire", {"text-text": "Encore. " * 80_000}),
    View(f"{ENTRY}/modifier", "nadia", f"{ENTRY}/modifier", {"seen": "autre"}),
    View("/carnet/victoires", "nadia", "/carnet/ressources", {"line": ""}),
    View("/carnet/import", "nadia", "/carnet/import"),
    View("/carnet/import", "nadia", "/carnet/import", file=b"{"),
    View("/carnet/import", "nadia", "/carnet/import", file=DAYLIO + b"hier,?,?,midi,bof,,,x\n"),
    View("/carnet/ancien", "reset", "/carnet/ancien", {"code": "x"}),
    View("/invitations", "admin", "/invitations", {"email": "?"}),
    View("/invitations", "admin", "/invitations", {"email": "nouvelle@exemple.fr"}),
)
# The same of groups and supervision.
GROUPS = (
    View("/animation?semaine=2026-W30", "anne"),
    View("/animation/releve?mois=2026-10&structure={organisation}", "anne"),
    View("/animation/seances/{held}", "anne"),
    View("/animation/cycles/{few}", "anne"),
    View("/animation/supervision/rendez-vous/{over}", "anne"),
    View("/groupes/cycles/{peers}", "blank"),
    View("/groupes/cycles/{peers}", "small"),
    View("/groupes/cycles/{peers}/participants", "blank"),
    View("/groupes/seances/{peers_meeting}", "blank"),
    View("/planification/cycles/{few}", "organiser"),
    View("/planification/cycles/{few}/decision", "anne"),
    View("/supervision/{offer}", "small"),
    View("/groupes/cycles/{open}", "small", "/groupes/cycles/{open}/inscription"),
    View("/groupes/autogeres/nouveau", "nadia", "/groupes/autogeres", {"ends": "09:00"}),
    View("/supervision/{offer}", "nadia", "/supervision/{offer}/rendez-vous"),
    View("/compte/agenda", "nadia", "/compte/agenda", {"detail": "busy"}),
    View("/planification/groupes/nouveau", "anne", "/planification/groupes/nouveau"),
    View(
        "/planification/groupes/nouveau",
        "organiser",
        "/planification/groupes/nouveau",
        {"kind": "codev_group"},
    ),
    View(f"{PLAN}/modifier", "organiser", f"{PLAN}/modifier", {"name": "", "capacity": "0"}),
    View(f"{PLAN}/charte", "organiser", f"{PLAN}/charte", {"charter": ""}),
    View(f"{PLAN}/cycles/nouveau", "organiser", f"{PLAN}/cycles/nouveau", {"first": "2020-01-01"}),
    View(f"{PLAN}/cycles/nouveau", "anne", f"{PLAN}/cycles/nouveau", {"first": "2026-12-25"}),
    View(DATE, "organiser", DATE, {"day": "2026-12-25"}),
    View("/planification/cycles/{few}/decision", "anne", "/planification/cycles/{few}/decision"),
    View("/animation/conventions/nouvelle", "anne", "/animation/conventions/nouvelle"),
    View(f"{OFFER}/heures", "anne", f"{OFFER}/exceptions", {"day": "2020-01-01"}),
    View(OFFER, "anne", OFFER, {"minutes": "0"}),
    View(
        "/animation/seances/{held}",
        "anne",
        "/animation/seances/{held}/memo",
        {"memo": "Plus tard. " * 400},
    ),
)
VIEWS = [*_generated(), *MORE, *GROUPS]
