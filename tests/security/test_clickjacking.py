"""Attack: our page in an invisible frame over a game, so that a click on the game presses one of
our buttons: *effacer*, *partager*, *quitter l’équipe*.

One answer without the two headers is enough, and it is the odd ones that are forgotten: errors,
refusals, answers to htmx, files. `tests/web/test_headers.py` has the ordinary pages.
"""

import httpx
from litestar import Litestar
from tests.raw import PART, send
from tests.visitors import Visitor


def assert_unframed(answer: httpx.Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_every_kind_of_answer(app: Litestar, ana: Visitor, nobody: Visitor):
    forged = "11111111-2222-4333-8444-555555555555"
    answers = {
        200: await ana.get("/carnet"),
        303: await ana.post("/carnet/vite", {"text-line": "x", "nonce": "n"}),
        400: await send(ana, "/carnet/vite", b"a=1&" * 5000),
        401: await nobody.post("/carnet/vite", {"text-line": "x"}),
        403: await ana.client.post("/carnet/vite"),
        404: await ana.get(f"/carnet/moments/{forged}"),
        405: await ana.get("/carnet/verrou"),
        413: await send(ana, "/carnet/vite", b"x" * 600_000),
        422: await ana.post("/carnet/vite", {"workload": "9"}),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    for answer in answers.values():
        assert_unframed(answer)


async def test_fragments_and_files(ana: Visitor, nobody: Visitor):
    for path in ("/carnet/export/carnet.html", "/carnet/export/carnet.csv", "/nulle-part"):
        assert_unframed(await ana.get(path))
    assert_unframed(await ana.get("/carnet", **PART))
    assert_unframed(await nobody.post("/carnet/vite", None, **PART))


async def test_a_copy_to_keep_never_runs_here(ana: Visitor):
    """The readable export holds what she wrote: shown under our address it could act for her."""
    answer = await ana.get("/carnet/export/carnet.html")
    assert answer.headers["content-disposition"].startswith("attachment")
