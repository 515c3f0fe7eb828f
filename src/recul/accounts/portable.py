"""What accounts hold of one person, as she may take it with her."""

from recul.accounts import passkey_queries, second_queries
from recul.accounts.accesses import WORDS
from recul.portable import Field, Kind, Rows, Section, plain
from recul.vault.opened import OpenVault
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
SECOND_STEP = Section(
    "second_step",
    N_("Deuxième étape à la connexion"),
    N_("Vide, si vous n’en avez pas voulu. Le secret de l’application n’y est pas."),
    {"asked": Field(N_("Un code à six chiffres"), Kind.FLAG, ("second_factor.account",))},
    "SELECT account IS NOT NULL AS asked FROM second_factor WHERE account = {}",
)
PASSKEYS = Section(
    "passkeys",
    N_("Clés d’accès"),
    N_("Le nom que vous leur avez donné. Elles-mêmes ne quittent pas votre appareil."),
    {
        "name": Field(N_("Nom"), columns=("passkey.name_box",)),
        "created_on": Field(N_("Depuis"), Kind.DAY, ("passkey.created_on",)),
        "opens_journal": Field(N_("Ouvre le carnet"), Kind.FLAG, ("key_slot.passkey",)),
        "transports": Field(N_("Par où elle parle"), columns=("passkey.transports",)),
    },
)
ACCESSES = Section(
    "accesses",
    N_("Ce qui est arrivé à votre compte"),
    N_("Au jour près, comme dans « Mes accès »."),
    {
        "on": Field(N_("Jour"), Kind.DAY, ("access_event.box",)),
        "kind": Field(N_("Quoi"), columns=("access_event.box",)),
        "detail": Field(N_("Précision"), columns=("access_event.box",)),
    },
)
SECTIONS = (ACCOUNT, VAULTS, DEVICES, SECOND_STEP, LINKS, LEAVING)
ACCESS_WORDS = {kind.value: words for kind, words in WORDS.items()}


async def passkeys(vault: OpenVault) -> Rows:
    held = await passkey_queries.held(vault.owner, vault.id, vault)
    return [
        plain(
            PASSKEYS,
            {
                "name": key.name,
                "created_on": key.created_on,
                "opens_journal": key.opens,
                "transports": key.transports,
            },
        )
        for key in held
    ]


async def accesses(vault: OpenVault) -> Rows:
    """Newest first; what a former, closed vault keeps is left out, as on the page."""
    found, _ = await second_queries.accesses(vault)
    return [
        plain(ACCESSES, {"on": one.on, "kind": one.kind.value, "detail": one.detail})
        for one in sorted(found, key=lambda one: one.on, reverse=True)
    ]
