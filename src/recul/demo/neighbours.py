"""Names for those who live in no story."""

import unicodedata
from random import Random

_FIRST = (
    "Aïcha Amélie Antoine Aurélie Bastien Bénédicte Bruno Camille Cécile Chloé Damien Delphine "
    "Élodie Émile Estelle Fatou Florence Gaël Hélène Hugo Inès Ismaël Jeanne Karim Laurence Leïla "
    "Lionel Lucie Malik Manon Marc Mathilde Mehdi Myriam Nicolas Noémie Olivier Pascale Quentin "
    "Rachida Romain Sabrina Samuel Solène Stéphane Sylvie Tanguy Valérie Yann Zoé"
).split()
_LAST = (
    "Adam Barbier Besnard Blin Bouvier Carlier Chevalier Collet Da_Costa Delmas Diallo Dufour "
    "Étienne Fabre Ferrand Garnier Gaudin Guyot Hamdi Humbert Jacquet Kone Lacroix Lebrun Lefort "
    "Maillard Marchal Martel Mercier Millet Navarro Nguyen Pasquier Perrin Poulain Rey Rivière "
    "Roussel Sanchez Tessier Traoré Vidal Weber"
).split()


def names(count: int, chance: Random) -> list[tuple[str, str]]:
    """(the part of an address before @, the name that is shown), each once."""
    pairs = [(first, last.replace("_", " ")) for first in _FIRST for last in _LAST]
    return [(_plain(f"{one}.{two}"), f"{one} {two}") for one, two in chance.sample(pairs, count)]


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower().replace(" ", "-"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
