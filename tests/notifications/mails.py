"""Mails that tests send."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from recul.notifications import actions
from recul.notifications.parts import Line
from recul.notifications.tables import OutboxMail
from recul.settings import Settings
from recul.web.i18n import Said

MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Ten o'clock in Paris, on a Monday."""
URL = "https://recul.exemple/reinitialisation/7K3M-0VQ2-WX9A-4HTD-ZP6C"


async def a_mail(config: Settings, to: str = "ana@exemple.fr", **more: Any) -> UUID:
    mail = uuid4()
    usual: dict[str, Any] = {"kind": "password-reset", "language": "fr", "zone": "Europe/Paris"}
    usual |= {"context": {"url": URL}, "mail": mail}
    assert await actions.send(config, to=to, **(usual | more))
    return mail


PLACE = Line(Said("Une place vous est proposée"), "https://recul.exemple/places/1")
DATE = Line(Said("Une date a changé : le %(day)s", {"day": "<3> mars"}), URL)


async def row(mail: UUID) -> dict[str, Any]:
    [found] = await OutboxMail.select().where(OutboxMail.id == mail)
    return dict(found)


async def state(mail: UUID) -> str:
    found = await row(mail)
    return "sent" if found["sent_at"] else "failed" if found["failed"] else "waiting"
