"""Sharing: what a person sends, changes and takes back, and the cover under which she does.

Whoever saves something in an open journal rewrites her receipt and her team's cell, whether she
shares or not: for anybody who looks at what is stored, it is the same.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch, write_each, write_transaction
from recul.journal import door
from recul.trends import cycles, keyring, queries, sealing, steps
from recul.trends.contribution import contribution
from recul.trends.keyring import KeyLost, Name
from recul.trends.queries import Row
from recul.trends.receipt import Receipt, Sharing
from recul.vault.opened import OpenVault

Decision = Callable[[Receipt], Receipt]

ADD = "INSERT INTO receipt (vault, box) VALUES ({}, {}) ON CONFLICT (vault) DO NOTHING"
STORE = "UPDATE receipt SET box = {} WHERE vault = {}"


async def born(vault: OpenVault) -> None:
    """A receipt for a new vault, in the transaction that makes it.

    While a cycle is open it waits for the next one: what a vault before this one may have sent
    stays counted once.
    """
    is_open = await queries.open_cycle()
    receipt = Receipt(from_cycle=0 if is_open is None else is_open + 1)
    await fetch(QueryString(ADD, vault.id, receipt.sealed(vault)))


async def settle(vault: OpenVault, added: door.Moment | None = None) -> None:
    """Bring the cell in step with the journal: the cover write of every save.

    Call it inside the transaction of the save, so that both happen or neither does. `added`:
    a moment that is new, when nothing else changed.
    """
    await _rewrite(vault, lambda receipt: receipt, added)


async def decide(vault: OpenVault, decision: Decision) -> None:
    """Bring the cell in step with what the person decides now."""
    async with write_transaction():
        await _rewrite(vault, decision)


async def _rewrite(vault: OpenVault, decision: Decision, added: door.Moment | None = None) -> None:
    row = await _locked(vault)
    steps.reached("save: rows locked")
    receipt = decision(Receipt.opened(vault, row["box"], row["cycle"]))
    writes: list[QueryString] = []
    if row["cell"] is not None:
        receipt = await _counted(vault, receipt, row["cycle"], added)
        receipt, writes = _exchanged(row, receipt)
    steps.reached("save: ready to write")
    await write_each(*writes, QueryString(STORE, receipt.sealed(vault), vault.id))
    steps.reached("save: written")


async def _locked(vault: OpenVault) -> Row:
    row = await queries.sharing_row(vault.owner, vault.id, lock=True)
    if row is None:  # a vault older than trends
        await born(vault)
        row = await queries.sharing_row(vault.owner, vault.id, lock=True)
    if row is None:
        raise LookupError("this vault is no more")
    return row


async def _counted(
    vault: OpenVault, receipt: Receipt, cycle: int, added: door.Moment | None
) -> Receipt:
    """With the journal's answers of this cycle; read anew unless one moment was added to what
    was counted already."""
    first, last = cycles.first_day(cycle), cycles.last_day(cycle)
    if added is not None and receipt.counted_in == cycle:
        return receipt.with_one_more(door.answers_of(added, first, last))
    return receipt.with_counted(cycle, await door.weekly_answers(vault, first, last))


def _exchanged(row: Row, receipt: Receipt) -> tuple[Receipt, list[QueryString]]:
    """The cell rewritten, with what the person has in it replaced by what she sends now."""
    cycle = row["cycle"]
    name = Name(row["cell"], cycle, row["key_version"])
    try:
        key = keyring.bound().key(name)
        sums = sealing.opened_with(key, name, row["sums"])
    except KeyLost:
        return receipt, []
    would_be_sent = contribution(
        receipt.counted,
        sums.centres,
        weeks_out=receipt.mondays_out(cycle),
        dimensions_out=receipt.dimensions_out,
    )
    sent = would_be_sent if receipt.shares_in(cycle) else {}
    box = sealing.seal(key, name, sums.moved(receipt.has_in(cycle, sums.mark), sent))
    write = QueryString(sealing.STORE, name.version, box, name.cell, cycle)
    return receipt.with_sent(cycle, sums.mark, sent), [write]


async def start(vault: OpenVault) -> None:
    """Share from now on, or again after a pause."""
    await decide(vault, lambda receipt: replace(receipt, sharing=Sharing.YES))


async def pause(vault: OpenVault) -> None:
    """Take back what is in the open cycle and send nothing; choices stay for later."""
    await decide(vault, _paused)


def _paused(receipt: Receipt) -> Receipt:
    shares = receipt.sharing is not Sharing.NO
    return replace(receipt, sharing=Sharing.PAUSED if shares else Sharing.NO)


async def stop(vault: OpenVault) -> None:
    """Take back what is in the open cycle and forget every choice.

    Also what erasing an account begins with, when the person does it with her vault open.
    """
    await decide(vault, _forgotten)


def _forgotten(receipt: Receipt) -> Receipt:
    return Receipt(
        from_cycle=receipt.from_cycle,
        sent_in=receipt.sent_in,
        sent_mark=receipt.sent_mark,
        sent=receipt.sent,
    )


async def leave_out(
    vault: OpenVault, cycle: int, weeks: frozenset[int], dimensions: frozenset[str]
) -> None:
    """Leave weeks (0 to 3) of a cycle and questions out. Questions stay out in later cycles."""
    await decide(
        vault,
        lambda receipt: replace(
            receipt, weeks_of=cycle, weeks_out=weeks, dimensions_out=dimensions
        ),
    )


_seen: set[UUID] = set()
_seen_on: date | None = None


async def at_first_sight(vault: OpenVault) -> None:
    """Settle once a day, and process, when a journal is looked at: a new cycle may have opened."""
    global _seen_on  # noqa: PLW0603 - beside the set it dates
    if _seen_on != clock.today():
        _seen.clear()
        _seen_on = clock.today()
    if vault.id not in _seen:
        async with write_transaction():
            await settle(vault)
        _seen.add(vault.id)
