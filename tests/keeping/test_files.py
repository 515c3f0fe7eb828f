"""A file is there as a whole or not at all."""

from pathlib import Path

import pytest

from recul.keeping.files import new_file
from recul.keeping.refusals import Refused


def test_it_is_its_owners_alone(tmp_path: Path):
    with new_file(tmp_path / "a") as file:
        file.write(b"whole")
        assert not (tmp_path / "a").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"whole"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_of_one_that_fails(tmp_path: Path):
    def fail() -> None:
        with new_file(tmp_path / "a") as file:
            file.write(b"x" * 100_000)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_written_over(tmp_path: Path):
    (tmp_path / "a").write_text("before")
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")
    for name in ("a", "b"):
        with pytest.raises(Refused, match="is there already"), new_file(tmp_path / name):
            pytest.fail("it was begun")
    assert (tmp_path / "a").read_text() == "before"


def test_nor_is_one_that_appears_meanwhile(tmp_path: Path):
    def late() -> None:
        with new_file(tmp_path / "a") as file:
            file.write(b"late")
            (tmp_path / "a").write_text("first")

    with pytest.raises(Refused, match="is there already"):
        late()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["first"]
