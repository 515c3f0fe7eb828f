"""The ratchet: a trust setting is made harder, never softer, and whoever did it is written."""

from uuid import UUID

from recul import clock
from recul.database import locked, write_transaction
from recul.organisation import rules
from recul.organisation.queries import trust
from recul.organisation.tables import Organisation, TrustChange


class NotHarder(Exception):
    """The value is not harder than what is in force, or goes too far."""

    def __init__(self, current: int) -> None:
        super().__init__(current)
        self.current = current


async def harden(viewer: UUID, organisation: UUID, setting: str, value: int) -> None:
    """Raises NotHarder with the value in force, also when somebody hardened it meanwhile."""
    async with write_transaction():
        await locked(Organisation.select(Organisation.id).where(Organisation.id == organisation))
        current = (await trust.settings(organisation))[setting]
        if not rules.is_harder(setting, value, current):
            raise NotHarder(current)
        await TrustChange.insert(
            TrustChange(
                organisation=organisation,
                setting=setting,
                value=value,
                changed_by=viewer,
                changed_on=clock.today(),
            )
        )
