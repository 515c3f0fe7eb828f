"""Groups and supervision of the demo world, as their own pages name them."""

import re

from tests.browser.house import House, Person, id_after

TILLEULS = "Analyse de la pratique, Tilleuls et Rivage"
FEW = "Accueils difficiles, analyse de la pratique"
OPEN = "Analyse de la pratique, Hébergement"
PEERS = "Entraide du midi"
MATES = "/groupes/cycles/"
HERS = "/planification/cycles/"


async def places(house: House, nadia: Person, anne: Person) -> dict[str, str]:
    """What stands for the placeholders of paths: of Nadia and of her supervisor."""
    async with house.as_person(nadia) as own, house.as_person(anne) as hers:
        mine, week = (await own.get("/groupes")).text, (await hers.get("/animation")).text
        cycle, peers = cycle_named(TILLEULS, mine), cycle_named(PEERS, mine)
        dates = (await own.get(MATES + cycle)).text
        planned = (await hers.get(HERS + cycle)).text
        supervision = (await own.get("/supervision")).text
        given = (await hers.get("/animation/supervision")).text
        past = (await hers.get("/animation/mois?mois=2026-10")).text
        agreements = (await hers.get("/animation/conventions")).text
        return {
            "cycle": cycle,
            "meeting": id_after("/groupes/seances/", dates),
            "held": id_after("/animation/seances/", past),
            "group": id_after("/planification/groupes/", planned),
            "few": id_after("/planification/cycles/", week),
            "peers": peers,
            "peers_meeting": id_after("/groupes/seances/", (await own.get(MATES + peers)).text),
            "open": cycle_linked(OPEN, (await own.get("/groupes/proposes")).text),
            "offer": id_after('href="/supervision/', supervision),
            "own_offer": id_after("/animation/supervision/", given),
            "supervision": id_after("/supervision/suivis/", supervision),
            "appointment": id_after("/supervision/rendez-vous/", supervision),
            "over": id_after("/animation/supervision/rendez-vous/", week),
            "agreement": id_after("/animation/conventions/", agreements),
        }


def cycle_named(group: str, page: str) -> str:
    """Of *Mes groupes*, where each of them is a sheet."""
    return id_after('id="cycle-', page[: page.index(f">{group}</h2>")][-60:])


def cycle_linked(group: str, page: str) -> str:
    """Of a list, where its name leads to it."""
    found = re.search(rf'href="/[a-z/]+/cycles/([0-9a-f-]{{36}})"[^>]*>{re.escape(group)}<', page)
    assert found is not None, group
    return found[1]
