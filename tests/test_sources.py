"""What holds for the sources as a whole: who imports whom, lengths, nothing of one machine."""

import ast
import logging
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")

# Spelt in pieces, or this file would break its own rule.
INDEX_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("deb", "debian", "org"),
    )
)
MACHINE_PATH = re.compile(
    r"(?<![\w.:-])/(?:" + "|".join(("work", "root", "home", "Users")) + r")/\w"
)

Lengths = dict[str, int]


def tracked() -> list[Path]:
    """Every file of the project that git tracks or would track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of each tracked file that is text."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield str(path.relative_to(ROOT)), content.decode("utf-8", "replace")


# Imports


@pytest.fixture
def loggers_as_before() -> Iterator[None]:
    """import-linter sets up logging for itself, and silences every logger there is."""
    known = [one for one in logging.Logger.manager.loggerDict.values() if hasattr(one, "disabled")]
    silenced = [one.disabled for one in known]
    yield
    for one, was in zip(known, silenced, strict=True):
        one.disabled = was


def test_import_contracts_hold(loggers_as_before: None) -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


# Nothing of one machine


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [(name, match[0]) for name, text in texts() for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_no_file_names_a_package_index() -> None:
    found = [(name, host) for name, text in texts() for host in INDEX_HOSTS if host in text]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    # A requirement starts its line; what belongs to it is indented.
    requirements = [part for part in re.split(r"\n(?=\w)", text) if not part.startswith("#")]
    assert requirements
    assert [part for part in requirements if "--hash=sha256:" not in part] == []
    assert [line for line in text.splitlines() if "://" in line or "--index" in line] == []


def test_locks_agree() -> None:
    runtime, dev = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS
    )
    assert runtime - dev == set()


# Lengths, as a report


def line_count(path: Path) -> int:
    return len(path.read_text().splitlines())


def file_lengths(folder: str, suffix: str) -> Lengths:
    return {str(p.relative_to(ROOT)): line_count(p) for p in (ROOT / folder).rglob(f"*{suffix}")}


def function_lengths() -> Lengths:
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }


def report_line(what: str, lengths: Lengths, aim: int, limit: int) -> str:
    values = lengths.values() or [0]
    over = {name: length for name, length in lengths.items() if length > limit}
    head = f"{what}: {len(lengths)}, median {median(values):g} (aim {aim}), "
    head += f"longest {max(values)}, {len(over)} over {limit}"
    rows = sorted(over.items(), key=lambda row: -row[1])
    return "\n".join([head, *(f"    {length:4} {name}" for name, length in rows)])


def test_lengths_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """The aims are no fences: this prints, and fails only when there is nothing to measure."""
    files, templates = file_lengths("src", ".py"), file_lengths("templates", ".html")
    functions = function_lengths()
    with capsys.disabled():
        print()
        print(report_line("Python files", files, 50, 250))
        print(report_line("Functions", functions, 7, 35))
        print(report_line("Templates", templates, 25, 120))
    assert files
    assert functions
    assert templates
