"""Pages are compiled before somebody asks for them."""

from typing import Any

from recul.web.templates import environment, warm_up


async def test_every_page_is_compiled_when_a_server_starts():
    await warm_up("fr")
    env = environment("fr")
    kept: Any = env.cache
    pages = set(env.list_templates(extensions=["html"]))
    assert {name for _, name in kept} >= pages
    assert len(pages) < kept.capacity, "the first of them would be compiled again"
