"""Every page there is, as each kind of visitor sees it: from the routes, and after sent forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.browser.samples import DAYLIO
from tests.routes import Route, routes
from tests.visitors import settings

from recul.app import create_app
from recul.web.reach import Reach

# GET routes that are no page, and the one that only leads elsewhere.
NOT_PAGES = {
    "/healthz",
    "/static/{version}/{name}",
    "/carnet/export/carnet.json",
    "/carnet/export/carnet.csv",
    "/carnet/export/carnet.html",
    "/equipes/{team}/feuille.pdf",
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
    "/compte/mot-de-passe": ("nadia",),
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
    "/carnet/ouvrir": ("locked",),
    "/connexion": ("nobody",),
    "/": ("nadia", "locked", "blank", "furnished"),
    "/equipes": ("nadia", "manager"),
    "/equipes/{team}/tendance": ("nadia", "manager"),
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
    View("/carnet/codes", "furnished", "/carnet/codes", {"password": "x"}),
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
VIEWS = [*_generated(), *MORE]
