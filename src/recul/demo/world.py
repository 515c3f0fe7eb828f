"""Making the demo world through the application's own actions, with the clock set back."""

from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from recul import clock
from recul.accounts import queries
from recul.accounts.actions import installation, invitations
from recul.accounts.actions.sign_ins import Opened
from recul.database import write_transaction
from recul.demo.moments import RESTORES, moments
from recul.demo.people import DOMAIN, PASSWORD, PEOPLE, Person
from recul.journal.actions import entries, keep
from recul.journal.keep import Keep
from recul.settings import Settings
from recul.vault.opened import OpenVault


class NotADemo(Exception):
    """The database holds real people: nothing in it is touched."""


async def seed(settings: Settings, *, reset: bool) -> None:
    """Fill an empty database; with `reset`, empty a demo one first. Raises NotADemo."""
    if settings.production:
        raise NotADemo("This is production: everybody knows the passwords of the demo world.")
    async with write_transaction():
        if not await queries.nobody_yet():
            await _refuse_real_people()
            if not reset:
                return
            await installation.empty_demo()
        await _make(settings)


async def _refuse_real_people() -> None:
    addresses = await queries.addresses() if await queries.is_demo() else [""]
    if not all(address.endswith(f"@{DOMAIN}") for address in addresses):
        raise NotADemo("This database holds real accounts. The demo world needs its own.")


async def _make(settings: Settings) -> None:
    await installation.mark_as_demo()
    for person in PEOPLE:
        opened = await _join(settings, person)
        if person.months:
            await _keep_journal(settings, person, opened)


async def _join(settings: Settings, person: Person) -> Opened:
    """Invited and accepted, as anybody."""
    code = await invitations.invite(person.email, administrator=person.administrator)
    return await invitations.accept(
        settings,
        code,
        email=person.email,
        display_name=person.display_name,
        password=PASSWORD,
        time_zone=settings.time_zone,
    )


async def _keep_journal(settings: Settings, person: Person, opened: Opened) -> None:
    """Months of moments up to now, and her list of what restores."""
    [row] = await queries.vaults(opened.account, closed=False)
    vault = OpenVault(row.id, opened.account, row.public_key, opened.data_key, row.private_box)
    now = clock.local(settings.time_zone)
    written = moments(now.date(), months=person.months, zone=ZoneInfo(settings.time_zone))
    past = [moment for moment in written if moment.at <= now]
    await entries.add_all(vault, [(_entry_id(person, n), m) for n, m in enumerate(past)])
    await keep.update(vault, lambda _: Keep(restores=RESTORES).merged(_))


def _entry_id(person: Person, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"{person.email}/{number}")


def sign_ins(url: str) -> str:
    """The printed sign-ins of the demo world."""
    people = "\n".join(f"  {p.email:<28} {p.display_name}" for p in PEOPLE)
    return f"Recul answers at {url}\nDemo world, password of all: {PASSWORD}\n{people}"
