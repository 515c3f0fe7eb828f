"""The bill of materials is whole, and a known weakness is told."""

import re
from hashlib import sha256

from tests.supply import advisories, materials


def test_the_bill_names_every_locked_package_and_every_vendored_file():
    lock = (materials.ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
    bill = materials.bill()
    served = {
        str(path.relative_to(materials.ROOT / "static"))
        for folder in ("vendor", "fonts")
        for path in (materials.ROOT / "static" / folder).iterdir()
        if path.suffix in (".js", ".woff2")
    }
    named = {component["name"] for component in bill["components"]}
    assert bill["metadata"]["component"]["name"] == "recul"
    assert {component["bom-ref"].removeprefix("static/") for component in materials.vendored()} == (
        served
    )
    assert locked <= named
    assert len(bill["components"]) == len(locked) + len(served)
    assert all(component.get("version") for component in bill["components"])


def test_the_hashes_of_vendored_files_are_those_of_the_files():
    for component in materials.vendored():
        content = (materials.ROOT / component["bom-ref"]).read_bytes()
        assert component["hashes"] == [{"alg": "SHA-256", "content": sha256(content).hexdigest()}]


def test_a_known_weakness_is_told_with_its_remedy():
    report = {
        "dependencies": [
            {"name": "one", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]},
            {"name": "two", "version": "2", "vulns": []},
            {"name": "three", "skip_reason": "not to be had"},
        ]
    }
    assert advisories.weak(report) == ["one 1: CVE-1, mended in 1.1"]
    assert advisories.unseen(report) == 1
