"""Self-assessment means and gaps (F-34)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.assessment import NotAssessable
from core.rules.rounding import round_to
from services.rules.self_assessment import DimensionResult, dimension_result, mean_score

NOBODY = NotAssessable("Nobody has answered")
counts = st.dictionaries(st.integers(1, 5), st.integers(0, 50), max_size=5)


@pytest.mark.parametrize(
    ("responses", "mean"),
    [
        ({1: 2, 2: 3, 3: 4, 4: 2}, "2.55"),
        ({3: 6, 4: 5}, "3.45"),
        ({1: 1, 2: 4, 3: 4, 4: 2}, "2.64"),
        ({1: 1, 2: 5, 3: 4, 4: 1}, "2.45"),
        ({2: 2, 3: 5, 4: 4}, "3.18"),
        ({3: 7, 4: 4}, "3.36"),
        ({3: 11}, "3.00"),
    ],
)
def test_mean_of_eleven_respondents(responses: dict[int, int], mean: str):
    found = mean_score(responses)
    assert isinstance(found, Fraction)
    assert str(round_to(found, 2)) == mean


def test_nobody_who_answers_is_not_assessable():
    assert (mean_score({}), mean_score({3: 0})) == (NOBODY, NOBODY)


def test_gap_of_two_points_is_flagged():
    found = dimension_result({"Ashmere": {4: 1}, "Brockvale": {3: 1, 4: 1}, "Carrick": {2: 2}})
    assert found == DimensionResult(
        Fraction(15, 5),
        {"Ashmere": Fraction(4), "Brockvale": Fraction(7, 2), "Carrick": Fraction(2)},
        Fraction(2),
        True,
    )


def test_gap_below_two_points_is_not():
    found = dimension_result({"Ashmere": {4: 1}, "Carrick": {2: 9, 3: 1}})
    assert (found.gap, found.is_flagged) == (Fraction(19, 10), False)


def test_council_that_has_not_answered_leaves_the_gap_open():
    found = dimension_result({"Ashmere": {5: 1}, "Brockvale": {}, "Carrick": {1: 1}})
    assert (found.gap, found.is_flagged, found.mean) == (
        NotAssessable("Brockvale not answered"),
        False,
        Fraction(3),
    )
    assert found.by_council["Brockvale"] == NOBODY


def test_one_council_has_no_gap():
    assert dimension_result({"A": {1: 1}}).gap == NotAssessable("A gap needs at least two councils")


@given(st.dictionaries(st.sampled_from("ABCDEFG"), counts, min_size=2, max_size=5))
def test_mean_lies_between_the_councils_means(by_council: dict[str, dict[int, int]]):
    found = dimension_result(by_council)
    means = [mean for mean in found.by_council.values() if isinstance(mean, Fraction)]
    if isinstance(found.mean, Fraction):
        assert min(means) <= found.mean <= max(means)
    else:
        assert means == []
