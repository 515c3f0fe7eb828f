"""The guide for administrators is followed to the letter."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.operate import guide
from tests.programs import needed

from recul import cli
from recul.settings import variables

A_PERSON = """
set -v
curl --silent --retry 30 --retry-connrefused --retry-delay 1 http://127.0.0.1:8000/readyz
/opt/recul/bin/python - <<'END'
import re
import httpx

log = open("/var/log/recul.log").read()
*_, link = re.findall(r"https://recul.example.org/invitation/[0-9A-Z-]+", log)
with httpx.Client(verify=False, trust_env=False) as ana:
    token = lambda: {"_csrf_token": ana.cookies["__Host-recul-formulaire"]}
    ana.get(link)
    who = {"email": "a@exemple.fr", "display_name": "Ana", "new_password": "trois mots bien longs"}
    assert ana.post(link, data=token() | who).status_code == 303
    sent = ana.post(
        "https://recul.example.org/carnet/vite",
        data=token() | {"text-line": "une ligne", "nonce": "n"},
        headers={"Origin": "https://recul.example.org"},
    )
    assert sent.status_code == 303, sent.status_code
    page = ana.get("https://recul.example.org/carnet")
    assert "une ligne" in page.text
    assert page.headers["strict-transport-security"]
print("a person has written")
END
set +v
recul doctor || true
ps -eo user:20,args | grep '[r]ecul serve'
psql --version
setpriv --reuid=postgres --regid=postgres --init-groups psql -Atc "SELECT COUNT(*) FROM entry" recul
"""


@pytest.mark.slow
def test_the_guide_leads_to_an_instance_in_production(tmp_path: Path):
    for program in guide.NEEDED:
        needed(program)
    if why := guide.may_be_apart():
        pytest.skip(f"no root of its own for the guide: {why}")
    done = guide.run(tmp_path, A_PERSON)
    said = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said[-6000:]
    assert "a person has written" in done.stdout
    failed = re.findall(r"^FAIL (\w+)", done.stdout, re.MULTILINE)
    assert failed == ["certificate"]  # that no browser trusts; asked the second time only
    assert said.count("ready") >= 3
    assert re.search(r"^recul +/opt/recul/bin/python", done.stdout, re.MULTILINE)
    assert done.stdout.rstrip().splitlines()[-1] == "1"  # the moment is in PostgreSQL


def test_what_the_guide_names_is_there():
    text = guide.GUIDE.read_text(encoding="utf-8")
    beside = "".join(p.read_text(encoding="utf-8") for p in guide.GUIDE.with_suffix("").iterdir())
    known = {name for name, _, _ in variables()}
    named = set(re.findall(r"RECUL_[A-Z_0-9]+", text + beside))
    assert {name.removesuffix("_FILE") for name in named} <= known
    assert [path for path in guide.named_files() if not path.exists()] == []
    commands = set(re.findall(r"\brecul ([a-z][a-z-]+)", text.split("## 2.")[1])) & (
        set(cli.main.commands)
    )
    assert {"doctor", "invite", "serve", "worker", "backup"} <= commands
    for option in re.findall(r"`recul \w+ (--[a-z-]+)", text):
        assert any(option in p.opts for c in cli.main.commands.values() for p in c.params), option


def test_every_metric_in_the_guide_is_one():
    source = (guide.ROOT / "src/recul/health.py").read_text()
    source += (guide.ROOT / "src/recul/vitals/prometheus.py").read_text()
    for name in set(re.findall(r"`(recul_[a-z_]+)", guide.GUIDE.read_text(encoding="utf-8"))):
        assert f'"{name}"' in source, name


def test_the_guide_is_two_pages():
    """About: 60 lines of a page and 90 signs of a line."""
    words = guide.GUIDE.read_text(encoding="utf-8").split()
    assert len(words) < 1500


@pytest.mark.slow
def test_the_unit_is_one_and_keeps_the_service_in(tmp_path: Path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze: `apt-get install systemd`")
    unit = tmp_path / "recul.service"
    source = (guide.ROOT / "docs/operate/recul.service").read_text()
    unit.write_text(source.replace("/opt/recul/bin/recul", shutil.which("true") or "/bin/true"))
    tried = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
    assert (tried.returncode, tried.stderr) == (0, "")
    rated = subprocess.run(
        [program, "security", "--offline=yes", "--threshold=20", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout  # 2.0 of 10 or better
