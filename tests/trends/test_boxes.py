"""What is sealed is always of one size, comes back as it was, and opens nowhere else."""

from dataclasses import replace
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.trends import cycles, sealing
from recul.trends.contribution import DIMENSIONS
from recul.trends.keyring import KeyLost, Name
from recul.trends.noise import seeded
from recul.trends.receipt import Receipt, Sharing
from recul.trends.sums import SIZE, Sum, Sums, noise_first
from recul.vault.keys import new_data_key

FIFTY = dict.fromkeys(DIMENSIONS, 50)
VALUES = st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(0, 100))
RECEIPTS = st.builds(
    Receipt,
    sharing=st.sampled_from(Sharing),
    from_cycle=st.integers(0, 5000),
    dimensions_out=st.frozensets(st.sampled_from(DIMENSIONS)),
    weeks_of=st.integers(0, 5000),
    weeks_out=st.frozensets(st.integers(0, 3)),
    sent_in=st.integers(0, 5000),
    sent_mark=st.binary(min_size=8, max_size=8),
    sent=VALUES,
    counted_in=st.just(38),
    counted=st.fixed_dictionaries(
        {
            dimension: st.dictionaries(
                st.sampled_from(cycles.mondays(38)),
                st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 2**32 - 1)),
            )
            for dimension in DIMENSIONS
        }
    ),
)
SUM = st.builds(
    Sum,
    centre=st.integers(30, 70),
    noisy_sum=st.integers(-(2**40), 2**40),
    noisy_count=st.integers(-(2**20), 2**20),
    count=st.integers(0, 10_000),
)


@given(RECEIPTS)
def test_a_receipt_comes_back(receipt: Receipt):
    assert Receipt.decode(receipt.encode()) == receipt
    assert len(receipt.encode()) == len(Receipt().encode()) < 500


@given(st.lists(SUM, min_size=4, max_size=4), st.booleans())
def test_sums_come_back(found: list[Sum], many: bool):
    sums = Sums(b"12345678", many, dict(zip(DIMENSIONS, found, strict=True)))
    assert Sums.decode(sums.encode()) == sums
    assert len(sums.encode()) == SIZE


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x02" + bytes(SIZE - 1), bytes(SIZE)])
def test_anything_else_is_refused(stored: bytes):
    with pytest.raises(ValueError, match="not the sums"):
        Sums.decode(stored)
    with pytest.raises(ValueError, match="not a receipt"):
        Receipt.decode(stored)


@given(VALUES, VALUES, VALUES)
def test_what_is_put_in_is_taken_out_exactly(first, second, third):
    begun = noise_first(FIFTY, many=True)
    there = begun.moved({}, first).moved(first, second).moved({}, third)
    assert there.moved(third, {}).moved(second, {}) == begun


def test_a_cell_begins_with_noise_and_nobody():
    with seeded(Random(5)):
        cells = [noise_first(FIFTY, many=True) for _ in range(300)]
    sums = [found for cell in cells for found in cell.by_dimension.values()]
    assert {found.count for found in sums} == {0}
    assert len({found.noisy_sum for found in sums}) > 100
    assert {-2, -1, 0, 1, 2} <= {found.noisy_count for found in sums}
    assert len({cell.mark for cell in cells}) == 300


def test_a_box_opens_in_its_place_only():
    key, name = new_data_key(), Name(uuid4(), 38, 1)
    sums = noise_first(FIFTY, many=True)
    box = sealing.seal(key, name, sums)
    assert sealing.opened_with(key, name, box) == sums
    others = [
        (key, name._replace(cell=UUID(int=1))),
        (key, name._replace(cycle=39)),
        (key, name._replace(version=2)),
        (new_data_key(), name),
    ]
    for other_key, other_name in others:
        with pytest.raises(KeyLost):
            sealing.opened_with(other_key, other_name, box)
    with pytest.raises(KeyLost):
        sealing.opened_with(key, name, box[:-1] + bytes([box[-1] ^ 1]))


def test_boxes_have_one_size():
    key, name = new_data_key(), Name(uuid4(), 38, 1)
    cells = [noise_first(FIFTY, many=many) for many in (True, False) for _ in range(50)]
    full = cells[0]
    for _ in range(40):
        full = full.moved({}, dict.fromkeys(DIMENSIONS, 80))
    assert len({len(sealing.seal(key, name, sums)) for sums in [*cells, full]}) == 1


def test_a_receipt_only_counts_for_the_very_cell():
    receipt = Receipt().with_sent(38, b"12345678", {"workload": 60})
    assert receipt.has_in(38, b"12345678") == {"workload": 60}
    assert receipt.has_in(38, b"87654321") == {}
    assert receipt.has_in(39, b"12345678") == {}


def test_who_shares_when():
    receipt = Receipt(sharing=Sharing.YES, from_cycle=39)
    assert [receipt.shares_in(cycle) for cycle in (38, 39, 40)] == [False, True, True]
    assert not replace(receipt, sharing=Sharing.PAUSED).shares_in(40)


def test_weeks_are_left_out_of_one_cycle():
    receipt = Receipt(weeks_of=38, weeks_out=frozenset({0, 3}))
    assert [day.isoformat() for day in sorted(receipt.mondays_out(38))] == [
        "2026-11-02",
        "2026-11-23",
    ]
    assert receipt.mondays_out(39) == frozenset()
