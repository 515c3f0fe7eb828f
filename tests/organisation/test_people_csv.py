"""Files of people as they come: spreadsheets of every habit, and files that are none."""

from uuid import uuid4

import pytest

from recul.organisation.importing import Known, KnownTeam, plan
from recul.organisation.people_csv import ImportFailed, Line, parse

HEAD = "nom;courriel;service;équipe;rôle\n"


def lines(text: str) -> list[tuple[str, ...]]:
    found = parse(text.encode()).lines
    return [(n.display_name, n.email, n.unit, n.team, n.kind) for n in found]


def problems(text: str | bytes) -> list[tuple[int, str]]:
    found = parse(text if isinstance(text, bytes) else text.encode()).problems
    return [(problem.line, problem.message % problem.values) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "nom;courriel;service;équipe;rôle\nLéa Martin;lea@x.fr;Nord;Accueil;membre\n",
        "nom,courriel,service,équipe,rôle\r\nLéa Martin,lea@x.fr,Nord,Accueil,membre\r\n",
        "\ufeffNOM ; E-Mail ; Service ; Equipe ; ROLE\nLéa  Martin; LEA@x.fr ;Nord;Accueil;",
        "nom\tcourriel\tservice\téquipe\trôle\nLéa Martin\tlea@x.fr\tNord\tAccueil\tMembre",
        '"nom";"courriel";"service";"équipe"\n"Léa Martin";"lea@x.fr";"Nord";"Accueil"',
        "prénom;nom;matricule;courriel;service;équipe\nLéa;Martin;12;lea@x.fr;Nord;Accueil",
        "équipe;rôle;nom;adresse électronique;unité\nAccueil;;Léa Martin;lea@x.fr;Nord\n\n;;;;\n",
    ],
)
def test_habits_of_spreadsheets(text: str):
    assert lines(text) == [("Léa Martin", "lea@x.fr", "Nord", "Accueil", "member")]
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        if "\ufeff" not in text:
            assert len(parse(text.encode(encoding)).lines) == 1


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("", "member"),
        ("Professionnel·le", "member"),
        ("Cheffe de service", "manager"),
        ("chef(fe) de service", "manager"),
        ("Responsable hiérarchique", "manager"),
        ("N+1", "manager"),
        ("organisateur·rice", "organiser"),
        ("ORGANISATRICE", "organiser"),
        ("animateur.rice", "facilitator"),
        ("superviseure", "facilitator"),
    ],
)
def test_roles(role: str, kind: str):
    assert [line[4] for line in lines(f"{HEAD}Léa;;;Accueil;{role}")] == [kind]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (";lea@x.fr;Nord;Accueil;", "il manque le nom."),
        ("Léa;lea@x;Nord;Accueil;", "« lea@x » n’est pas une adresse."),
        ("Léa;;Nord;;", "il manque l’équipe."),
        ("Léa;;Nord;Accueil;reine", "le rôle « reine » n’est pas connu."),
        ("Léa;;Nord;Accueil;référente", "la ou le référent est choisi par son équipe, pas ici."),
        ("x" * 81 + ";;Nord;Accueil;", "le nom est trop long : 80 caractères au plus."),
        ("Léa;;Nord;" + "x" * 121 + ";", "le nom de l’équipe est trop long."),
        (
            "Léa;;Nord;Accueil;;;",
            "plus de cases que de colonnes ; un point-virgule est peut-être de trop.",
        ),
    ],
)
def test_errors_by_line(row: str, sentence: str):
    assert problems(f"{HEAD}Ida;;;Accueil;\n{row}\nPaul;;;Accueil;") == [(3, sentence)]


def test_lines_are_those_of_the_file():
    text = HEAD + '"Ida\nLuce";;;Accueil;\n\n;;;Accueil;\n'
    assert problems(text) == [(5, "il manque le nom.")]
    assert [line.number for line in parse(text.encode()).lines] == [2]


def test_half_a_file_is_told_and_its_first_half_read():
    whole = HEAD + "Ida;;;Accueil;\n" + '"Léa ""la"" Martin";;;"Accueil'
    found = parse(whole.encode())
    assert [line.display_name for line in found.lines] == ["Ida"]
    assert [problem.line for problem in found.problems] == [3]
    cut = parse((HEAD + "Ida;;;Accueil;\nLé").encode()[:-1])
    assert [problem.line for problem in cut.problems] == [3]


def test_a_line_of_a_megabyte():
    found = parse((HEAD + "Ida;;;Accueil;\n" + "x" * 1024 * 1024 + ";;;Accueil;\n").encode())
    assert [len(found.lines), [problem.line for problem in found.problems]] == [1, [3]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0",
        b"PK\x03\x04xlsx",
        b"\xff\xfe" + "nom;équipe\nIda;Accueil".encode("utf-16-le"),
        b'{"nom": "Ida"}',
        b"<html>nom</html>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(1, 200)),
        b"nom;courriel\nIda;ida@x.fr",
        "courriel;équipe\nida@x.fr;Accueil".encode(),
        HEAD.encode(),
        HEAD.encode() + b"\n;;;;\n",
        b'"' * 5000,
        HEAD.encode() + b"Ida;;;Accueil;\n" * 20_001,
    ],
)
def test_what_is_no_file_of_people(data: bytes):
    with pytest.raises(ImportFailed):
        parse(data)


# Compared with who is there

ACCUEIL, NUIT, OTHER = uuid4(), uuid4(), uuid4()
TEAMS = [
    KnownTeam(ACCUEIL, "Accueil", "Nord"),
    KnownTeam(NUIT, "Nuit", "Nord"),
    KnownTeam(OTHER, "Nuit", "Sud"),
]


def planned(text: str, **known: object):
    return plan(parse((HEAD + text).encode()), Known(TEAMS, **known))  # type: ignore[arg-type]


def told(text: str, **known: object) -> list[str]:
    return [p.message % p.values for p in planned(text, **known).problems]


def test_teams_are_found_by_name_and_unit():
    found = planned("A;;nord;ACCUEIL;\nB;;;accueil;\nC;;Sud;nuit;")
    assert [seat.team for seat in found.seats] == [ACCUEIL, ACCUEIL, OTHER]
    assert told("A;;;nuit;") == [
        "plusieurs services ont une équipe « nuit » : précisez le service."
    ]
    assert told("A;;Est;Accueil;") == ["l’équipe « Accueil » n’existe pas dans le service « Est »."]
    assert told("A;;;Rien;") == ["l’équipe « Rien » n’existe pas."]
    assert planned("A;;Est;Accueil;\nB;;est;accueil;\nC;;;Rien;").missing == [("Est", "Accueil")]


def test_a_line_that_repeats_or_contradicts():
    assert told("A;a@x.fr;;Accueil;\nA;A@x.fr;;Accueil;") == [
        "la même personne est déjà à la ligne 2."
    ]
    assert told("A;a@x.fr;;Accueil;\nB;a@x.fr;Nord;Nuit;") == [
        "cette adresse a un autre nom à la ligne 2."
    ]
    assert told("A;;;Accueil;\na;;;Accueil;") == ["la même personne est déjà à la ligne 2."]
    assert told("A;a@x.fr;;Accueil;\nA;a@x.fr;Nord;Nuit;\nA;a@x.fr;;Accueil;responsable") == []


def test_who_is_there_is_left_alone():
    account = uuid4()
    known = {
        "accounts": {"a@x.fr": account},
        "seats": {("a@x.fr", ACCUEIL, "member"), ("a", ACCUEIL, "member")},
    }
    assert planned("A;a@x.fr;;Accueil;", **known).unchanged == 1
    assert planned("A;;;Accueil;", **known).unchanged == 1
    moved = planned("A;a@x.fr;Nord;Nuit;", **known)
    assert [(seat.team, seat.account) for seat in moved.seats] == [(NUIT, account)]
    namesake = planned("A;autre@x.fr;;Accueil;", **known)
    assert [(seat.email, seat.account) for seat in namesake.seats] == [("autre@x.fr", None)]


def test_a_role_of_all_may_come_with_a_team():
    found = planned("A;;;;organisatrice\nB;;;Accueil;animateur")
    assert [(s.display_name, s.team, s.kind) for s in found.seats] == [
        ("A", None, "organiser"),
        ("B", None, "facilitator"),
        ("B", ACCUEIL, "member"),
    ]


def test_a_line_keeps_its_shape():
    [line] = parse((HEAD + "A;a@x.fr;Nord;Accueil;").encode()).lines
    assert line == Line(2, "A", "a@x.fr", "Nord", "Accueil", "member")
