"""What trends hold of one person, as she may take it with her."""

import anyio.to_thread
from piccolo.querystring import QueryString

from recul.database import fetch
from recul.portable import Field, Kind, Rows, Section, plain
from recul.trends import queries
from recul.trends.contribution import DIMENSIONS
from recul.trends.receipt import Receipt
from recul.vault.opened import OpenVault
from recul.words import N_

VOTES = Section(
    "votes_on_sharing_upwards",
    N_("Vos voix : laisser lire la hiérarchie"),
    N_("Celles sur la dernière publication ; les précédentes sont effacées une fois comptées."),
    {
        "team": Field(N_("Équipe"), columns=("team.name",)),
        "cycle": Field(N_("Cycle"), Kind.NUMBER, ("upward_vote.cycle",)),
        "yes": Field(N_("Oui"), Kind.FLAG, ("upward_vote.yes",)),
    },
    """
    SELECT t.name AS team, v.cycle, v.yes FROM upward_vote v JOIN team t ON t.id = v.team
    WHERE v.voter = {} ORDER BY v.cycle, t.name
    """,
)
ROSTER = Section(
    "roster",
    N_("Où vos réponses compteraient"),
    N_("Pour le cycle en cours, que vous partagiez ou non."),
    {
        "cycle": Field(N_("Cycle"), Kind.NUMBER, ("roster.cycle",)),
        "team": Field(
            N_("Équipe ; vide : les petites équipes du service, ensemble"),
            columns=("roster.cell", "cell.team"),
        ),
    },
    """
    SELECT r.cycle, t.name AS team FROM roster r JOIN cell c ON c.id = r.cell
    LEFT JOIN team t ON t.id = c.team WHERE r.account = {} ORDER BY r.cycle
    """,
)
SHARING = Section(
    "sharing",
    N_("Ce que vous partagez avec l’équipe"),
    N_("Votre choix, et ce qui est de vous dans le cycle en cours : en dixièmes de point, sur 10."),
    {
        "choice": Field(N_("Votre choix"), columns=("receipt.box",)),
        "from_cycle": Field(N_("Au plus tôt, à partir du cycle"), Kind.NUMBER, ("receipt.box",)),
        "left_out": Field(N_("Questions laissées de côté"), columns=("receipt.box",)),
        "sent_in": Field(N_("Envoyé dans le cycle"), Kind.NUMBER, ("receipt.box",)),
        **{
            f"sent_{name}": Field(label, Kind.NUMBER, ("receipt.box",))
            for name, label in zip(
                DIMENSIONS,
                (
                    N_("Envoyé : charge de travail"),
                    N_("Envoyé : charge émotionnelle"),
                    N_("Envoyé : récupération"),
                    N_("Envoyé : soutien"),
                ),
                strict=True,
            )
        },
    },
)
SECTIONS = (ROSTER, VOTES)


async def sharing(vault: OpenVault) -> Rows:
    """The row of `SHARING`, from her own receipt."""
    rows = await fetch(QueryString("SELECT box FROM receipt WHERE vault = {}", vault.id))
    cycle = await queries.open_cycle()
    return await anyio.to_thread.run_sync(
        lambda: [_row(Receipt.opened(vault, row["box"], cycle)) for row in rows]
    )


def _row(receipt: Receipt) -> dict[str, object]:
    told = {
        "choice": receipt.sharing.name.lower(),
        "from_cycle": receipt.from_cycle,
        "left_out": ", ".join(sorted(receipt.dimensions_out)),
        "sent_in": receipt.sent_in or None,
    }
    sent = {f"sent_{name}": receipt.sent.get(name) for name in DIMENSIONS}
    return plain(SHARING, told | sent)
