"""The vault: sealing and opening what belongs to one person. It knows no HTTP and no database.

A random *data key* seals everything. *Key slots* wrap it, one per secret: the password (through
Argon2id), each recovery code, each passkey whose authenticator computes a secret. A sign-in keeps
it wrapped under its own token. While the vault is closed, new texts are *deposited*: sealed to the
person's public key, whose private half lies sealed under the data key.
"""
