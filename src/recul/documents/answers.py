"""A file to keep, as the answer to a link."""

from litestar import Response


def attachment(content: bytes, name: str, media_type: str) -> Response[bytes]:
    """A file that the browser keeps and never shows in the page.

    `name`: ASCII, and the same for everybody, for it stays in a list of downloads.
    """
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
