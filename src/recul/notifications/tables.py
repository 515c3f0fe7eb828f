"""Mail that waits or was sent lately, when people want any, and which."""

from piccolo.columns import UUID, Boolean, Bytea, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class OutboxMail(Table):
    """One mail to one person. Whom it is for and what it says are only in `box`."""

    id = UUID(primary_key=True, default=UUID4())  # its Message-ID is made of it
    account = UUID(default=None, null=True)  # whose working hours count; gone with the account
    kind = Varchar(length=40, default=None)
    box = Bytea(default=None, null=True)  # sealed by the server's secret; null: erased
    time_zone = Varchar(length=64, default=None)
    urgent = Boolean(default=False)  # not held back until working hours
    useful_until = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None)
    next_try_at = Timestamptz(default=None)
    first_try_at = Timestamptz(default=None, null=True)
    tries = Integer(default=0)
    claim = Varchar(length=32, default=None, null=True)  # of the process that is sending it
    claimed_until = Timestamptz(default=None, null=True)
    handing = Boolean(default=False)  # the mail server is being given the content
    unsure = Integer(default=0)  # how often nobody knows whether it was taken
    sent_at = Timestamptz(default=None, null=True)
    failed = Boolean(default=False)
    erase_at = Timestamptz(default=None, null=True)
    joinable = Boolean(default=False)  # may be told in a digest together with others
    joined = UUID(default=None, null=True)  # the digest that tells it: itself a mail


class Hours(Table):
    """When a person works, where she said so."""

    account = UUID(primary_key=True, default=None)
    weekdays = Varchar(length=7, default=None)  # 12345: Monday to Friday
    starts = Integer(default=None)  # minutes after midnight of her time zone
    ends = Integer(default=None)  # not after `starts`: the next morning


class Muted(Table):
    """A kind of mail that a person does not want."""

    account = UUID(default=None, primary_key=True)  # and the kind
    kind = Varchar(length=40, default=None)
