"""What organisations hold of one person, as she may take it with her. Whom she voted for is
somebody else's name: it stays on the page of her team."""

from recul.portable import Field, Kind, Section
from recul.words import N_

_TEAM = """
JOIN team t ON t.id = x.team JOIN unit u ON u.id = t.unit
JOIN organisation o ON o.id = u.organisation
"""
_PLACE = {
    "team": Field(N_("Équipe"), columns=("team.name",)),
    "unit": Field(N_("Service"), columns=("unit.name",)),
    "organisation": Field(N_("Structure"), columns=("organisation.name",)),
}

MEMBERSHIPS = Section(
    "teams",
    N_("Équipes"),
    N_("Vos équipes d’aujourd’hui et d’avant."),
    _PLACE
    | {
        "home": Field(N_("Équipe principale"), Kind.FLAG, ("membership.home",)),
        "started_on": Field(N_("Du"), Kind.DAY, ("membership.started_on",)),
        "ended_on": Field(N_("Au"), Kind.DAY, ("membership.ended_on",)),
    },
    f"""
    SELECT t.name AS team, u.name AS unit, o.name AS organisation, x.home, x.started_on,
        x.ended_on FROM membership x {_TEAM} WHERE x.account = {{}} ORDER BY x.started_on, t.name
    """,
)
ROLES = Section(
    "roles",
    N_("Rôles"),
    N_("Organiser, animer, répondre d’une équipe."),
    {
        "role": Field(N_("Rôle"), columns=("role.kind",)),
        "organisation": Field(N_("Structure"), columns=("organisation.name",)),
        "team": Field(N_("Équipe"), columns=("team.name",)),
        "started_on": Field(N_("Du"), Kind.DAY, ("role.started_on", "line_manager.started_on")),
        "ended_on": Field(N_("Au"), Kind.DAY, ("role.ended_on", "line_manager.ended_on")),
    },
    f"""
    SELECT x.kind AS role, o.name AS organisation, '' AS team, x.started_on, x.ended_on
    FROM role x JOIN organisation o ON o.id = x.organisation WHERE x.account = {{}}
    UNION ALL
    SELECT 'manager' AS role, o.name AS organisation, t.name AS team, x.started_on, x.ended_on
    FROM line_manager x {_TEAM} WHERE x.account = {{}}
    """,
)
BALLOTS = Section(
    "steward_ballots",
    N_("Élection d’équipe"),
    N_("Où vous avez donné votre voix. À qui : la page de votre équipe vous le montre."),
    _PLACE,
    f"""
    SELECT t.name AS team, u.name AS unit, o.name AS organisation
    FROM steward_ballot x {_TEAM} WHERE x.voter = {{}} ORDER BY t.name
    """,
)
CHANGES = Section(
    "trust_changes",
    N_("Réglages de confiance que vous avez durcis"),
    "",
    {
        "organisation": Field(N_("Structure"), columns=("organisation.name",)),
        "setting": Field(N_("Réglage"), columns=("trust_change.setting",)),
        "value": Field(N_("Valeur"), Kind.NUMBER, ("trust_change.value",)),
        "changed_on": Field(N_("Jour"), Kind.DAY, ("trust_change.changed_on",)),
    },
    """
    SELECT o.name AS organisation, x.setting, x.value, x.changed_on
    FROM trust_change x JOIN organisation o ON o.id = x.organisation WHERE x.changed_by = {}
    ORDER BY x.changed_on, x.setting
    """,
)
SECTIONS = (MEMBERSHIPS, ROLES, BALLOTS, CHANGES)
