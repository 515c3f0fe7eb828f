"""Accounts: invitations, sign-ins, the secrets that open a vault."""
