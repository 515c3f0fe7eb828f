"""What an instance keeps, for how long, and which job ends it: one line a table of the database.

The page that explains it and the tests that try each job are made of these lines.
"""

from dataclasses import dataclass

from recul.words import N_

SWEEP, PURGE, NIGHT, OUTBOX, TREND, ERASURE = (
    "sweep",
    "purge",
    "retention",
    "outbox erasure",
    "trends turn",
    "erasure",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`jobs`: those that end it, by their names in `recul.jobs`; none: it stays until its person,
    or what it is part of, goes, and `why` says why."""

    tables: tuple[str, ...]
    what: str
    kept: str
    why: str = ""
    jobs: tuple[str, ...] = ()


RULES = (
    Rule(
        ("account", "hours", "muted"),
        N_("Votre compte : nom, adresse, réglages, heures de travail"),
        N_("Tant que vous le gardez"),
        N_("Il est à vous ; vous l’effacez quand vous voulez."),
    ),
    Rule(
        ("entry", "journal_keep", "draft"),
        N_("Votre carnet : moments, vos mots, brouillon"),
        N_("Tant que vous le gardez"),
        N_("Il est à vous, et personne d’autre ne peut le lire."),
    ),
    Rule(
        ("vault", "key_slot"),
        N_("Les clés scellées de votre carnet, et d’un ancien resté fermé"),
        N_("Autant que le compte"),
        N_("Sans elles, rien ne s’ouvre. Un ancien carnet attend une clé retrouvée."),
    ),
    Rule(
        ("import_preview",),
        N_("Un fichier à importer qui attend votre accord, scellé"),
        N_("Jusqu’au lendemain de votre dernière visite"),
        jobs=(PURGE,),
    ),
    Rule(
        ("erasure_request",),
        N_("Une demande d’effacement"),
        N_("Sept jours, puis elle s’efface avec le compte"),
        jobs=(ERASURE,),
    ),
    Rule(
        ("sign_in",),
        N_("Vos appareils connectés"),
        N_("%(days)s jours sans visite, %(longest)s en tout"),
        jobs=(PURGE,),
    ),
    Rule(
        ("second_factor", "passkey"),
        N_("Votre deuxième étape et vos clés d’accès"),
        N_("Tant que vous les gardez"),
        N_("Vous les retirez quand vous voulez."),
    ),
    Rule(
        ("access_event",),
        N_("Ce qui est arrivé à votre compte, scellé pour vous"),
        N_("Un an"),
        jobs=(PURGE,),
    ),
    Rule(
        ("throttle",),
        N_("Le nombre d’essais de connexion, sous une empreinte"),
        N_("Un quart d’heure, ou un jour pour ce qui se compte par jour"),
        jobs=(SWEEP,),
    ),
    Rule(
        ("invitation",),
        N_("Un lien d’invitation ou de nouveau mot de passe"),
        N_("Sept jours, ou un jour pour un mot de passe"),
        jobs=(PURGE,),
    ),
    Rule(
        ("place",),
        N_("Le nom et l’adresse d’une personne invitée qui n’est pas venue"),
        N_("90 jours"),
        jobs=(PURGE,),
    ),
    Rule(
        ("people_import",),
        N_("Un fichier de personnes qui attend, scellé"),
        N_("Une heure"),
        jobs=(PURGE,),
    ),
    Rule(
        ("outbox_mail",),
        N_("Un courriel"),
        N_("Un jour après son départ ; s’il n’a pas pu partir, 30 jours sans son texte"),
        jobs=(OUTBOX,),
    ),
    Rule(
        ("membership", "role", "line_manager"),
        N_("Une appartenance ou un rôle qui a pris fin"),
        N_("Cinq ans après sa fin"),
        jobs=(NIGHT,),
    ),
    Rule(
        ("steward_ballot",),
        N_("Votre voix pour l’élection d’équipe"),
        N_("Tant que vous êtes dans l’équipe et ne la reprenez pas"),
        N_("L’élection reste ouverte : une voix compte tant qu’elle est donnée."),
    ),
    Rule(
        ("trust_change",),
        N_("Le journal des réglages de confiance"),
        N_("Autant que la structure"),
        N_("Tout le monde doit pouvoir lire qui a durci quoi, et quand."),
    ),
    Rule(
        ("organisation", "unit", "team", "booking_rules"),
        N_("Les structures, services et équipes, et leurs règles"),
        N_("Autant que la structure"),
        N_("Ces lignes ne parlent de personne."),
    ),
    Rule(
        ("attendance", "meeting_role", "enrolment", "seat_offer", "peer_voice"),
        N_("Présences, places, voix et rôles d’un groupe"),
        N_("Cinq ans après la séance, moins si la structure l’a choisi"),
        jobs=(NIGHT,),
    ),
    Rule(
        ("appointment", "supervision"),
        N_("Rendez-vous et suivis de supervision"),
        N_("Cinq ans après le rendez-vous, moins si la structure l’a choisi"),
        jobs=(NIGHT,),
    ),
    Rule(
        ("certificate",),
        N_("Des heures montrées à une structure"),
        N_("Cinq ans après la période, moins si la structure l’a choisi, ou quand vous voulez"),
        jobs=(NIGHT,),
    ),
    Rule(
        ("meeting_group", "meeting_cycle", "meeting", "group_agreement"),
        N_("Les groupes, leurs dates et leurs chartes"),
        N_("Autant que la structure"),
        N_("Les heures tenues s’y comptent. Seule la personne qui anime y est liée."),
    ),
    Rule(
        ("agreement_acceptance",),
        N_("Les chartes que vous avez acceptées"),
        N_("Autant que le compte"),
        N_("Pour ne pas vous les redemander."),
    ),
    Rule(
        ("supervision_offer", "availability", "service_agreement"),
        N_("Offres de supervision, heures proposées, conventions"),
        N_("Tant que la personne qui anime les garde"),
        N_("Elle les ferme ou les supprime ; les heures données s’y comptent."),
    ),
    Rule(
        ("availability_exception",),
        N_("Un jour de supervision qui fait exception"),
        N_("Jusqu’à ce jour"),
        jobs=(NIGHT,),
    ),
    Rule(
        ("meeting_memo",),
        N_("Le mémo d’une séance, scellé"),
        N_("Un mois, trois mois ou un an, au choix de qui l’écrit"),
        jobs=(PURGE,),
    ),
    Rule(
        ("calendar_feed",),
        N_("Une adresse d’agenda"),
        N_("Tant que vous ne la supprimez pas"),
        N_("Votre agenda la lit."),
    ),
    Rule(
        ("roster", "sealed_cell"),
        N_("Où vos réponses compteraient, et les sommes brouillées du cycle en cours"),
        N_("Jusqu’à la fin du cycle, quatre semaines au plus"),
        jobs=(TREND,),
    ),
    Rule(
        ("receipt",),
        N_("Votre reçu scellé, que vous partagiez ou non"),
        N_("Autant que le carnet"),
        N_("Tout le monde en a un : il ne dit donc rien."),
    ),
    Rule(
        ("upward_vote",),
        N_("Votre voix sur ce que lit la hiérarchie"),
        N_("Jusqu’à la publication suivante"),
        jobs=(NIGHT,),
    ),
    Rule(
        (
            "cell",
            "cycle",
            "publication",
            "publication_figure",
            "upper_figure",
            "upward_decision",
            "marker",
            "commitment",
        ),
        N_("Les tendances publiées, et ce que l’équipe en a écrit"),
        N_("Autant que la structure"),
        N_("Ce sont des totaux brouillés et des textes d’équipe, sans auteur."),
    ),
    Rule(
        ("lease", "installation", "migration"),
        N_("L’état du serveur lui-même"),
        N_("Autant que l’instance"),
        N_("Ces lignes ne parlent de personne."),
    ),
)


def by_table() -> dict[str, Rule]:
    return {table: rule for rule in RULES for table in rule.tables}
