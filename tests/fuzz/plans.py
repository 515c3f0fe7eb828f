"""Requests as hypothesis draws them: nothing in a plan knows the house that it will meet."""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.fuzz import nasty

IDS = ("own", "own", "own", "own", "foreign", "foreign", "forged", "odd")
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "POST", "GET", "FOO")


@dataclass(frozen=True, slots=True)
class Ref:
    """An id in a field: of a row of one's own house or of the other one."""

    kind: str
    number: int


Value = str | Ref
Picked = tuple[int, Value]


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers choose among what is there, however many there are."""

    who: int
    route: int
    within: bool
    """Among the routes that are for people like her."""
    form: bool
    """A form that stands on one of her pages, at its address."""
    method: str
    """Empty: the route's own."""
    ids: tuple[tuple[str, int], ...]
    query: tuple[Picked, ...]
    body: str
    fields: tuple[Picked, ...]
    """Fields that are other than on the page."""
    raw: int
    token: str
    headers: tuple[int, ...]
    stays: bool


NUMBER = st.integers(0, 10**6)
VALUE: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(nasty.VALUES),
    st.sampled_from(nasty.MEANT),
    st.text(alphabet=st.characters(), max_size=40),
    st.builds(Ref, st.sampled_from(("own", "foreign", "person")), NUMBER),
)
PICKED = st.tuples(NUMBER, VALUE)


def few(one: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=most).map(tuple)


def plans() -> st.SearchStrategy[Plan]:
    often = st.sampled_from
    return st.builds(
        Plan,
        who=NUMBER,
        route=NUMBER,
        within=often((True, True, False)),
        form=often((True, True, False, False, False)),
        method=often(("",) * 19 + ("odd",)).flatmap(
            lambda kind: st.sampled_from(METHODS) if kind else st.just("")
        ),
        ids=st.tuples(*[st.tuples(often(IDS), NUMBER)] * 3),
        query=few(PICKED, 3),
        body=often(("page",) * 6 + ("fields",) * 3 + ("files", "raw")),
        fields=few(PICKED, 5),
        raw=NUMBER,
        token=often(("right",) * 12 + ("none", "foreign", "garbage")),
        headers=often((0, 0, 1, 2)).flatmap(lambda most: few(NUMBER, most)),
        stays=st.booleans(),
    )


def drawn(count: int, number: int) -> list[Plan]:
    """The plans of one seed: the same each time."""
    found: list[Plan] = []
    while len(found) < count:
        collect = _collector(found, min(count - len(found), 1000), number + len(found))
        collect()
    return found[:count]


def _collector(found: list[Plan], most: int, number: int) -> Any:
    @seed(number)
    @settings(
        max_examples=most,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(plan=plans())
    def collect(plan: Plan) -> None:
        found.append(plan)

    return collect
