"""Risks by score, and lessons."""

from __future__ import annotations

from dataclasses import dataclass

from programme.models import Lesson, Programme, Risk
from programme.rules.rag import Rating, rate_risk


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk with its score and rating; both None where its source gives no scores."""

    risk: Risk
    score: int | None
    rating: Rating | None


def risk_rows(programme: Programme) -> list[RiskRow]:
    """Risks of the programme, the highest score first, those without a score last. One query."""
    rows = [_row(risk) for risk in programme.risks.select_related("owner", "source")]
    return sorted(rows, key=lambda row: (-(row.score or 0), row.risk.order_index))


def lessons_of(programme: Programme) -> list[Lesson]:
    """What was learnt, in order. One query."""
    return list(programme.lessons.select_related("source"))


def _row(risk: Risk) -> RiskRow:
    score = risk.score
    return RiskRow(risk, score, None if score is None else rate_risk(score))
