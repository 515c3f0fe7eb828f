"""Who listens to whom: what no slice may know of another is tied together here, once a process."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from recul.accounts import joining, standing
from recul.accounts.actions import vaults
from recul.booking import notices
from recul.journal import changes
from recul.keeping import hooks
from recul.notifications import kinds as mail_kinds
from recul.organisation.actions import places
from recul.organisation.queries import teams
from recul.organisation.queries.standing import CONDITIONS
from recul.privacy.actions import erasure
from recul.settings import Settings
from recul.trends import keyring, noise
from recul.trends.actions import sharing, turning
from recul.trends.places import Unit


class OfOrganisations:
    """What trends ask of the organisation."""

    async def home_cells(self, on: date) -> Sequence[tuple[UUID, UUID, UUID]]:
        """Homes are those of now: `on` is the day on which the cycle opens, today."""
        return await teams.home_cells(on)

    async def units(self) -> Mapping[UUID, Unit]:
        found = await teams.units()
        return {unit: Unit(whole, minimum) for unit, (whole, _, minimum) in found.items()}


PLACES = OfOrganisations()


async def go_on(_config: Settings) -> None:
    """Cells of trends whose keys are in no backup begin anew."""
    await turning.turn(PLACES)


def connect(config: Settings) -> None:
    """Call it before anything is written: by the server and by each command."""
    # As the parent of the key folder it would be made readable by everybody. Where it cannot be
    # made, whoever needs it says so.
    with suppress(OSError):
        config.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    keyring.bind(config.key_folder)
    if config.production:
        noise.refuse_seeds()
    standing.told_by(CONDITIONS)
    joining.on_accepted(places.take)
    vaults.MADE["trends"] = sharing.born
    mail_kinds.register(*notices.KINDS)
    changes.when_written["trends"] = sharing.settle
    changes.when_looked_at["trends"] = sharing.at_first_sight
    hooks.go_on = go_on
    hooks.re_erase = erasure.erase_again
    hooks.knows = erasure.remembers
