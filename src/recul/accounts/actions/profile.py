"""What a person sets for herself."""

from uuid import UUID

from recul.accounts.tables import Account

IDLE_MINUTES = (5, 60)


async def save(
    viewer: UUID, *, display_name: str, language: str | None, time_zone: str, idle_minutes: int
) -> None:
    await Account.update(
        {
            Account.display_name: display_name,
            Account.language: language,
            Account.time_zone: time_zone,
            Account.idle_minutes: idle_minutes,
        }
    ).where(Account.id == viewer)


async def speak(viewer: UUID, language: str) -> None:
    await Account.update({Account.language: language}).where(Account.id == viewer)
