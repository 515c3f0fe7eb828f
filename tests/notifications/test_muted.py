"""Kinds of mail that a person turned off, and the page where she does."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from tests.notifications.mails import MONDAY_TEN, PLACE, URL, a_mail, state
from tests.notifications.servers import MailServer
from tests.notifications.test_hours import id_of
from tests.visitors import Visitor

from recul import clock
from recul.notifications import actions, kinds, outbox, queries
from recul.notifications.tables import OutboxMail
from recul.settings import Settings

SHOWN = ["invitation", "password-reset"]


async def is_kept(config: Settings, account: UUID | None, kind: str = "password-reset") -> bool:
    return await actions.send(
        config,
        to="ana@exemple.fr",
        kind=kind,
        language="fr",
        zone="Europe/Paris",
        context={"url": URL, "until": MONDAY_TEN.date()},
        account=account,
    )


@pytest.mark.usefixtures("two_kinds")
async def test_a_kind_that_is_turned_off_is_not_sent_to_her(
    post: MailServer, ana: Visitor, boris: Visitor
):
    config, hers, his = post.settings(), await id_of(ana), await id_of(boris)
    await actions.mute(hers, "password-reset")
    kept = [
        await is_kept(config, hers),
        await is_kept(config, hers, "invitation"),
        await is_kept(config, his),
        await is_kept(config, None),
    ]
    assert (kept, await OutboxMail.count()) == ([False, True, True, True], 3)
    await actions.unmute(hers, "password-reset")
    assert await is_kept(config, hers)


async def test_what_is_not_named_always_comes(
    post: MailServer, ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    """A link that she asks for herself, and every kind that nobody registered."""
    monkeypatch.setattr(kinds, "_known", {})
    hers = await id_of(ana)
    await actions.mute(hers, "password-reset")
    assert await queries.muted_kinds(hers) == set()
    assert await is_kept(post.settings(), hers)


@pytest.mark.usefixtures("two_kinds")
async def test_what_waits_is_taken_out_also_from_a_digest(post: MailServer, ana: Visitor):
    config, hers = post.settings(), await id_of(ana)
    post.answers = {"RCPT": ["451 later"]}
    context = {"url": URL, "until": MONDAY_TEN.date()}
    with clock.set_to(MONDAY_TEN):
        kept = await a_mail(config, account=hers, digest=PLACE)
        more = {"kind": "invitation", "context": context, "account": hers, "digest": PLACE}
        await a_mail(config, **more)
        await outbox.send_due(config)
        assert await OutboxMail.count() == 3
        await actions.mute(hers, "invitation")
    with clock.set_to(MONDAY_TEN + timedelta(hours=1)):
        await outbox.send_due(config)
    assert post.ids() == {f"<{kept}@exemple.org>": 1}
    assert (await state(kept), await OutboxMail.count()) == ("sent", 1)


@pytest.mark.usefixtures("two_kinds")
async def test_the_page_keeps_and_shows_her_choices(ana: Visitor, boris: Visitor):
    hers = await id_of(ana)
    page = (await ana.get("/compte/horaires")).text
    assert page.count('name="wanted"') == 2
    assert 'value="invitation" checked' in page
    answer = await ana.post("/compte/courriels", {"shown": SHOWN, "wanted": ["password-reset"]})
    assert answer.headers["location"] == "/compte/horaires"
    assert await queries.muted_kinds(hers) == {"invitation"}
    assert await queries.muted_kinds(await id_of(boris)) == set()
    page = (await ana.get("/compte/horaires")).text
    assert 'value="invitation" checked' not in page
    assert 'value="password-reset" checked' in page
    stored = unescape((await ana.get("/ce-que-voit-l-administrateur")).text)
    assert "Les courriels que vous avez coupés" in stored
    # Twice, from an older page, or with words of somebody's own: nothing more changes.
    for wanted in (["password-reset"], ["password-reset", "x" * 500]):
        await ana.post("/compte/courriels", {"shown": [*SHOWN, "unknown"], "wanted": wanted})
        assert await queries.muted_kinds(hers) == {"invitation"}
    await ana.post("/compte/courriels", {"shown": ["password-reset"], "wanted": []})
    assert await queries.muted_kinds(hers) == {"invitation", "password-reset"}
    await ana.post("/compte/courriels", {"shown": SHOWN, "wanted": SHOWN})
    assert await queries.muted_kinds(hers) == set()


async def test_without_such_kinds_there_is_nothing_to_choose(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kinds, "_known", {})
    assert 'action="/compte/courriels"' not in (await ana.get("/compte/horaires")).text
