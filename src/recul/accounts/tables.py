"""Who may come in, and by which keys. A column without a default must be given."""

from piccolo.columns import (
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class Account(Table):
    id = UUID(primary_key=True, default=UUID4())
    email = Varchar(length=254, default=None, unique=True)  # always in lower case
    display_name = Varchar(length=80, default=None)
    administrator = Boolean(default=False)
    language = Varchar(length=5, default=None, null=True)  # null: the browser's
    time_zone = Varchar(length=64, default=None)
    idle_minutes = Integer(default=15)
    joined_on = Date(default=None)
    settled = Boolean(default=False)  # a recovery code was asked back once


class Vault(Table):
    """What belongs to one data key. One vault per person is not closed."""

    id = UUID(primary_key=True, default=UUID4())
    owner = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    public_key = Bytea(default=None)
    private_box = Bytea(default=None)
    closed = Boolean(default=False)  # kept after a reset, for a code found later


class SecondFactor(Table):
    """The codes of an application, asked after the password."""

    account = ForeignKey(Account, primary_key=True, null=False, on_delete=OnDelete.cascade)
    box = Bytea(default=None)  # the secret of the codes, sealed under the vault's data key
    last_step = Integer(default=0)  # the half minute of the last code taken, soon forgotten


class Passkey(Table):
    """A passkey, asked after the password; its public half only."""

    id = UUID(primary_key=True, default=UUID4())
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    credential_id = Bytea(default=None, unique=True)
    public_key = Bytea(default=None)
    sign_count = BigInt(default=0)
    transports = Varchar(length=200, default="")  # with commas between
    name_box = Bytea(default=None)  # the person's own word for it, sealed under the data key
    computes = Boolean(default=None)  # its authenticator computes secrets (PRF), which open vaults
    created_on = Date(default=None)


class KeySlot(Table):
    """The data key of a vault, wrapped by a password, by one recovery code or by a passkey."""

    id = UUID(primary_key=True, default=UUID4())
    vault = ForeignKey(Vault, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=16, default=None)  # password | recovery | passkey
    salt = Bytea(default=None)
    memory_kib = Integer(default=None)
    passes = Integer(default=None)
    box = Bytea(default=None)
    passkey = ForeignKey(Passkey, null=True, on_delete=OnDelete.cascade)


class SignIn(Table):
    """One signed-in device. Without `key_box` its vault is locked."""

    id = UUID(primary_key=True, default=UUID4())
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    token_hash = Bytea(default=None, unique=True)
    public_mark = Bytea(default=None)  # of the vault's public key, under the cookie's token
    device = Varchar(length=80, default=None)
    created_on = Date(default=None)
    seen_on = Date(default=None)
    key_box = Bytea(default=None, null=True)
    open_until = Timestamptz(default=None, null=True)
    second_due = Boolean(default=False)  # the password was right, and nothing else is yet
    proved_until = Timestamptz(default=None, null=True)


class Invitation(Table):
    """A one-time link."""

    id = UUID(primary_key=True, default=UUID4())
    token_hash = Bytea(default=None, unique=True)
    purpose = Varchar(length=16, default=None)  # welcome | reset | first
    email = Varchar(length=254, default=None)  # empty: typed when it is accepted
    display_name = Varchar(length=80, default="")  # as whoever invites knows them
    leads_into = Varchar(length=200, default="")  # a team or an organisation, in words
    account = UUID(default=None, null=True)  # whom a reset is for
    administrator = Boolean(default=False)
    mailed = Boolean(default=False)
    expires_at = Timestamptz(default=None)


class AccessEvent(Table):
    """What happened to an account, sealed to its person."""

    id = UUID(primary_key=True, default=UUID4())
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    box = Bytea(default=None)
    forget_on = Date(default=None)  # the first day of a month


class Throttle(Table):
    """Failures to sign in, counted for a hash of who or from where."""

    key_hash = Bytea(default=None, primary_key=True)
    failures = Integer(default=0)
    forget_at = Timestamptz(default=None)


class ErasureRequest(Table):
    """An account that is to be erased, unless its person comes back before."""

    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade, primary_key=True)
    asked_at = Timestamptz(default=None)
    erase_at = Timestamptz(default=None)
    nights = Integer(default=0)  # that the clockwork saw pass: a clock that jumps erases nobody
    counted_on = Date(default=None)
    begun = Boolean(default=False)  # the keys are gone: there is no way back


class Installation(Table):
    """One row, with id 1."""

    id = Integer(primary_key=True, default=1)
    demo = Boolean(default=False)
