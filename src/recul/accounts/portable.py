"""What accounts hold of one person, as she may take it with her."""

from recul.portable import Field, Kind, Section
from recul.words import N_

ACCOUNT = Section(
    "account",
    N_("Compte"),
    N_("Qui vous êtes ici, et vos réglages."),
    {
        "email": Field(N_("Adresse e-mail"), columns=("account.email",)),
        "display_name": Field(N_("Nom"), columns=("account.display_name",)),
        "language": Field(N_("Langue choisie"), columns=("account.language",)),
        "time_zone": Field(N_("Fuseau horaire"), columns=("account.time_zone",)),
        "idle_minutes": Field(
            N_("Minutes avant le verrouillage du carnet"), Kind.NUMBER, ("account.idle_minutes",)
        ),
        "joined_on": Field(N_("Arrivée"), Kind.DAY, ("account.joined_on",)),
        "administrator": Field(
            N_("Administration technique"), Kind.FLAG, ("account.administrator",)
        ),
        "codes_checked": Field(N_("Clés de secours vérifiées"), Kind.FLAG, ("account.settled",)),
    },
    """
    SELECT email, display_name, language, time_zone, idle_minutes, joined_on, administrator,
        settled AS codes_checked FROM account WHERE id = {}
    """,
)
VAULTS = Section(
    "vaults",
    N_("Carnets et clés de secours"),
    N_("Combien de carnets, et de clés pour chacun. Les clés elles-mêmes n’y sont pas."),
    {
        "closed": Field(N_("Resté fermé"), Kind.FLAG, ("vault.closed",)),
        "recovery_codes_left": Field(
            N_("Clés de secours qui restent"), Kind.NUMBER, ("key_slot.kind", "key_slot.vault")
        ),
    },
    """
    SELECT v.closed, (SELECT count(*) FROM key_slot k
        WHERE k.vault = v.id AND k.kind = 'recovery') AS recovery_codes_left
    FROM vault v WHERE v.owner = {} ORDER BY v.closed
    """,
)
DEVICES = Section(
    "devices",
    N_("Appareils connectés"),
    N_("Le genre d’appareil et les jours. Le lieu et l’adresse de réseau ne sont pas gardés."),
    {
        "device": Field(N_("Appareil"), columns=("sign_in.device",)),
        "created_on": Field(N_("Depuis"), Kind.DAY, ("sign_in.created_on",)),
        "seen_on": Field(N_("Dernière visite"), Kind.DAY, ("sign_in.seen_on",)),
        "open_until": Field(N_("Carnet ouvert jusqu’à"), Kind.MOMENT, ("sign_in.open_until",)),
    },
    """
    SELECT device, created_on, seen_on, open_until FROM sign_in WHERE account = {}
    ORDER BY created_on, device
    """,
)
LINKS = Section(
    "links",
    N_("Liens en attente"),
    N_("Pour choisir un nouveau mot de passe. Le code qui les rend utiles n’est pas gardé."),
    {
        "purpose": Field(N_("Pour"), columns=("invitation.purpose",)),
        "email": Field(N_("Envoyé à"), columns=("invitation.email",)),
        "expires_at": Field(N_("Jusqu’au"), Kind.MOMENT, ("invitation.expires_at",)),
    },
    "SELECT purpose, email, expires_at FROM invitation WHERE account = {} ORDER BY expires_at",
)
LEAVING = Section(
    "erasure",
    N_("Effacement demandé"),
    N_("Vide, tant que vous n’avez rien demandé."),
    {
        "asked_at": Field(N_("Demandé"), Kind.MOMENT, ("erasure_request.asked_at",)),
        "erase_at": Field(N_("Prévu"), Kind.MOMENT, ("erasure_request.erase_at",)),
    },
    "SELECT asked_at, erase_at FROM erasure_request WHERE account = {}",
)
SECTIONS = (ACCOUNT, VAULTS, DEVICES, LINKS, LEAVING)
