"""What routes show or change. Each route names one of these, and the matrix is made of them."""

from dataclasses import dataclass

from recul.words import N_


@dataclass(frozen=True, slots=True)
class Thing:
    label: str
    own: bool = False
    """Everybody has one of their own, and reaches no other."""
    condition: str = ""
    """When somebody else gets to see it, or fewer people than the matrix says."""


THINGS = {
    "home": Thing(N_("Votre accueil"), own=True),
    "journal": Thing(N_("Votre carnet : moments, notes, brouillon, vos mots"), own=True),
    "own_trends": Thing(N_("Vos propres tendances"), own=True),
    "sharing": Thing(N_("Votre part aux tendances de l’équipe"), own=True),
    "copies": Thing(N_("Les copies de votre carnet"), own=True),
    "keys": Thing(N_("La serrure de votre carnet et vos clés de secours"), own=True),
    "account": Thing(N_("Votre compte : langue, mot de passe, appareils"), own=True),
    "accesses": Thing(
        N_("Ce qui est arrivé à votre compte : connexions, exports, refus"), own=True
    ),
    "own_copy": Thing(N_("La copie de tout ce qui vous concerne"), own=True),
    "leaving": Thing(N_("L’effacement de votre compte"), own=True),
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
    "own_groups": Thing(N_("Vos groupes, vos demandes, votre rang d’attente"), own=True),
    "own_hours": Thing(N_("Vos heures et vos attestations"), own=True),
    "calendar": Thing(
        N_("Votre agenda : adresses secrètes et courriers"),
        own=True,
        condition=N_("Qui a une de vos adresses lit vos dates, jusqu’à ce que vous la supprimiez"),
    ),
    "groups": Thing(N_("Les groupes proposés : dates, cadre, demande de place")),
    "group_inside": Thing(N_("Dans un groupe : les noms, l’accès, qui fait quoi")),
    "supervision": Thing(N_("Votre supervision individuelle : superviseur·e, rendez-vous")),
    "supervision_given": Thing(
        N_("Les rendez-vous de supervision, du côté de qui supervise"),
    ),
    "attendance": Thing(
        N_("Les présences d’un groupe, ses demandes et sa liste d’attente"),
        condition=N_("Un groupe autogéré : ses membres, et personne d’autre"),
    ),
    "memo": Thing(N_("Le mémo d’une séance, que seule la personne qui l’anime peut ouvrir")),
    "facilitation": Thing(N_("La semaine, les conventions et les relevés de qui anime")),
    "groups_plan": Thing(
        N_("L’organisation des groupes : dates, lieux, places, heures"),
        condition=N_("Un groupe autogéré : ses membres, et personne d’autre"),
    ),
    "shown_hours": Thing(
        N_("Les heures par personne"),
        condition=N_("L’organisation : seulement celles qu’une personne lui a montrées"),
    ),
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
