"""Who does which job, until when, and how it went last."""

from piccolo.columns import Boolean, Integer, Timestamptz, Varchar
from piccolo.table import Table


class Lease(Table):
    name = Varchar(length=40, primary_key=True, default=None)
    holder = Varchar(length=100, default=None, null=True)  # null: nobody is at it
    until = Timestamptz(default=None, null=True)
    due_at = Timestamptz(default=None)
    failures = Integer(default=0)  # in a row
    last_run_at = Timestamptz(default=None, null=True)
    last_ok = Boolean(default=None, null=True)
    note = Varchar(length=80, default="")  # the type of the last error
