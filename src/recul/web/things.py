"""What routes show or change. Each route names one of these, and the matrix is made of them."""

from dataclasses import dataclass

from recul.words import N_


@dataclass(frozen=True, slots=True)
class Thing:
    label: str
    own: bool = False
    """Everybody has one of their own, and reaches no other."""
    condition: str = ""
    """When somebody who is not of the team gets to see it."""


THINGS = {
    "home": Thing(N_("Votre accueil"), own=True),
    "journal": Thing(N_("Votre carnet : moments, notes, brouillon, vos mots"), own=True),
    "own_trends": Thing(N_("Vos propres tendances"), own=True),
    "sharing": Thing(N_("Votre part aux tendances de l’équipe"), own=True),
    "copies": Thing(N_("Les copies de votre carnet"), own=True),
    "keys": Thing(N_("La serrure de votre carnet et vos clés de secours"), own=True),
    "account": Thing(N_("Votre compte : langue, mot de passe, appareils"), own=True),
    "stored_rows": Thing(N_("Vos lignes telles qu’elles sont gardées"), own=True),
    "own_teams": Thing(N_("La liste de vos équipes, et laquelle est la principale"), own=True),
    "ballot": Thing(N_("Votre bulletin pour l’élection d’équipe"), own=True),
    "team": Thing(N_("Votre équipe : qui en est, qui la représente")),
    "team_trend": Thing(
        N_("La tendance de votre équipe, et comment elle est calculée"),
        condition=N_("La hiérarchie : seulement si l’équipe l’a voté, et après son délai"),
    ),
    "upward_vote": Thing(N_("Le vote de l’équipe sur ce que lit sa hiérarchie")),
    "team_talk": Thing(N_("La feuille de discussion, les repères et les engagements de l’équipe")),
    "upper_trend": Thing(N_("Les tendances des services et de la structure")),
    "trust_log": Thing(N_("Le journal des réglages de confiance, qui organise")),
    "trust": Thing(N_("Les réglages de confiance, qui ne font que durcir")),
    "structure": Thing(N_("Les services et les équipes : noms, ouverture, fermeture")),
    "people": Thing(N_("Les noms, adresses, équipes et rôles des personnes")),
    "invitations": Thing(N_("Les invitations à rejoindre une équipe")),
    "organisations": Thing(N_("Les noms des structures et de qui les organise")),
    "technical_invitations": Thing(N_("Les invitations sans équipe")),
    "explanations": Thing(N_("Les explications, cette page comprise")),
    "entrance": Thing(N_("L’entrée et la sortie : connexion, code d’invitation, langue")),
    "server": Thing(N_("Les fichiers du programme et l’état du serveur")),
}
