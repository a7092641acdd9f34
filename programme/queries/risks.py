"""The registers of a programme: each entry with its score and rating, the heat map, and lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from core.publication import Shown, shown
from programme.enums import RaidRegister
from programme.models import Lesson, Programme, Risk, RiskImpact
from programme.policies import Powers
from programme.rules.rag import Rating, RatingWord, Thresholds, rate_risk
from programme.rules.raid import HIGHEST, is_review_due


@dataclass(frozen=True, slots=True)
class RiskRow:
    """An entry with its score and rating; both None for an issue, and where its source gives no scores."""

    risk: Risk
    score: int | None
    rating: Rating | None
    impacts: tuple[RiskImpact, ...] = ()
    is_review_due: bool = False
    can_change: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.risk.closed_on is not None

    @property
    def is_issue(self) -> bool:
        """Whether it has happened, so that it has an impact and no score."""
        return self.risk.register == RaidRegister.ISSUE

    @property
    def response(self) -> Shown:
        """What is done about it, or the sentence that this is withheld."""
        return shown(self.risk, self.risk.response)

    @property
    def closed_because(self) -> Shown:
        """Why it is closed, or the sentence that this is withheld."""
        return shown(self.risk, self.risk.closed_because)

    @property
    def impact_words(self) -> str:
        """What it means for single councils, for one cell: Carrick 5: its records are oldest; Brockvale 2."""
        return "; ".join(_impact_words(one, self.risk) for one in self.impacts)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many entries have one likelihood and one impact, and how those are rated."""

    likelihood: int
    impact: int
    count: int
    word: RatingWord


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The cells of one likelihood, by impact from 1 to 5."""

    likelihood: int
    cells: tuple[HeatCell, ...]


def with_relations(risks: QuerySet[Risk]) -> QuerySet[Risk]:
    """Entries with all that a row shows, in two queries."""
    impacts = RiskImpact.objects.select_related("council").order_by("council__name")
    return risks.select_related("programme__partnership", "owner", "source").prefetch_related(
        Prefetch("impacts", impacts)
    )


def risk_rows(programme: Programme, *, as_of: date, powers: Powers | None = None) -> list[RiskRow]:
    """All entries of the programme: the highest score first, then issues by impact, then the rest.

    Two queries.
    """
    return rows_by_score(programme.risks.all(), as_of=as_of, powers=powers)


def rows_by_score(risks: QuerySet[Risk], *, as_of: date, powers: Powers | None = None) -> list[RiskRow]:
    """The same of any entries. Two queries."""
    rows = [risk_row(risk, as_of=as_of, powers=powers) for risk in with_relations(risks)]
    return sorted(rows, key=_place)


def risk_row(risk: Risk, *, as_of: date, powers: Powers | None = None) -> RiskRow:
    """Where one entry read `with_relations` stands."""
    score = risk.score
    return RiskRow(
        risk,
        score,
        None if score is None else rate_risk(score, thresholds=risk.programme.thresholds),
        tuple(risk.impacts.all()),
        is_review_due(risk.review_on, risk.closed_on, as_of),
        powers is not None and powers.may_change_risk(risk),
    )


def heat_map(rows: Iterable[RiskRow], thresholds: Thresholds) -> list[HeatRow]:
    """How many of a programme's rows with a score stand where, the highest likelihood first."""
    counts = Counter((row.risk.likelihood, row.risk.impact) for row in rows if row.score is not None)
    scale = range(1, HIGHEST + 1)
    return [
        HeatRow(
            likelihood,
            tuple(
                HeatCell(
                    likelihood,
                    impact,
                    counts[likelihood, impact],
                    rate_risk(likelihood * impact, thresholds=thresholds).word,
                )
                for impact in scale
            ),
        )
        for likelihood in reversed(scale)
    ]


def lessons_of(programme: Programme) -> list[Lesson]:
    """What was learnt, in order. One query."""
    return list(programme.lessons.select_related("source"))


def _place(row: RiskRow) -> tuple[int, int, int]:
    unscored_impact = 0 if row.score else -(row.risk.impact or 0)
    return -(row.score or 0), unscored_impact, row.risk.order_index


def _impact_words(one: RiskImpact, risk: Risk) -> str:
    number = f" {one.impact}" if one.impact else ""
    text = "withheld" if one.text and risk.is_withheld else one.text
    return f"{one.council}{number}{': ' if text else ''}{text}"
