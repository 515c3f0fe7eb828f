"""Handlers of accounts, one module a noun."""

from recul.accounts.routes import (
    codes,
    invitations,
    passkey_doors,
    passkeys,
    profile,
    proofs,
    recovery,
    second_step,
    security,
    sign_in,
    vault,
)

handlers = [
    *sign_in.handlers,
    *second_step.handlers,
    *proofs.handlers,
    *security.handlers,
    *passkeys.handlers,
    *passkey_doors.handlers,
    *vault.handlers,
    *recovery.handlers,
    *invitations.handlers,
    *codes.handlers,
    *profile.handlers,
]
