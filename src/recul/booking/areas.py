"""Where holidays are kept: country, canton or region; and whose wall clock hours are meant."""

from dataclasses import dataclass

from recul.words import N_


@dataclass(frozen=True, slots=True)
class Area:
    """A place with public holidays of its own. `code` is what rows keep, as in ISO 3166-2."""

    code: str
    label: str
    zone: str
    country: str
    part: str = ""
    """Of the country, as the package `holidays` calls it."""


_PARIS, _ZURICH, _BRUSSELS = "Europe/Paris", "Europe/Zurich", "Europe/Brussels"
_CANTONS = {
    "FR": N_("Suisse : Fribourg"),
    "GE": N_("Suisse : Genève"),
    "JU": N_("Suisse : Jura"),
    "NE": N_("Suisse : Neuchâtel"),
    "VD": N_("Suisse : Vaud"),
    "VS": N_("Suisse : Valais"),
    "BE": N_("Suisse : Berne"),
    "AG": N_("Suisse : Argovie"),
    "AI": N_("Suisse : Appenzell Rhodes-Intérieures"),
    "AR": N_("Suisse : Appenzell Rhodes-Extérieures"),
    "BL": N_("Suisse : Bâle-Campagne"),
    "BS": N_("Suisse : Bâle-Ville"),
    "GL": N_("Suisse : Glaris"),
    "GR": N_("Suisse : Grisons"),
    "LU": N_("Suisse : Lucerne"),
    "NW": N_("Suisse : Nidwald"),
    "OW": N_("Suisse : Obwald"),
    "SG": N_("Suisse : Saint-Gall"),
    "SH": N_("Suisse : Schaffhouse"),
    "SO": N_("Suisse : Soleure"),
    "SZ": N_("Suisse : Schwytz"),
    "TG": N_("Suisse : Thurgovie"),
    "TI": N_("Suisse : Tessin"),
    "UR": N_("Suisse : Uri"),
    "ZG": N_("Suisse : Zoug"),
    "ZH": N_("Suisse : Zurich"),
}
_OVERSEAS = (
    Area("FR-971", N_("Guadeloupe"), "America/Guadeloupe", "FR", "971"),
    Area("FR-972", N_("Martinique"), "America/Martinique", "FR", "972"),
    Area("FR-973", N_("Guyane"), "America/Cayenne", "FR", "973"),
    Area("FR-974", N_("La Réunion"), "Indian/Reunion", "FR", "974"),
    Area("FR-975", N_("Saint-Pierre-et-Miquelon"), "America/Miquelon", "FR", "PM"),
    Area("FR-976", N_("Mayotte"), "Indian/Mayotte", "FR", "976"),
    Area("FR-986", N_("Wallis-et-Futuna"), "Pacific/Wallis", "FR", "WF"),
    Area("FR-987", N_("Polynésie française"), "Pacific/Tahiti", "FR", "PF"),
    Area("FR-988", N_("Nouvelle-Calédonie"), "Pacific/Noumea", "FR", "NC"),
)
_ALL = (
    Area("FR", N_("France"), _PARIS, "FR"),
    Area("FR-57", N_("France : Moselle"), _PARIS, "FR", "57"),
    Area("FR-67", N_("France : Bas-Rhin"), _PARIS, "FR", "6AE"),
    Area("FR-68", N_("France : Haut-Rhin"), _PARIS, "FR", "6AE"),
    Area("BE", N_("Belgique"), _BRUSSELS, "BE"),
    *(Area(f"CH-{code}", name, _ZURICH, "CH", code) for code, name in _CANTONS.items()),
    *_OVERSEAS,
)

AREAS = {area.code: area for area in _ALL}
ZONES = tuple(dict.fromkeys(area.zone for area in _ALL))
AREA, ZONE = "FR", _PARIS
"""Where an organisation says nothing else."""
