"""Milestone dependencies form no loop (INV-30)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from programme.rules.cycles import check_no_loop, find_cycle

graphs = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), max_size=10)


def reaches_itself(graph: dict[int, list[int]], start: int) -> bool:
    seen: set[int] = set()
    to_visit = list(graph.get(start, []))
    while to_visit:
        key = to_visit.pop()
        if key == start:
            return True
        if key not in seen:
            seen.add(key)
            to_visit.extend(graph.get(key, []))
    return False


def test_chain_and_diamond_have_no_loop():
    assert find_cycle({"live": ["test", "train"], "test": ["build"], "train": ["build"]}) is None
    assert find_cycle({}) is None


def test_loop_of_two_is_refused_in_words():
    with pytest.raises(Refusal) as refused:
        check_no_loop({1: [2], 2: [1]}, {1: "Go-live", 2: "Testing"})
    assert refused.value.message == (
        "This link would make a loop: Go-live depends on Testing, which depends on Go-live"
    )


def test_longer_loop_names_every_milestone():
    titles = {1: "Go-live", 2: "Testing", 3: "Build", 4: "Outside"}
    with pytest.raises(Refusal) as refused:
        check_no_loop({4: [1], 1: [2], 2: [3], 3: [1]}, titles)
    assert refused.value.message == (
        "This link would make a loop: Go-live depends on Testing, which depends on Build,"
        " which depends on Go-live"
    )


def test_milestone_that_depends_on_itself_is_a_loop():
    assert find_cycle({1: [1]}) == [1]


def test_no_loop_passes():
    assert check_no_loop({1: [2]}, {1: "Go-live", 2: "Testing"}) is None


def test_a_chain_of_thousands_is_walked():
    length = 3_000
    chain = {number: [number + 1] for number in range(length)}
    assert find_cycle(chain) is None
    assert find_cycle(chain | {length: [0]}) == list(range(length + 1))


@given(graphs)
def test_a_loop_is_found_exactly_when_there_is_one(graph: dict[int, list[int]]):
    loop = find_cycle(graph)
    assert (loop is not None) == any(reaches_itself(graph, key) for key in graph)
    if loop:
        assert all(after in graph[key] for key, after in zip(loop, [*loop[1:], loop[0]], strict=True))
        assert find_cycle(graph) == loop
