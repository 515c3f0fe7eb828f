"""Reading a file of people: columns by name, errors by line, and nothing looked up."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recul.accounts.rules import tidy_email
from recul.organisation import rules
from recul.web.forms import clean
from recul.words import N_

MOST_BYTES = 4 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_NAME = 80

COLUMNS = {
    "name": {"nom", "nom complet", "nom et prenom", "prenom et nom", "personne", "name"},
    "first_name": {"prenom", "first name"},
    "email": {"courriel", "email", "e-mail", "mail", "adresse", "adresse mail", "adresse e-mail"}
    | {"adresse electronique", "adresse email"},
    "unit": {"service", "unite", "pole", "unit"},
    "team": {"equipe", "team"},
    "kind": {"role", "fonction"},
}
KINDS = {
    rules.MEMBER: {"", "membre", "professionnel", "professionnelle", "member"},
    rules.MANAGER: {"responsable", "responsable hierarchique", "chef de service", "manager"}
    | {"cheffe de service", "chef", "cheffe", "n+1", "cadre"},
    rules.ORGANISER: {"organisateur", "organisatrice", "organiser"},
    rules.FACILITATOR: {"animateur", "animatrice", "superviseur", "superviseure", "facilitator"},
}
STEWARDS = {"referent", "referente", "referent d'equipe", "referente d'equipe"}

NOT_CSV = N_(
    "Ce fichier n’est pas un CSV. Depuis un tableur : « Enregistrer sous », puis le format CSV."
)
NO_COLUMN = N_(
    "La première ligne doit nommer les colonnes. Il manque « %(column)s » ; "
    "les colonnes attendues sont nom, courriel, service, équipe, rôle."
)
TOO_LONG = N_("Ce fichier est trop long : %(most)s lignes au plus. Coupez-le en plusieurs.")
EMPTY = N_("Ce fichier ne contient aucune personne.")


class ImportFailed(Exception):
    """Nothing of the file can be used. `message` is a French sentence with `values`."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, values


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is left out."""

    line: int
    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One person as the file says: names of units and teams are still only names."""

    number: int
    """Of the line in the file, the heading being the first."""
    display_name: str
    email: str
    unit: str
    team: str
    kind: str


@dataclass(frozen=True, slots=True)
class People:
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse(data: bytes) -> People:
    """Raises ImportFailed."""
    text = _text(data)
    heading = text.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    # Strict: what is half a file must not become a strange name.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    people = People()
    columns: list[str | None] = []
    for number, cells in _rows(reader, people.problems):
        if not columns:
            columns = _columns(cells)
        elif any(cell.strip() for cell in cells):
            _read(number, columns, cells, people)
        if len(people.lines) + len(people.problems) > MOST_LINES:
            raise ImportFailed(TOO_LONG, most=MOST_LINES)
    if not columns:
        raise ImportFailed(NOT_CSV)
    if not people.lines and not people.problems:
        raise ImportFailed(EMPTY)
    return people


def _text(data: bytes) -> str:
    if b"\0" in data or data.startswith(b"PK"):
        raise ImportFailed(NOT_CSV)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # half a file, cut within a letter
            return data[: error.start].decode("utf-8-sig")
        return data.decode("cp1252", "replace")  # how older spreadsheets write


def _rows(reader: Any, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin on, up to where the file stops making sense."""
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:
            message = N_(
                "à partir d’ici le fichier n’est plus lisible : un guillemet n’est pas refermé, "
                "une case est trop longue, ou il manque la fin."
            )
            problems.append(Problem(number, message))
            return
        if row is None:
            return
        yield number, row


def plain(text: str) -> str:
    """Without accents, capitals or doubled spaces: how headings and roles are compared."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").replace("\u00a0", " ").casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _columns(cells: list[str]) -> list[str | None]:
    """What each column holds; none for a column that is not used."""
    known = {name: key for key, names in COLUMNS.items() for name in names}
    found = [known.get(plain(cell)) for cell in cells]
    for key, name in (("name", N_("nom")), ("team", N_("équipe"))):
        if key not in found:
            raise ImportFailed(NO_COLUMN, column=name)
    return found


def _read(number: int, columns: list[str | None], cells: list[str], people: People) -> None:
    if len(cells) > len(columns):
        message = N_("plus de cases que de colonnes ; un point-virgule est peut-être de trop.")
        people.problems.append(Problem(number, message))
        return
    values = {
        key: " ".join(clean(cell).split())
        for key, cell in zip(columns, cells, strict=False)
        if key is not None
    }
    line = _line(number, values)
    (people.lines if isinstance(line, Line) else people.problems).append(line)  # type: ignore[arg-type]


def _line(number: int, values: dict[str, str]) -> Line | Problem:
    name = " ".join(filter(None, (values.get("first_name"), values.get("name"))))
    role = _bare(values.get("kind", ""))
    kind = next((kind for kind, words in KINDS.items() if role in words), None)
    email = tidy_email(values["email"]) if values.get("email") else ""
    unit, team = values.get("unit", ""), values.get("team", "")
    checks: list[tuple[bool, str, dict[str, Any]]] = [
        (not name, N_("il manque le nom."), {}),
        (len(name) > LONGEST_NAME, N_("le nom est trop long : 80 caractères au plus."), {}),
        (
            email is None,
            N_("« %(email)s » n’est pas une adresse."),
            {"email": _cut(values, "email")},
        ),
        (role in STEWARDS, N_("la ou le référent est choisi par son équipe, pas ici."), {}),
        (kind is None, N_("le rôle « %(role)s » n’est pas connu."), {"role": _cut(values, "kind")}),
        (len(unit) > rules.NAME, N_("le nom du service est trop long."), {}),
        (len(team) > rules.NAME, N_("le nom de l’équipe est trop long."), {}),
        (not team and kind in (rules.MEMBER, rules.MANAGER), N_("il manque l’équipe."), {}),
    ]
    for wrong, message, shown in checks:
        if wrong:
            return Problem(number, message, shown)
    return Line(number, name, email or "", unit, team, kind or rules.MEMBER)


def _bare(role: str) -> str:
    """A role without its feminine or its inclusive dot: organisateur·rice, chef(fe) de service."""
    return plain(re.sub(r"\([^()]*\)|[·•.][^\s·•.]+", "", role))


def _cut(values: dict[str, str], name: str) -> str:
    text = values.get(name, "")
    return text if len(text) <= 60 else text[:60] + "…"
