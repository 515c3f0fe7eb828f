"""Making the demo world through the application's own actions, with the clock set back."""

from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from recul import clock
from recul.accounts import queries
from recul.accounts.actions import installation, invitations
from recul.database import write_transaction
from recul.demo import groups, town
from recul.demo.circles import VAL_CLAIR
from recul.demo.moments import RESTORES, moments
from recul.demo.people import DOMAIN, PASSWORD, PEOPLE, Person
from recul.journal.actions import entries, keep
from recul.journal.keep import Keep
from recul.organisation.actions import structure
from recul.settings import Settings
from recul.trends.actions import emptying
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
            await emptying.forget_all()
            await structure.forget_all()
            await installation.empty_demo()
        await _make(settings)


async def _refuse_real_people() -> None:
    addresses = await queries.addresses() if await queries.is_demo() else [""]
    if not all(address.endswith(f"@{DOMAIN}") for address in addresses):
        raise NotADemo("This database holds real accounts. The demo world needs its own.")


async def _make(settings: Settings) -> None:
    await installation.mark_as_demo()
    today = clock.today()
    with clock.set_to(town.founding(today)):
        vaults = {person.name: await _join(settings, person) for person in PEOPLE}
        simple = replace(settings, argon2_mib=1, argon2_passes=1)  # a hundred people in seconds
        async with write_transaction():
            others = [await _join(simple, person) for person in town.neighbours(today)]
            strangers = iter(others)
            val_clair, teams = await town.found(vaults, strangers)
            places = await groups.settle_elsewhere(vaults, strangers, val_clair)
    for person in PEOPLE:
        if person.months:
            await _keep_journal(settings, person, vaults[person.name])
    await town.live(settings, teams, today)
    places[VAL_CLAIR] = (val_clair, [one.owner for team in teams for one in team.people[3:]])
    people = {name: vault.owner for name, vault in vaults.items()}
    async with write_transaction():
        await groups.meet(settings, people, places, today)


async def _join(settings: Settings, person: Person) -> OpenVault:
    """Invited and accepted, as anybody."""
    code = await invitations.invite(person.email, administrator=person.administrator)
    opened = await invitations.accept(
        settings,
        code,
        email=person.email,
        display_name=person.display_name,
        password=PASSWORD,
        time_zone=settings.time_zone,
    )
    [row] = await queries.vaults(opened.account, closed=False)
    return OpenVault(row.id, opened.account, row.public_key, opened.data_key, row.private_box)


async def _keep_journal(settings: Settings, person: Person, vault: OpenVault) -> None:
    """Months of moments up to now, and her list of what restores."""
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
