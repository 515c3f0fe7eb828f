"""Words that announce a person's name, and words that look like a name and are none."""

from recul.journal.identity_guard.tokens import Token

# Their dot is theirs: "Mme. Dupont". Those of EXACT must be written with just these capitals.
_ABBREVIATED = frozenset("mr mme mlle mmes mlles dr drs mgr".split())
_EXACT = frozenset("M MM Me Mes Pr Vve".split())
_WHOLE = frozenset(
    """
    monsieur madame mademoiselle messieurs mesdames mesdemoiselles docteur docteure maitre
    professeur famille familles fratrie couple petit petite petits petites jeune jeunes enfant
    enfants bebe ado mere pere maman papa parents frere freres soeur soeurs fils fille filles
    garcon tante oncle tonton tata cousin cousine neveu niece mamie papi grand-mere grand-pere
    beau-pere belle-mere demi-frere demi-soeur petit-fils petite-fille mari femme epoux epouse
    compagnon compagne conjoint conjointe copain copine ami amie voisin voisine nomme nommee
    prenomme prenommee
    """.split()
)
PARTICLES = frozenset(
    "de du des d van von vom zu zum den der ten ter da do dos das di del della el al ben".split()
)
ARTICLES = frozenset("la le les l".split())
_SENTENCE_STARTERS = frozenset(
    """
    a absence ai alors apres au aucun aucune aujourd aussi avant avec bref ce cela ces cet cette
    chez comme comment d dans de demain depuis des dit donc du elle elles en encore enfin est et
    faire hier il ils j je jamais juste l la le les leur lui lundi m ma mais malgre mardi mercredi
    mes moi mon n ne ni nous on ou oui par parce pas pendant personne peut petit petite peu plus
    plusieurs pour pourquoi pourtant puis quand que quel quelle qui quoi rdv retour rien s sa samedi
    sans se ses si son sous sur t ta tant tard tes toi ton toujours tous tout toute tres trop tu un
    une vendredi vers visite voir vu jeudi dimanche y
    """.split()
)


def is_title(word: Token) -> bool:
    return is_abbreviated(word) or word.key in _WHOLE


def is_abbreviated(word: Token) -> bool:
    return word.text in _EXACT or word.key in _ABBREVIATED


def starts_sentence(word: Token) -> bool:
    return word.key.split("-")[0] in _SENTENCE_STARTERS
