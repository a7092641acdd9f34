"""Weighted scores, ranks and crossovers (F-28)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import round_to
from services.rules.mca import (
    Crossover,
    McaResult,
    check_mca_score,
    check_mca_weights,
    crossover_weight,
    score_options,
)
from services.rules.mca_sensitivity import weight_lines

WEIGHTS = {"Cost": 40, "Quality": 25, "Resilience": 20, "Local jobs": 15}
EXAMPLE = {
    "Shared in-house": (70, 80, 85, 90),
    "Outsource": (95, 65, 70, 20),
    "Improve alone": (30, 60, 30, 100),
}
single_scores = st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3), min_size=2, max_size=5)


def scored(table: dict[str, tuple[int, ...]], weights: dict[str, int] | None = None) -> McaResult:
    weights = weights or WEIGHTS
    result = score_options(
        weights,
        {
            option: {name: [score] for name, score in zip(weights, row, strict=True)}
            for option, row in table.items()
        },
    )
    assert isinstance(result, McaResult)
    return result


def test_worked_example():
    result = scored(EXAMPLE)
    assert [(option.option, option.score, option.rank) for option in result.options] == [
        ("Shared in-house", Decimal("78.50"), 1),
        ("Outsource", Decimal("71.25"), 2),
        ("Improve alone", Decimal("48.00"), 3),
    ]
    assert [part.contribution for part in result.options[0].parts] == [28, 20, 17, Fraction(27, 2)]


def test_worked_crossovers():
    pair = scored({name: EXAMPLE[name] for name in ("Shared in-house", "Outsource")})
    found = [(cross.criterion, str(round_to(cross.weight, 2)), cross.is_above) for cross in pair.crossovers]
    assert found == [("Cost", "53.49", True), ("Local jobs", "5.18", False)]
    assert pair.sentence() == (
        "Ranking holds unless cost weighs more than 53.49 (Outsource comes first)"
        " or local jobs weighs less than 5.18 (Outsource comes first)"
    )


def test_nearest_challenger_is_named():
    words = [f"{cross.in_words()}: {cross.option}" for cross in scored(EXAMPLE).crossovers]
    assert words == [
        "cost weighs more than 53.49: Outsource",
        "local jobs weighs more than 79.01: Improve alone",
        "local jobs weighs less than 5.18: Outsource",
    ]


def test_name_that_starts_with_an_abbreviation_keeps_it():
    assert Crossover("ICT fit", "B", Fraction(50), True).in_words() == "ICT fit weighs more than 50.00"


def test_ranks_leave_a_gap_after_a_tie():
    table = {"A": (90,) * 4, "B": (80,) * 4, "C": (80,) * 4, "D": (70,) * 4}
    assert [option.rank for option in scored(table).options] == [1, 2, 2, 4]
    assert scored(table).sentence() == "Ranking holds whatever one criterion weighs"


def test_shared_first_place_is_said():
    result = scored({"A": (50, 60, 70, 80), "B": (50, 60, 70, 80), "C": (0,) * 4})
    assert (result.first, result.crossovers) == (("A", "B"), ())
    assert result.sentence() == "A and B share first place, so any change of weight decides between them"


def test_several_people_count_by_their_exact_mean_and_their_spread_is_shown():
    result = score_options(
        {"Cost": 60, "Quality": 40},
        {"A": {"Cost": [70, 75, 90], "Quality": [50]}, "B": {"Cost": [80], "Quality": [40, 41]}},
    )
    assert isinstance(result, McaResult)
    part = result.options[0].parts[0]
    assert (part.mean, part.spread, part.people, part.contribution) == (Fraction(235, 3), 20, 3, 47)
    assert [option.exact for option in result.options] == [67, Fraction(48) + Fraction(81, 5)]
    assert result.options[1].parts[1].spread == 1


def test_option_without_a_score_is_not_assessable():
    scores = {"A": {"Cost": [1], "Quality": []}, "B": {"Quality": [2]}}
    assert score_options({"Cost": 60, "Quality": 40}, scores) == NotAssessable(
        "Score A on Quality and B on Cost"
    )
    assert score_options({"Cost": 100}, {}) == NotAssessable("No option is scored")


@pytest.mark.parametrize(("weights", "total"), [([40, 25, 20, 10], 95), ([], 0), ([50, 51], 101)])
def test_weights_add_up_to_100(weights: list[int], total: int):
    with pytest.raises(Refusal) as refused:
        check_mca_weights(weights)
    assert (refused.value.code, refused.value.message) == (
        "24",
        f"Weights must add up to 100. They add up to {total}",
    )


def test_negative_weight_is_refused_though_the_sum_is_100():
    with pytest.raises(Refusal):
        check_mca_weights([110, -10])


@pytest.mark.parametrize(
    ("score", "reason", "message"),
    [
        (101, "x", "Score must be between 0 and 100"),
        (-1, "x", "Score must be between 0 and 100"),
        (None, "x", "Score must be between 0 and 100"),
        (50, " ", "Give a reason for the score"),
    ],
)
def test_score_is_between_0_and_100_and_has_a_reason(score: int | None, reason: str, message: str):
    with pytest.raises(Refusal) as refused:
        check_mca_score(score, reason)
    assert (refused.value.code, refused.value.message) == ("25", message)


def test_score_at_its_edges_passes():
    assert (check_mca_score(0, "None"), check_mca_score(100, "Best")) == (None, None)


def test_one_criterion_alone_has_no_crossover():
    result = scored({"A": (90,), "B": (80,)}, {"Cost": 100})
    assert result.crossovers == ()


def test_parallel_options_never_cross():
    assert crossover_weight(Fraction(50), Fraction(40), Fraction(30), Fraction(20)) is None


@given(single_scores, st.integers(1, 98), st.data())
def test_at_a_crossover_two_options_are_level_and_beyond_it_the_other_leads(
    rows: list[list[int]], cost: int, data: st.DataObject
):
    quality = data.draw(st.integers(0, 100 - cost))
    weights = {"Cost": cost, "Quality": quality, "Jobs": 100 - cost - quality}
    result = scored({f"option {place}": tuple(row) for place, row in enumerate(rows)}, weights)
    for cross in result.crossovers:
        place = list(weights).index(cross.criterion)
        lines = weight_lines(result, place, weights[cross.criterion])
        assert not isinstance(lines, NotApplicable)
        by_option = {line.option: line for line in lines}
        leader, other = by_option[result.first[0]], by_option[cross.option]
        assert leader.at(cross.weight) == other.at(cross.weight)
        step = Fraction(1, 10**6) if cross.is_above else -Fraction(1, 10**6)
        assert other.at(cross.weight + step) > leader.at(cross.weight + step)
    assert all(0 <= option.exact <= 100 for option in result.options)
