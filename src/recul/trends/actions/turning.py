"""From one cycle to the next: what the clockwork calls, as often as it likes."""

from recul import clock
from recul.trends import cycles, queries
from recul.trends.actions.closing import close_cycle
from recul.trends.actions.opening import begin_lost_cells_anew, open_cycle
from recul.trends.actions.rekeying import destroy_old_keys
from recul.trends.places import Places


async def turn(places: Places) -> None:
    """Close the cycle that is over, end what a crash interrupted, open the cycle of today."""
    today = cycles.number_on(clock.today())
    is_open = await queries.open_cycle()
    if is_open is not None and is_open < today:
        await close_cycle(is_open, places)
    await begin_lost_cells_anew(places)
    await destroy_old_keys()
    await open_cycle(today, places)
