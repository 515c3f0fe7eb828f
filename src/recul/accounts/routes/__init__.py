"""Handlers of accounts, one module a noun."""

from recul.accounts.routes import codes, invitations, profile, recovery, sign_in, vault

handlers = [
    *sign_in.handlers,
    *vault.handlers,
    *recovery.handlers,
    *invitations.handlers,
    *codes.handlers,
    *profile.handlers,
]
