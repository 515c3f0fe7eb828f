"""Static files: named by their content, kept for good, small."""

import re

from litestar import Litestar
from tests.visitors import Visitor

KIB = 1024


async def test_a_page_names_its_files_by_their_content(app: Litestar, nobody: Visitor):
    page = (await nobody.get("/connexion")).text
    version = app.state.assets.version
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert address.startswith(f"/static/{version}/")
        answer = await nobody.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "set-cookie" not in answer.headers


async def test_an_address_of_an_older_release_is_not_kept(nobody: Visitor):
    answer = await nobody.get("/static/0123456789ab/css/app.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


async def test_what_is_not_a_static_file_is_not_found(nobody: Visitor):
    for name in ("css/none.css", "../pyproject.toml", "%2e%2e/%2e%2e/etc/passwd", "css/order"):
        assert (await nobody.get(f"/static/x/{name}")).status_code == 404


async def test_files_a_style_sheet_or_script_names_are_there(app: Litestar):
    files = app.state.assets.files
    style = files["css/app.css"].content.decode()
    for name in re.findall(r"url\(\.\./([^)]+)\)", style):
        assert name in files
    for path, asset in files.items():
        if path.startswith("js/"):
            for name in re.findall(
                r'from "\./([^"]+)"|import "\./([^"]+)"', asset.content.decode()
            ):
                assert f"js/{''.join(name)}" in files


async def test_the_first_load_weighs_less_than_100_kb(app: Litestar, nobody: Visitor, ana: Visitor):
    """What a phone fetches for the first page: HTML, styles, scripts and fonts as transferred."""
    files = app.state.assets.files
    page = (await ana.get("/")).content
    weights = [len(asset.gzipped or asset.content) for asset in _fetched(files)]
    assert len(page) + sum(weights) < 100 * KIB


def _fetched(files):
    names = [n for n in files if n.startswith(("js/", "fonts/", "vendor/")) and ".txt" not in n]
    return [files[name] for name in [*names, "css/app.css", "icon.svg"]]
