"""The one text that was begun and not saved."""

from recul.journal.tables import Draft
from recul.vault import boxes
from recul.web.viewer import Viewer

UPSERT = """
INSERT INTO draft (vault, box) VALUES ({}, {})
ON CONFLICT (vault) DO UPDATE SET box = excluded.box
"""


async def save(viewer: Viewer, content: bytes) -> None:
    """Seal a draft to the person's public key: that needs no open vault."""
    await Draft.raw(UPSERT, viewer.vault_id, boxes.deposit(viewer.public_key, content))


async def drop(viewer: Viewer) -> None:
    await Draft.delete().where(Draft.vault == viewer.vault_id)
