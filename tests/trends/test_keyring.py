"""Key files: readable by their owner alone, made once, gone for good, shared by processes."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from recul.trends.keyring import KeyLost, Keyring, Name


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "cles")


def test_a_key_is_made_once(keys: Keyring):
    name = Name(uuid4(), 38, 1)
    [first] = keys.make(name)
    assert keys.make(name) == [first]
    assert Keyring(keys.folder).key(name) == first
    assert len(first) == 32


def test_only_the_owner_reads_it(keys: Keyring):
    before = os.umask(0)
    try:
        keys.make(Name(uuid4(), 38, 1))
        keys.note_closed(37)
    finally:
        os.umask(before)
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in keys.folder.iterdir()}
    assert modes == {0o600}


def test_a_destroyed_key_is_gone(keys: Keyring):
    name, other = Name(uuid4(), 38, 1), Name(uuid4(), 38, 1)
    _, kept = keys.make(name, other)
    keys.destroy([name, name])
    with pytest.raises(KeyLost):
        keys.key(name)
    assert (keys.names(), keys.key(other)) == ([other], kept)


def test_threads_and_processes_make_the_same_key(keys: Keyring):
    names = [Name(uuid4(), 38, 1) for _ in range(5)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: Keyring(keys.folder).make(*names), range(16)))
    assert len({tuple(each) for each in found}) == 1
    assert len(set(found[0])) == 5


def test_what_a_stopped_process_began_is_no_key(keys: Keyring):
    keys.make(Name(uuid4(), 38, 1))
    (keys.folder / "begun").write_bytes(b"half")
    (keys.folder / "note.key").write_bytes(b"not one of ours")
    name = Name(uuid4(), 38, 1)
    keys.make(name)
    assert name in keys.names()
    assert len(keys.names()) == 2
    assert not (keys.folder / "begun").exists()


def test_a_cut_off_key_is_lost(keys: Keyring):
    name = Name(uuid4(), 38, 1)
    keys.make(name)
    (keys.folder / name.file).write_bytes(b"x" * 31)
    with pytest.raises(KeyLost):
        keys.key(name)


def test_the_last_closed_cycle_never_goes_back(keys: Keyring):
    assert keys.last_closed == 0
    for cycle in (38, 39, 12):
        keys.note_closed(cycle)
    assert Keyring(keys.folder).last_closed == 39


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="this system notes every reading")
def test_reading_leaves_no_time_behind(keys: Keyring):
    name = Name(uuid4(), 38, 1)
    keys.make(name)
    path = keys.folder / name.file
    os.utime(path, (1_000_000_000, path.stat().st_mtime))
    keys.key(name)
    assert path.stat().st_atime == 1_000_000_000


def test_an_empty_folder_holds_nothing(keys: Keyring):
    assert keys.names() == []
    with pytest.raises(KeyLost):
        keys.key(Name(uuid4(), 38, 1))
