"""Scores of options as files: the ranking, every score with its reason, and how one weight moves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.exports.tables import Column, Format, Table
from core.rules.rounding import round_to
from services.models import Score
from services.queries.scores import PLACES, ScoreCell, ScorePage, ScoreRow, Sensitivity
from services.rules.mca_sensitivity import WeightLine


@dataclass(frozen=True, slots=True)
class RankingRow:
    """An option and one criterion."""

    row: ScoreRow
    name: str
    cell: ScoreCell


@dataclass(frozen=True, slots=True)
class WeightRow:
    """An option's score at one weight of the criterion shown."""

    line: WeightLine
    criterion: str
    weight: Fraction


def ranking_table(page: ScorePage) -> Table[RankingRow]:
    """A row for each option and criterion, best option first."""
    return Table("ranking", "Options ranked by their weighted scores", _RANKING, list(_ranking(page)))


def scores_table(page: ScorePage) -> Table[Score]:
    """A row for each score that a person gave, with the reason."""
    names = dict(zip([one.pk for one in page.criteria], page.names, strict=True))
    columns: list[Column[Score]] = [
        Column("Person", lambda score: str(score.scored_by)),
        Column("Criterion", lambda score: names[score.criterion_id]),
        Column("Option", lambda score: {one.pk: one.name for one in page.options}[score.option_id]),
        Column("Score", lambda score: score.score, Format.NUMBER),
        Column("Reason", lambda score: score.reason),
    ]
    return Table("scores", "Every score with its reason", columns, list(page.scores))


def weight_table(shown: Sensitivity) -> Table[WeightRow]:
    """A row for each option and telling weight of one criterion."""
    rows = [WeightRow(line, shown.name, weight) for line in shown.lines for weight in shown.weights]
    return Table("weight", f"Scores as the weight of {shown.name} changes", _WEIGHTS, rows)


def _ranking(page: ScorePage) -> Iterator[RankingRow]:
    for row in page.rows:
        for name, cell in zip(page.names, row.cells, strict=True):
            yield RankingRow(row, name, cell)


_RANKING: list[Column[RankingRow]] = [
    Column("Rank", lambda one: one.row.rank, Format.NUMBER),
    Column("Option", lambda one: one.row.name),
    Column("Weighted score", lambda one: one.row.score, Format.NUMBER),
    Column("Criterion", lambda one: one.name),
    Column("Weight", lambda one: one.cell.criterion.weight_percent, Format.NUMBER),
    Column("Mean score", lambda one: one.cell.mean, Format.NUMBER),
    Column("Adds", lambda one: one.cell.contribution, Format.NUMBER),
    Column("Spread in points", lambda one: one.cell.spread if one.cell.people else None, Format.NUMBER),
    Column("People", lambda one: one.cell.people, Format.NUMBER),
]
_WEIGHTS: list[Column[WeightRow]] = [
    Column("Option", lambda one: one.line.option),
    Column("Criterion", lambda one: one.criterion),
    Column("Weight", lambda one: round_to(one.weight, PLACES), Format.NUMBER),
    Column("Weighted score", lambda one: round_to(one.line.at(one.weight), PLACES), Format.NUMBER),
]
