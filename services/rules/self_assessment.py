"""Means of what councils say of themselves, and the gaps between them (F-34)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.rules.assessment import NotAssessable
from core.rules.words import listed

GAP_FLAG = 2

Counts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One question: the mean of all answers, each council's own mean, and the widest gap between them.

    The gap is flagged from 2 points on, which is the product's default.
    """

    mean: Fraction | NotAssessable
    by_council: Mapping[str, Fraction | NotAssessable]
    gap: Fraction | NotAssessable
    is_flagged: bool


def mean_score(responses_by_score: Counts) -> Fraction | NotAssessable:
    """Sum of score times responses over the responses, exact (F-34); not assessable without a response."""
    responses = sum(responses_by_score.values())
    if responses == 0:
        return NotAssessable("Nobody has answered")
    return Fraction(sum(score * count for score, count in responses_by_score.items()), responses)


def dimension_result(by_council: Mapping[str, Counts]) -> DimensionResult:
    """Means and gap of one question from each council's number of responses by score (F-34).

    The gap is the highest council's mean less the lowest; not assessable until every council has answered.
    """
    means = {council: mean_score(counts) for council, counts in by_council.items()}
    together: dict[int, int] = {}
    for counts in by_council.values():
        for score, count in counts.items():
            together[score] = together.get(score, 0) + count
    gap = _gap(means)
    return DimensionResult(mean_score(together), means, gap, isinstance(gap, Fraction) and gap >= GAP_FLAG)


def _gap(means: Mapping[str, Fraction | NotAssessable]) -> Fraction | NotAssessable:
    missing = [council for council, mean in means.items() if isinstance(mean, NotAssessable)]
    if missing:
        return NotAssessable(f"{listed(missing)} not answered")
    known = [mean for mean in means.values() if isinstance(mean, Fraction)]
    if len(known) < 2:
        return NotAssessable("A gap needs at least two councils")
    return max(known) - min(known)
