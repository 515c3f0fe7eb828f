"""Counting in memory that several processes share."""

import os

from hypothesis import given
from hypothesis import strategies as st

from recul.vitals import prometheus
from recul.vitals.counts import STEP, Counts

ROUTES = [("GET", "/"), ("POST", "/carnet/vite")]


def total(counts: Counts) -> dict[tuple[str, ...], int]:
    return {tuple(series.key): series.answers for series in counts.series()}


@given(st.integers(0, 95))
def test_a_series_shows_whole_tens(visits: int):
    counts = Counts(ROUTES)
    for _ in range(visits):
        counts.note("GET", "/", 200, 0.02)
    shown = visits // STEP * STEP
    assert total(counts) == ({("GET", "/", "2xx"): shown} if shown else {})
    for series in counts.series():
        assert (sum(series.within), round(series.seconds, 6)) == (shown, round(shown * 0.02, 6))


def test_a_failure_shows_at_once_but_not_where():
    counts = Counts(ROUTES)
    counts.note("POST", "/carnet/vite", 500, 0.1)
    assert (counts.failed, total(counts)) == (1, {})


def test_what_is_not_known_is_counted_together():
    counts = Counts(ROUTES)
    for n in range(STEP):
        counts.note("GET", f"/{n}", 404, 99)
    assert total(counts) == {("-", "(none)", "4xx"): STEP}


def test_processes_add_up_and_a_new_one_goes_on():
    counts = Counts(ROUTES, workers=2)
    for slot in (0, 1, 1):  # the second of these takes the place of one that died
        counts.born(slot)
        pid = os.fork()
        if pid == 0:
            counts.slot = slot
            counts.beat(5.0, 1000 + slot)
            for _ in range(STEP + 3):
                counts.note("GET", "/", 200, 0.02)
            os._exit(0)
        os.waitpid(pid, 0)
    assert total(counts) == {("GET", "/", "2xx"): 3 * STEP}
    assert [counts.pulse(slot) for slot in (0, 1)] == [(5.0, 1000, 1), (5.0, 1001, 2)]


def test_the_text_is_what_prometheus_reads():
    counts = Counts([("GET", "/{team}")])
    for _ in range(STEP):
        counts.note("GET", "/{team}", 200, 0.3)
    text = prometheus.of_requests(counts).splitlines()
    labels = 'method="GET",route="/{team}",status="2xx"'
    assert f'recul_request_seconds_bucket{{{labels},le="0.25"}} 0' in text
    assert f'recul_request_seconds_bucket{{{labels},le="0.5"}} 10' in text
    assert f'recul_request_seconds_bucket{{{labels},le="+Inf"}} 10' in text
    assert f"recul_request_seconds_sum{{{labels}}} 3" in text
    assert prometheus.family("a", "gauge", "b", [({"c": 'd"\\\n'}, 1.5)]).endswith(
        'a{c="d\\"\\\\\\n"} 1.5\n'
    )
