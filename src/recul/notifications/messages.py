"""A mail as it leaves: a letter put into the form of RFC 5322."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

from recul.notifications.addresses import Mailbox, mailbox
from recul.notifications.letters import Letter
from recul.notifications.parts import Attachment
from recul.settings import Settings


def sender(settings: Settings) -> tuple[str, Mailbox]:
    """The name and the mailbox that mail comes from."""
    name, address = parseaddr(settings.mail_from)
    return name, mailbox(address)


def message(settings: Settings, mail: UUID, letter: Letter, now: datetime) -> bytes:
    """The mail as it leaves. Raises Undeliverable.

    Its Message-ID is the same at each try, so that whoever gets it twice can tell.
    """
    name, source = sender(settings)
    to = mailbox(letter.to)
    made = EmailMessage(policy=SMTP.clone(utf8=not to.in_ascii))
    made["From"] = Address(name, source.local, source.domain)
    made["To"] = Address("", to.local, to.domain)
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{mail}@{source.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.attachment:
        _attach(made, letter.attachment)
    made["Content-Language"] = letter.language  # last: whatever sets a content takes it out
    return made.as_bytes()


def _attach(made: EmailMessage, file: Attachment) -> None:
    """A calendar goes in twice: as the last of the twins, where Outlook and Gmail look for an
    invitation (Outlook only within the first part), and as a file, for Apple Mail and the rest."""
    declared = EmailMessage()
    declared["Content-Type"] = file.media_type
    main, sub = declared.get_content_maintype(), declared.get_content_subtype()
    params = dict(declared["Content-Type"].params)
    if declared.get_content_type() == "text/calendar":
        made.add_alternative(file.content, main, sub, params=params, cte="base64")
        main, sub, params = "application", "ics", {}
    made.add_attachment(file.content, main, sub, params=params, filename=file.name)
