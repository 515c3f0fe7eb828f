"""What `recul doctor` looks at around the program: machine, proxy, secrets, database server."""

from recul.looks import databases, files, ways

LOOKS = {
    "server": databases.server,
    "replica": databases.replica,
    "workers": databases.workers,
    "shared keys": files.shared_keys,
    "secrets": files.secrets,
    "address": ways.address,
    "certificate": ways.certificate,
    "time zones": files.zones,
    "fonts": files.fonts,
}
