"""The doors of the house: each viewer is shown those that open."""

from dataclasses import dataclass

from recul.web.roles import Standing
from recul.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Door:
    path: str
    label: str
    """To be translated where it is shown."""
    icon: str
    standings: frozenset[Standing] = frozenset()
    """Whom it is for; none: everybody who is signed in."""
    also: tuple[str, ...] = ()
    """Other paths that lie behind it."""

    def opens_for(self, viewer: Viewer) -> bool:
        return not self.standings or not self.standings.isdisjoint(viewer.standings)

    def leads_to(self, path: str) -> bool:
        return any(path == one or path.startswith(f"{one}/") for one in (self.path, *self.also))


def doors_of(doors: tuple[Door, ...], viewer: Viewer | None) -> list[Door]:
    return [door for door in doors if viewer is not None and door.opens_for(viewer)]
