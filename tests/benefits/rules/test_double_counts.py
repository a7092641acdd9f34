"""What makes a flag of double counting, and which pounds it doubts (domain.md 1.4; INV-18, INV-19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.double_counts import (
    Claimant,
    Place,
    Problem,
    doubtful_pence,
    find_double_counts,
    plain_cause,
)

HERE = Place(1, 2026, "4312")
ONE = Claimant("benefit 1", "B-1", 1, claimed={HERE: 300}, service=7, cause="one desk")
TWO = replace(ONE, key="benefit 2", title="B-2", claimed={Place(1, 2026, "9"): 200}, planned={(1, 2027): 5})


def keys(*claimants: Claimant) -> list[str]:
    """The keys of the flags of these."""
    return [flag.key for flag in find_double_counts(claimants)]


def test_same_words_are_the_same_cause() -> None:
    assert plain_cause("  One service-desk. ") == plain_cause("ONE (service) desk") == "one service desk"
    assert plain_cause("") == plain_cause("–") == ""


def test_what_is_the_same_cause_and_what_is_not() -> None:
    later = {"starts_on": date(2030, 4, 1)}
    table = [
        ({}, ["cause/1/benefit 1"]),
        ({"service": 8}, []),
        ({"service": 0}, []),
        ({"cause": "another"}, []),
        ({"cause": ""}, []),
        ({"cause": "", "milestones": frozenset({3})}, ["cause/1/benefit 1"]),
        ({"is_in_pounds": False}, []),
        ({"counted_in": "benefit 1"}, ["contained/benefit 2"]),
        ({"percent": 0}, []),
        ({"claimed": {Place(2, 2026): 200}}, []),
        ({"claimed": {Place(1, 2028): 200}}, []),
        ({"claimed": {}, "planned": {(1, 2026): 5}}, ["cause/1/benefit 1"]),
        (later, []),
    ]
    first = replace(ONE, milestones=frozenset({3}), ends_on=date(2030, 3, 31))
    assert [keys(first, replace(TWO, **changes)) for changes, _ in table] == [found for _, found in table]


def test_same_code_needs_two_that_count_and_claim_more_than_the_whole() -> None:
    other = replace(TWO, service=0, claimed={HERE: 200})
    table = [
        ({}, ["code/1/2026/4312"]),
        ({"claimed": {HERE: 0}}, []),
        ({"claimed": {}, "reduced": {HERE: 1}}, ["code/1/2026/4312"]),
        ({"claimed": {replace(HERE, fy=2027): 1}}, []),
        ({"claimed": {replace(HERE, council=2): 1}}, []),
        ({"claimed": {replace(HERE, code=""): 1}}, []),
        ({"programme": 2}, ["code/1/2026/4312"]),
        ({"percent": 1}, ["code/1/2026/4312"]),
        ({"percent": 0}, []),
    ]
    assert [keys(ONE, replace(other, **changes)) for changes, _ in table] == [found for _, found in table]


def test_answer_rests_on_who_claims_and_which_part_not_on_single_months() -> None:
    other = replace(TWO, service=0, claimed={HERE: 200})
    (flag,) = find_double_counts([ONE, other])
    marks = {
        name: find_double_counts([ONE, replace(other, **changes)])[0].mark == flag.mark
        for name, changes in {
            "amount": {"claimed": {HERE: 201}},
            "percent": {"percent": 50},
            "reduction": {"reduced": {HERE: 5}},
        }.items()
    }
    assert marks == {"amount": True, "percent": False, "reduction": False}


def test_parent_has_to_contain_its_child_and_may_not_be_in_another() -> None:
    parent = replace(ONE, service=0, planned={(1, 2027): 5})
    child = replace(TWO, service=0, counted_in="benefit 1")
    top = Claimant("benefit 9", "B-9", 1)
    table = [
        ([parent, child], {"benefit 2": (Problem.OWN_CLAIMS,)}),
        ([parent, replace(child, claimed={})], {}),
        ([parent, replace(child, claimed={}, planned={(1, 2027): 6})], {"benefit 2": (Problem.NOT_HELD,)}),
        ([child], {"benefit 2": (Problem.OWN_CLAIMS, Problem.NOT_HELD)}),
        (
            [
                replace(parent, counted_in="benefit 9", claimed={}, planned={}),
                replace(child, claimed={}, planned={}),
                top,
            ],
            {"benefit 2": (Problem.CHAIN,)},
        ),
        (
            [
                replace(parent, counted_in="benefit 2", claimed={}, planned={}),
                replace(child, claimed={}, planned={}),
            ],
            {"benefit 1": (Problem.LOOP,), "benefit 2": (Problem.LOOP,)},
        ),
    ]
    found = [
        {flag.claimants[0].key: flag.problems for flag in find_double_counts(claimants)}
        for claimants, _ in table
    ]
    assert found == [problems for _, problems in table]


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(-50, 1000)), min_size=2, max_size=5))
def test_what_is_doubted_is_all_but_the_largest_claim(claims: list[tuple[int, int]]) -> None:
    found = [
        Claimant(f"benefit {number}", f"B-{number}", programme, claimed={HERE: pence})
        for number, (programme, pence) in enumerate(claims)
    ]
    flags = find_double_counts(found)
    for programme in (1, 2):
        own = [max(0, pence) for one, pence in claims if one == programme]
        others = sum(max(0, pence) for one, pence in claims if one != programme)
        largest = max(own, default=0)
        expected = sum(own) - largest + min(largest, others)
        assert doubtful_pence(flags, programme) == (expected if flags else 0)
        assert doubtful_pence([*flags, *flags], programme) == doubtful_pence(flags, programme)
