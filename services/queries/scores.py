"""Options of a business case scored on its criteria: what pages, charts, files and the API show (F-28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accounts.models import User
from core.rules.assessment import NotAssessable
from core.rules.rounding import round_to
from services.models import BusinessCase, CaseOption, Criterion, Score
from services.rules.mca import McaResult, score_options
from services.rules.mca_sensitivity import WeightLine, level_weights, weight_lines

PLACES = 2


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One option on one criterion: mean, spread between people and their number, and what it adds.

    The mean and the contribution have 2 decimals; None where nobody has scored it, or not all is scored.
    """

    criterion: Criterion
    mean: Decimal | None
    spread: int
    people: int
    contribution: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An option with its weighted score (2 decimals) and rank; None until everything is scored."""

    option: CaseOption
    name: str
    score: Decimal | None
    rank: int | None
    cells: tuple[ScoreCell, ...]


@dataclass(frozen=True, slots=True)
class ScorePage:
    """The criteria with their names, the options in the order of their ranks, and every score given."""

    case: BusinessCase
    criteria: tuple[Criterion, ...]
    names: tuple[str, ...]
    options: tuple[CaseOption, ...]
    rows: tuple[ScoreRow, ...]
    result: McaResult | NotAssessable
    scores: tuple[Score, ...]

    @property
    def sentence(self) -> str:
        """What it would take to change the first place, or what is missing."""
        return self.result.sentence() if isinstance(self.result, McaResult) else self.result.reason

    @property
    def people(self) -> tuple[User, ...]:
        """Everyone who has scored, by name."""
        found = {score.scored_by_id: score.scored_by for score in self.scores}
        return tuple(sorted(found.values(), key=lambda person: (person.name, person.pk)))


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """An option's score, with 2 decimals, at each weight of a criterion that is shown."""

    name: str
    scores: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How the scores move with the weight of one criterion: lines, and a table at telling weights.

    `weights` are 0, where the first place changes, the present weight and 100, ascending.
    """

    criterion: Criterion
    name: str
    lines: tuple[WeightLine, ...]
    changes: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]
    rows: tuple[SensitivityRow, ...]

    @property
    def shown_weights(self) -> tuple[Decimal, ...]:
        """The weights with 2 decimals."""
        return tuple(round_to(weight, PLACES) for weight in self.weights)


def score_page(case: BusinessCase) -> ScorePage:
    """Criteria, options and scores of a case. Three queries. Variants of an option are not scored apart."""
    criteria = tuple(case.criteria.order_by("order_index", "pk"))
    options = tuple(case.options.filter(variant_of=None).order_by("order_index", "pk"))
    scores = tuple(
        Score.objects.filter(criterion__business_case=case, option__in=options)
        .select_related("scored_by", "criterion", "option")
        .order_by(
            "scored_by__name", "scored_by", "criterion__order_index", "criterion", "option__order_index"
        )
    )
    given = _by_cell(scores)
    criterion_names = _distinct([(one.name, one.ref) for one in criteria])
    option_names = _distinct([(one.name, one.ref) for one in options])
    result = _result(criteria, options, criterion_names, option_names, given)
    return ScorePage(
        case=case,
        criteria=criteria,
        names=criterion_names,
        options=options,
        rows=_rows(criteria, options, option_names, given, result),
        result=result,
        scores=scores,
    )


def sensitivity(page: ScorePage, criterion: Criterion) -> Sensitivity | None:
    """How the scores move with the weight of one criterion; None where there is nothing to show."""
    if not isinstance(page.result, McaResult):
        return None
    place = page.criteria.index(criterion)
    lines = weight_lines(page.result, place, criterion.weight_percent)
    if not isinstance(lines, tuple):
        return None
    changes = level_weights(lines)
    weights = sorted({Fraction(0), Fraction(criterion.weight_percent), *changes, Fraction(100)})
    by_name = {line.option: line for line in lines}
    rows = tuple(
        SensitivityRow(row.name, tuple(round_to(by_name[row.name].at(weight), PLACES) for weight in weights))
        for row in page.rows
    )
    return Sensitivity(
        criterion=criterion,
        name=page.names[place],
        lines=tuple(by_name[row.name] for row in page.rows),
        changes=changes,
        weights=tuple(weights),
        rows=rows,
    )


def _by_cell(scores: Iterable[Score]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for score in scores:
        found.setdefault((score.criterion_id, score.option_id), []).append(score.score)
    return found


def _distinct(names: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names, with their references where two are the same."""
    plain = [name for name, _ in names]
    return tuple(name if plain.count(name) == 1 else f"{name} ({ref})" for name, ref in names)


def _result(
    criteria: Sequence[Criterion],
    options: Sequence[CaseOption],
    criterion_names: Sequence[str],
    option_names: Sequence[str],
    given: Mapping[tuple[int, int], Sequence[int]],
) -> McaResult | NotAssessable:
    if not criteria:
        return NotAssessable("No criteria are set yet")
    return score_options(
        {name: one.weight_percent for name, one in zip(criterion_names, criteria, strict=True)},
        {
            option_name: {
                name: given.get((criterion.pk, option.pk), ())
                for name, criterion in zip(criterion_names, criteria, strict=True)
            }
            for option_name, option in zip(option_names, options, strict=True)
        },
    )


def _rows(
    criteria: Sequence[Criterion],
    options: Sequence[CaseOption],
    option_names: Sequence[str],
    given: Mapping[tuple[int, int], Sequence[int]],
    result: McaResult | NotAssessable,
) -> tuple[ScoreRow, ...]:
    """The options, best first; those level keep their order."""
    ranked = {row.option: row for row in result.options} if isinstance(result, McaResult) else {}
    rows = []
    for option, name in zip(options, option_names, strict=True):
        found = ranked.get(name)
        cells = tuple(
            _cell(
                criterion,
                given.get((criterion.pk, option.pk), ()),
                found.parts[place].contribution if found else None,
            )
            for place, criterion in enumerate(criteria)
        )
        rows.append(
            ScoreRow(option, name, found.score if found else None, found.rank if found else None, cells)
        )
    return tuple(sorted(rows, key=lambda row: row.rank or 0))


def _cell(criterion: Criterion, scores: Sequence[int], contribution: Fraction | None) -> ScoreCell:
    if not scores:
        return ScoreCell(criterion, None, 0, 0, None)
    return ScoreCell(
        criterion,
        round_to(Fraction(sum(scores), len(scores)), PLACES),
        max(scores) - min(scores),
        len(scores),
        None if contribution is None else round_to(contribution, PLACES),
    )
