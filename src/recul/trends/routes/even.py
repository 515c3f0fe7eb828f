"""Pages whose size tells nothing: a network that cannot read a page still sees how long it is."""

from litestar import Response

STEP = 16 * 1024
"""More than what these pages differ by."""
_BEGIN, _END = "<!--", "-->"


def even(response: Response[str]) -> Response[str]:
    """The same page, filled up with a remark that browsers skip."""
    length = len(response.content.encode()) + len(_BEGIN + _END)
    response.content += _BEGIN + " " * (-length % STEP) + _END
    return response
