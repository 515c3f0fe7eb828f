"""Who runs this instance and under which law, as its settings say."""

from dataclasses import dataclass

from recul.settings import Settings
from recul.words import N_


@dataclass(frozen=True, slots=True)
class Law:
    """What a country calls its rules, and who watches over them."""

    text: str
    authority: str
    authority_address: str
    authority_site: str


LAWS = {
    "FR": Law(
        N_(
            "le règlement général sur la protection des données (RGPD) "
            "et la loi Informatique et Libertés"
        ),
        N_("la Commission nationale de l’informatique et des libertés (CNIL)"),
        "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07",
        "https://www.cnil.fr/fr/plaintes",
    ),
    "BE": Law(
        N_(
            "le règlement général sur la protection des données (RGPD) "
            "et la loi belge du 30 juillet 2018"
        ),
        N_("l’Autorité de protection des données (APD)"),
        "Rue de la Presse 35, 1000 Bruxelles",
        "https://www.autoriteprotectiondonnees.be",
    ),
    "CH": Law(
        N_(
            "la loi fédérale sur la protection des données (LPD) "
            "ou, pour un service public, la loi de votre canton"
        ),
        N_(
            "le préposé fédéral à la protection des données et à la transparence (PFPDT), "
            "ou celui de votre canton"
        ),
        "Feldeggweg 1, 3003 Berne",
        "https://www.edoeb.admin.ch",
    ),
}


@dataclass(frozen=True, slots=True)
class Instance:
    """What the texts about data name. An empty field is told as still to be filled in."""

    controller: str
    contact: str
    hosting: str
    accessibility_contact: str
    country: str
    url: str
    mails: bool
    production: bool
    argon2_mib: int
    argon2_passes: int
    sign_in_days: int

    @property
    def law(self) -> Law:
        return LAWS[self.country]

    @classmethod
    def of(cls, settings: Settings) -> "Instance":
        return cls(
            controller=settings.controller,
            contact=settings.privacy_contact,
            hosting=settings.hosting,
            accessibility_contact=settings.accessibility_contact or settings.privacy_contact,
            country=settings.country,
            url=settings.url,
            mails=settings.smtp is not None,
            production=settings.production,
            argon2_mib=settings.argon2_mib,
            argon2_passes=settings.argon2_passes,
            sign_in_days=settings.sign_in_days,
        )
