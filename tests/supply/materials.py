"""`python -m tests.supply.materials FILE`: the software bill of materials, CycloneDX 1.6 as JSON.

The packages of `requirements.lock` with their hashes, and what is served from `static/` that
others made, as `static/vendor/README.md` lists it.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VENDORED = re.compile(
    r"^\| `(?P<file>[^`]+)` \| (?P<name>.+?) (?P<version>\d[\d.]+),[^|]* \| (?P<licence>[\w.-]+) "
    r"[^|]*\| `(?P<hash>[0-9a-f]{64})` \|$",
    re.MULTILINE,
)


def vendored() -> list[dict[str, Any]]:
    """The components that are files of `static/`."""
    table = (ROOT / "static/vendor/README.md").read_text(encoding="utf-8")
    return [
        {
            "type": "file",
            "bom-ref": f"static/{found['file']}",
            "name": found["name"],
            "version": found["version"],
            "licenses": [{"license": {"id": found["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": found["hash"]}],
        }
        for found in VENDORED.finditer(table)
    ]


def bill() -> dict[str, Any]:
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.lock"]
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--sv", "1.6"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    for component in made["components"]:
        component.pop("description", None)  # the line of the lock, once more
    made["components"] += vendored()
    return made


def main(file: Path) -> None:
    made = bill()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{file}: {len(made['components'])} components.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
