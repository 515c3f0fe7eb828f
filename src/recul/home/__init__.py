"""The first page, the way out, the health of the server."""
