"""Who lives in the demo world."""

from dataclasses import dataclass

DOMAIN = "recul.example"
PASSWORD = "prendre-du-recul-2026"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    """The part of the address before @recul.example."""
    display_name: str
    months: int
    """How long she has kept a journal."""
    administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


PEOPLE = (
    Person("educatrice", "Nadia Benali", 14),
    Person("collegue", "Julie Morel", 2),
    Person("referent", "Claire Vasseur", 0),
    Person("cheffe", "Sophie Lemaire", 0),
    Person("superviseure", "Anne Keller", 0),
    Person("animateur", "Marc Delorme", 0),
    Person("organisatrice", "Mireille Dubois", 0),
    Person("admin", "Thomas Girard", 0, administrator=True),
)
