"""Giving one mail to the mail server, and knowing what became of it."""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from recul.notifications.addresses import Mailbox
from recul.values import MailServer

GOODBYE_SECONDS = 2
GO_ON = 354
TAKEN = range(200, 300)
OURS = (530, 534, 535, 538)
"""The server wants other credentials: the mail is not at fault."""
EOL = b"\r\n"
DOT = re.compile(rb"(?m)^\.")


class Later(Exception):
    """It was certainly not taken; another time it may be."""


class Unreachable(Later):
    """There is no connection to the mail server, or it does not know us."""


class Refused(Exception):
    """The server will never take this mail."""


class Unsure(Exception):
    """The server fell silent after it was given everything: it may have taken the mail."""


async def connect(server: MailServer, name: str) -> SMTP:
    """A connection, signed in. `name` is what we call ourselves. Raises Unreachable."""
    client = SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        use_tls=server.tls == "direct",
        start_tls=server.tls == "starttls",
        timeout=server.timeout,
        local_hostname=name,
    )
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            with suppress(aiosmtplib.SMTPHeloError):  # a very old server: HELO comes with MAIL
                await client.ehlo()
    except (SMTPException, OSError, ValueError) as error:
        client.close()
        raise Unreachable(reason(error)) from None
    except BaseException:
        client.close()
        raise
    return client


async def leave(client: SMTP) -> None:
    with suppress(SMTPException, OSError):
        await client.quit(timeout=GOODBYE_SECONDS)
    client.close()


def reason(error: Exception) -> str:
    """Why a server could not be used, without what it said: that may repeat an address."""
    cause = error.__cause__
    if isinstance(error, SMTPResponseException):
        return f"{type(error).__name__} {error.code}"
    return f"{type(error).__name__} ({type(cause).__name__})" if cause else type(error).__name__


async def hand_over(
    client: SMTP,
    sender: Mailbox,
    recipient: Mailbox,
    content: bytes,
    begin: Callable[[], Awaitable[None]],
) -> None:
    """Returns when the server has taken the mail. Raises Later, Refused or Unsure.

    `begin` is called at the last moment before the server may take it.
    """
    try:
        await _envelope(client, sender, recipient)
        _judge(await client.execute_command(b"DATA"), wanted=range(GO_ON, GO_ON + 1))
    except SMTPResponseException as error:
        raise _refusal(error.code) from None
    except (SMTPException, OSError) as error:
        client.close()
        raise Later(reason(error)) from None
    except ValueError:  # an address that aiosmtplib does not put into a command
        raise Refused("address") from None
    await _content(client, content, begin)


async def _envelope(client: SMTP, sender: Mailbox, recipient: Mailbox) -> None:
    options = [] if recipient.in_ascii else ["SMTPUTF8"]
    if options and not client.supports_extension("smtputf8"):
        raise Refused("SMTPUTF8")
    coding = "utf-8" if options else "ascii"
    try:
        await client.mail(sender.spec, options=options, encoding=coding)
    except aiosmtplib.SMTPSenderRefused as error:
        raise Later(reason(error)) from None  # our own address: for the administrator to mend
    await client.rcpt(recipient.spec, encoding=coding)


async def _content(client: SMTP, content: bytes, begin: Callable[[], Awaitable[None]]) -> None:
    """From here on the server may have the mail, whatever happens to the connection."""
    try:
        await begin()
    except BaseException:
        client.close()  # without the dot that ends a mail, the server drops what it has
        raise
    protocol = client.protocol  # aiosmtplib's own `data` does not say which half of it failed
    if protocol is None:
        raise Later("SMTPServerDisconnected")
    try:
        protocol.write(DOT.sub(b"..", content.removesuffix(EOL)) + EOL + b".\r\n")
    except (SMTPException, OSError) as error:
        raise Later(reason(error)) from None
    try:
        response = await protocol.read_response(timeout=client.timeout)
    except (SMTPException, OSError) as error:
        client.close()
        raise Unsure(reason(error)) from None
    _judge(response, wanted=TAKEN)


def _judge(response: aiosmtplib.SMTPResponse, wanted: range) -> None:
    if response.code not in wanted:
        raise _refusal(response.code)


def _refusal(code: int) -> Exception:
    return Refused(str(code)) if 500 <= code < 600 and code not in OURS else Later(str(code))
