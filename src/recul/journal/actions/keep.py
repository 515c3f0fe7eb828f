"""Changing the sealed lists of a journal."""

from collections.abc import Callable, Sequence

from recul.database import UniqueViolation
from recul.journal import queries
from recul.journal.contexts import context
from recul.journal.keep import Keep
from recul.journal.lexicon import feeling
from recul.journal.moments import Moment
from recul.journal.tables import JournalKeep
from recul.vault.opened import OpenVault

TRIES = 100
"""More than one person has requests at once: of those that write together, one gets through."""


async def update(vault: OpenVault, changed: Callable[[Keep], Keep]) -> None:
    """Read, change and seal the lists again; tries anew when another request was quicker."""
    for _ in range(TRIES):
        keep, version = await queries.keep(vault)
        wanted = changed(keep)
        if wanted == keep or await _store(vault, wanted, version):
            return
    raise RuntimeError("the journal's lists are being written from everywhere")


async def _store(vault: OpenVault, keep: Keep, version: int) -> bool:
    box = vault.seal_keep("keep", keep.encode(), version + 1)
    if version == 0:
        try:
            await JournalKeep.insert(JournalKeep(vault=vault.id, version=1, box=box))
        except UniqueViolation:
            return False
        return True
    stored = (
        await JournalKeep.update({JournalKeep.box: box, JournalKeep.version: version + 1})
        .where(JournalKeep.vault == vault.id, JournalKeep.version == version)
        .returning(JournalKeep.version)
    )
    return bool(stored)


async def remember_words(vault: OpenVault, moments: Sequence[Moment]) -> None:
    """Add the words and tags that are the person's own to her lists."""
    feelings = tuple(f for m in moments for f in m.feelings if feeling(f) is None)
    contexts = tuple(c for m in moments for c in m.contexts if context(c) is None)
    if feelings or contexts:
        await update(vault, lambda keep: keep.with_words(feelings, contexts))
