"""Forty feelings in four quadrants. Each has a line that lets it be there, and judges nothing.

Nouns only, so that no word asks who is speaking. Keys are stored in journals: never change one.
"""

from dataclasses import dataclass
from typing import Literal

from recul.journal.own_words import known_or_own
from recul.journal.search import plain
from recul.words import N_

QuadrantKey = Literal["unpleasant_intense", "unpleasant_calm", "pleasant_calm", "pleasant_intense"]


@dataclass(frozen=True, slots=True)
class Quadrant:
    key: QuadrantKey
    label: str


@dataclass(frozen=True, slots=True)
class Feeling:
    key: str
    word: str
    definition: str
    quadrant: QuadrantKey


QUADRANTS = (
    Quadrant("unpleasant_intense", N_("Désagréable et vif")),
    Quadrant("unpleasant_calm", N_("Désagréable et diffus")),
    Quadrant("pleasant_calm", N_("Agréable et calme")),
    Quadrant("pleasant_intense", N_("Agréable et vif")),
)

_WORDS: dict[QuadrantKey, tuple[tuple[str, str, str], ...]] = {
    "unpleasant_intense": (
        ("anger", N_("colère"), N_("Quelque chose qui compte a été heurté.")),
        ("fear", N_("peur"), N_("Le corps signale un danger ; il fait son travail.")),
        ("disgust", N_("dégoût"), N_("Une odeur, un geste, un récit de trop : le corps dit non.")),
        ("worry", N_("inquiétude"), N_("La pensée reste auprès de quelqu’un, même le soir.")),
        ("anguish", N_("angoisse"), N_("La poitrine se serre, parfois sans objet clair.")),
        ("irritation", N_("agacement"), N_("Une petite chose de plus, un jour déjà plein.")),
        ("revolt", N_("révolte"), N_("Ce qui se passe est injuste, et tout en vous le refuse.")),
        ("frustration", N_("frustration"), N_("L’élan était là, quelque chose l’a arrêté.")),
        ("shame", N_("honte"), N_("L’envie de disparaître ; presque tout le monde la connaît.")),
        ("overload", N_("débordement"), N_("Trop de choses à la fois pour une seule personne.")),
    ),
    "unpleasant_calm": (
        ("sadness", N_("tristesse"), N_("Quelque chose est perdu, manque ou fait mal à voir.")),
        (
            "powerlessness",
            N_("impuissance"),
            N_("Voir ce qu’il faudrait, et ne pas avoir de quoi le faire."),
        ),
        ("weariness", N_("lassitude"), N_("Recommencer encore ; l’énergie ne suit plus.")),
        ("tiredness", N_("fatigue"), N_("Le corps réclame du repos ; il n’a pas à se justifier.")),
        ("guilt", N_("culpabilité"), N_("L’idée d’avoir mal fait, fondée ou non.")),
        ("loneliness", N_("solitude"), N_("Porter quelque chose sans personne à côté.")),
        ("discouragement", N_("découragement"), N_("L’envie de s’asseoir au bord du chemin.")),
        ("doubt", N_("doute"), N_("Ne pas savoir ; souvent, personne ne sait.")),
        ("disappointment", N_("déception"), N_("L’espoir était là ; la suite a été autre.")),
        ("emptiness", N_("vide"), N_("Ne rien sentir de précis. C’est aussi un ressenti.")),
    ),
    "pleasant_calm": (
        ("relief", N_("soulagement"), N_("Un poids se pose, même pour une heure.")),
        ("tenderness", N_("tendresse"), N_("Une douceur pour quelqu’un ; elle a sa place ici.")),
        ("calm", N_("calme"), N_("Rien ne presse à l’intérieur.")),
        ("trust", N_("confiance"), N_("Pouvoir s’appuyer : sur l’autre, sur l’équipe, sur vous.")),
        ("gratitude", N_("gratitude"), N_("Quelque chose a été donné, et vous l’avez senti.")),
        ("contentment", N_("satisfaction"), N_("C’est assez bien comme cela.")),
        ("hope", N_("espoir"), N_("Une suite est imaginable.")),
        ("lightness", N_("légèreté"), N_("Tout pèse un peu moins, sans raison à fournir.")),
        ("closeness", N_("complicité"), N_("Se comprendre d’un regard, à deux ou à plusieurs.")),
        ("safety", N_("sécurité"), N_("Pouvoir baisser la garde un moment.")),
    ),
    "pleasant_intense": (
        ("joy", N_("joie"), N_("Elle vient, parfois au milieu du reste ; rien ne l’interdit.")),
        ("pride", N_("fierté"), N_("Reconnaître ce qui a été fait, par vous ou par d’autres.")),
        ("enthusiasm", N_("enthousiasme"), N_("L’envie de s’y mettre, tout de suite.")),
        ("drive", N_("élan"), N_("De l’énergie qui pousse vers quelque chose ou quelqu’un.")),
        ("wonder", N_("émerveillement"), N_("Ce que l’on voit dépasse ce que l’on attendait.")),
        ("curiosity", N_("curiosité"), N_("L’envie de comprendre, sans savoir encore.")),
        ("amusement", N_("amusement"), N_("Rire de bon cœur, même d’une journée étrange.")),
        ("courage", N_("courage"), N_("Avancer quand même, avec la peur dans la poche.")),
        ("determination", N_("détermination"), N_("Tenir à quelque chose, et le savoir.")),
        ("emotion", N_("émotion"), N_("Quelque chose touche au cœur ; les larmes peuvent venir.")),
    ),
}

FEELINGS = tuple(
    Feeling(key, word, definition, quadrant)
    for quadrant, words in _WORDS.items()
    for key, word, definition in words
)
# Those of the short check-in, before « plus de mots… ».
FIRST_FEELINGS = ("anger", "powerlessness", "sadness", "relief", "tenderness", "joy")

_BY_KEY = {feeling.key: feeling for feeling in FEELINGS}
_KNOWN = {plain(feeling.word): feeling.key for feeling in FEELINGS}


def feeling(key: str) -> Feeling | None:
    return _BY_KEY.get(key)


def feelings_in(quadrant: QuadrantKey) -> tuple[Feeling, ...]:
    return tuple(feeling for feeling in FEELINGS if feeling.quadrant == quadrant)


# Those behind it, by quadrant.
FURTHER = tuple(
    (quadrant, tuple(f for f in feelings_in(quadrant.key) if f.key not in FIRST_FEELINGS))
    for quadrant in QUADRANTS
)


def first_feelings() -> tuple[Feeling, ...]:
    return tuple(_BY_KEY[key] for key in FIRST_FEELINGS)


def normalise_own_word(text: str) -> str:
    """A tidy word of at most 40 characters; a known feeling's key when it names one; may be ""."""
    return known_or_own(text, _KNOWN)
