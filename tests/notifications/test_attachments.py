"""Files that travel with a mail, and invitations where calendars look for them."""

from datetime import timedelta

from tests.notifications.mails import MONDAY_TEN, URL, a_mail, row
from tests.notifications.servers import MailServer
from tests.notifications.test_erasure import kept_bytes

from recul import clock
from recul.database import Database
from recul.notifications import outbox
from recul.notifications.parts import Attachment

CALENDAR = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Réunion à 10 h\r\nEND:VCALENDAR\r\n".encode()
)
REQUEST = Attachment("date.ics", "text/calendar; method=REQUEST; charset=utf-8", CALENDAR)


async def test_an_invitation_is_among_the_twins_and_a_file(post: MailServer, db: Database):
    """multipart/mixed(alternative(plain, html, calendar), file)"""
    with clock.set_to(MONDAY_TEN):
        await a_mail(post.settings(), attachment=REQUEST)
        await outbox.send_due(post.settings())
    [received] = post.received
    mail = received.mail
    assert mail.get_content_type() == "multipart/mixed"
    twins, file = mail.iter_parts()
    parts = list(twins.iter_parts())
    kinds = ["text/plain", "text/html", "text/calendar"]
    assert (twins.get_content_type(), [part.get_content_type() for part in parts]) == (
        "multipart/alternative",
        kinds,
    )
    calendar = parts[2]
    assert calendar["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert (calendar.get_payload(decode=True), calendar["Content-Disposition"]) == (CALENDAR, None)
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "date.ics")
    assert (file.get_content(), file.get_content_disposition()) == (CALENDAR, "attachment")
    assert URL in received.text


async def test_another_file_is_a_file_only(post: MailServer, db: Database):
    content = bytes(range(256)) * 40
    with clock.set_to(MONDAY_TEN):
        await a_mail(post.settings(), attachment=Attachment("r.pdf", "application/pdf", content))
        await outbox.send_due(post.settings())
    _, file = post.received[0].mail.iter_parts()
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", "r.pdf")
    assert file.get_content() == content


async def test_it_is_sealed_tried_again_as_it_was_and_erased(live_db: Database, post: MailServer):
    config = post.settings()
    post.answers = {"taken": ["drop"]}
    with clock.set_to(MONDAY_TEN):
        mail = await a_mail(config, attachment=REQUEST)
        sealed = bytes((await row(mail))["box"])
        assert CALENDAR[:15] not in await kept_bytes(live_db)
        await outbox.send_due(config)
    with clock.set_to(MONDAY_TEN + timedelta(minutes=5)):
        await outbox.send_due(config)
    contents = [next(r.mail.iter_attachments()).get_content() for r in post.received]
    assert contents == [CALENDAR] * 2
    assert post.ids() == {f"<{mail}@exemple.org>": 2}
    with clock.set_to(MONDAY_TEN + timedelta(days=2)):
        await outbox.forget(config)
    left = await kept_bytes(live_db)
    assert (sealed[:64] in left, repr(sealed[:64])[2:-1].encode() in left) == (False, False)
