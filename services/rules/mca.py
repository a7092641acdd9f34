"""Options scored on weighted criteria by one or several people (F-28).

Scores are whole numbers from 0 to 100, weights whole numbers that add up to 100. Where several people
score, their mean counts, exactly, and the spread between them is shown beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.assessment import NotAssessable
from core.rules.rounding import format_number, round_to
from core.rules.words import listed

FULL_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """An option's score on a criterion: mean of the people, what it adds to the total, and their spread."""

    criterion: str
    weight: int
    mean: Fraction
    contribution: Fraction
    spread: int
    people: int


@dataclass(frozen=True, slots=True)
class OptionScore:
    """An option's weighted score, exact and with 2 decimals, its rank (1, 2, 2, 4) and its parts."""

    option: str
    exact: Fraction
    score: Decimal
    rank: int
    parts: tuple[CriterionScore, ...]


@dataclass(frozen=True, slots=True)
class Crossover:
    """The weight at which another option overtakes the first, if all other weights keep their proportions."""

    criterion: str
    option: str
    weight: Fraction
    is_above: bool

    def in_words(self) -> str:
        """Cost weighs more than 53.49, as the middle of a sentence."""
        direction = "more" if self.is_above else "less"
        return f"{_inside_sentence(self.criterion)} weighs {direction} than {format_number(self.weight, 2)}"


@dataclass(frozen=True, slots=True)
class McaResult:
    """Options in the order given, and the nearest crossover of each criterion, above and below its weight."""

    options: tuple[OptionScore, ...]
    crossovers: tuple[Crossover, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """The option, or options, in first place."""
        return tuple(option.option for option in self.options if option.rank == 1)

    def sentence(self) -> str:
        """What it would take to change the first place."""
        if len(self.first) > 1:
            return f"{listed(self.first)} share first place, so any change of weight decides between them"
        if not self.crossovers:
            return "Ranking holds whatever one criterion weighs"
        conditions = " or ".join(
            f"{crossover.in_words()} ({crossover.option} comes first)" for crossover in self.crossovers
        )
        return f"Ranking holds unless {conditions}"


def check_mca_weights(weights: Sequence[int]) -> None:
    """Refuse weights that do not add up to exactly 100 (row 24)."""
    if sum(weights) != FULL_WEIGHT or any(weight < 0 for weight in weights):
        raise Refusal(
            f"Weights must add up to 100. They add up to {sum(weights)}", field="weight_percent", code="24"
        )


def check_mca_score(score: int | None, reason: str) -> None:
    """Refuse a score outside 0 to 100, and one without a reason (row 25)."""
    if score is None or not 0 <= score <= FULL_WEIGHT:
        raise Refusal("Score must be between 0 and 100", field="score", code="25")
    if not reason.strip():
        raise Refusal("Give a reason for the score", field="reason", code="25")


def score_options(
    weights: Mapping[str, int], scores: Mapping[str, Mapping[str, Sequence[int]]]
) -> McaResult | NotAssessable:
    """Weighted scores of options, ranks and crossovers (F-28).

    `weights` by criterion; `scores` by option, then criterion: one score a person. Refuses weights that do
    not add up to 100 (row 24). Not assessable where an option has no score on a criterion.
    """
    check_mca_weights(list(weights.values()))
    missing = [
        f"{option} on {criterion}"
        for option, given in scores.items()
        for criterion in weights
        if not given.get(criterion)
    ]
    if missing or not scores:
        return NotAssessable(f"Score {listed(missing)}" if missing else "No option is scored")
    parts = {option: _parts(weights, given) for option, given in scores.items()}
    totals = {option: sum(part.contribution for part in parts[option]) for option in scores}
    rows = tuple(
        OptionScore(
            option,
            Fraction(totals[option]),
            round_to(totals[option], 2),
            1 + sum(other > totals[option] for other in totals.values()),
            parts[option],
        )
        for option in scores
    )
    return McaResult(rows, _crossovers(weights, rows))


def crossover_weight(
    first_score: Fraction, first_rest: Fraction, other_score: Fraction, other_rest: Fraction
) -> Fraction | None:
    """Weight from 0 to 100 of one criterion at which two options are level; None where there is none (F-28).

    `…_score` is an option's score on that criterion, `…_rest` its weighted mean on all others.
    """
    slope = (first_score - first_rest) - (other_score - other_rest)
    if slope == 0:
        return None
    weight = (other_rest - first_rest) / slope * FULL_WEIGHT
    return weight if 0 <= weight <= FULL_WEIGHT else None


def _inside_sentence(name: str) -> str:
    """A name with a small first letter, unless it starts with an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _parts(weights: Mapping[str, int], given: Mapping[str, Sequence[int]]) -> tuple[CriterionScore, ...]:
    parts = []
    for criterion, weight in weights.items():
        people = given[criterion]
        mean = Fraction(sum(people), len(people))
        contribution = mean * weight / FULL_WEIGHT
        parts.append(
            CriterionScore(criterion, weight, mean, contribution, max(people) - min(people), len(people))
        )
    return tuple(parts)


def _crossovers(weights: Mapping[str, int], rows: Sequence[OptionScore]) -> tuple[Crossover, ...]:
    """Nearest crossovers of each criterion between the first option and any other; none if two share it."""
    first, *others = sorted(rows, key=lambda row: row.rank)
    if others and others[0].rank == 1:
        return ()
    found: list[Crossover] = []
    for criterion, weight in weights.items():
        levels = [(_level_at(first, other, criterion), other.option) for other in others]
        crossings = [Crossover(criterion, option, at, at > weight) for at, option in levels if at is not None]
        above = [crossing for crossing in crossings if crossing.is_above and crossing.weight < FULL_WEIGHT]
        below = [crossing for crossing in crossings if not crossing.is_above and crossing.weight > 0]
        found += [min(above, key=lambda crossing: crossing.weight)] if above else []
        found += [max(below, key=lambda crossing: crossing.weight)] if below else []
    return tuple(found)


def _level_at(first: OptionScore, other: OptionScore, criterion: str) -> Fraction | None:
    mine, theirs = _part(first, criterion), _part(other, criterion)
    my_rest, their_rest = _rest(first, mine), _rest(other, theirs)
    if my_rest is None or their_rest is None:
        return None
    return crossover_weight(mine.mean, my_rest, theirs.mean, their_rest)


def _part(option: OptionScore, criterion: str) -> CriterionScore:
    return next(part for part in option.parts if part.criterion == criterion)


def _rest(option: OptionScore, part: CriterionScore) -> Fraction | None:
    """Weighted mean of an option on all criteria but one; None where that one is the whole weight."""
    if part.weight == FULL_WEIGHT:
        return None
    return (option.exact - part.contribution) * FULL_WEIGHT / (FULL_WEIGHT - part.weight)
