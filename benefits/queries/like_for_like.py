"""Programme totals of all partners beside those of councils that were partners throughout (INV-43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis, Measure
from benefits.queries.by_year import NOT_BEGUN
from benefits.queries.figures import Figure
from benefits.queries.scope import Scope
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_date, fy_start
from core.rules.words import listed
from programme.rules.like_for_like import ComparableTotals, comparable_totals, founders_from_the_start

BASES = (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST, Basis.VERIFIED)
MEASURES = (Measure.GROSS, Measure.NET)
NOBODY = NotApplicable("No council was a partner on every day of these years")


@dataclass(frozen=True, slots=True)
class ComparedYear:
    """One measure on one basis in one financial year, or in all where `fy` is None: both totals."""

    measure: Measure
    basis: Basis
    fy: int | None
    all_partners: Figure
    like_for_like: Figure


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Both totals of the years shown, the councils like for like, and a sentence that says who is not."""

    councils: tuple[str, ...]
    sentence: str
    years: tuple[ComparedYear, ...]

    def at(self, measure: Measure, basis: Basis, fy: int | None) -> ComparedYear | None:
        """Both totals of one year, or of all; None where no line counts in the measure."""
        return next(
            (row for row in self.years if (row.measure, row.basis, row.fy) == (measure, basis, fy)), None
        )


def like_for_like(scope: Scope) -> LikeForLike | None:
    """Both totals, where a partner joined late or left within the years shown; else None. No queries."""
    fys, days = scope.chosen_fys, founders_from_the_start(scope.ledgers.partner_days)
    if scope.choice.council or not fys:
        return None
    names = [council.name for council in scope.councils]
    days |= {name: (date.max, None) for name in names if name not in days}
    throughout = comparable_totals({name: {} for name in names}, days, fys[0], fys[-1]).councils
    others = [name for name in names if name not in throughout]
    if not others:
        return None
    rows = [
        row
        for measure in MEASURES
        if measure in scope.measures
        for basis in BASES
        for row in _rows(scope, measure, basis, days)
    ]
    changes = [
        scope.ledgers.successions.get(name) or _change(*days.get(name, (None, None))) for name in others
    ]
    said = listed([f"{name} {change}" for name, change in zip(others, changes, strict=True)])
    return LikeForLike(throughout, _sentence(throughout, said), tuple(rows))


def _rows(
    scope: Scope, measure: Measure, basis: Basis, days: Mapping[str, tuple[date | None, date | None]]
) -> list[ComparedYear]:
    fys = scope.chosen_fys
    figures: dict[str, dict[int, Figure]] = {
        council.name: {fy: getattr(scope.figures(measure, council, fy), basis.value) for fy in fys}
        for council in scope.councils
    }
    missing = [
        figure for years in figures.values() for figure in years.values() if isinstance(figure, NotAssessable)
    ]
    if missing:
        return [ComparedYear(measure, basis, fy, missing[0], missing[0]) for fy in (*fys, None)]
    known = {
        name: {fy: figure for fy, figure in years.items() if isinstance(figure, int)}
        for name, years in figures.items()
    }
    totals = comparable_totals(known, days, fys[0], fys[-1])
    return [
        *(_year(scope, measure, basis, fy, totals) for fy in fys),
        ComparedYear(
            measure,
            basis,
            None,
            sum(totals.all_partners_pence.values()),
            sum(totals.like_for_like_pence.values()) if totals.councils else NOBODY,
        ),
    ]


def _year(scope: Scope, measure: Measure, basis: Basis, fy: int, totals: ComparableTotals) -> ComparedYear:
    has_begun = basis != Basis.VERIFIED or (scope.cut_off is not None and fy_start(fy) <= scope.cut_off)
    if not has_begun:
        return ComparedYear(measure, basis, fy, NOT_BEGUN, NOT_BEGUN)
    compared = totals.like_for_like_pence[fy] if totals.councils else NOBODY
    return ComparedYear(measure, basis, fy, totals.all_partners_pence[fy], compared)


def _sentence(throughout: Sequence[str], changes: str) -> str:
    """Carrick joined on 1 July 2027. Like for like leaves it out and counts Ashmere and Brockvale."""
    said = f"{changes}."
    if not throughout:
        return f"{said} {NOBODY.reason}, so there is nothing to compare like for like."
    were = "was a partner" if len(throughout) == 1 else "were partners"
    return (
        f"{said} Like for like counts only {listed(list(throughout))}, which {were} throughout these years."
    )


def _change(joined_on: date | None, left_on: date | None) -> str:
    parts = []
    if joined_on is not None:
        parts.append(f"joined on {format_date(joined_on)}")
    if left_on is not None:
        parts.append(f"left on {format_date(left_on)}")
    return " and ".join(parts)
