"""The key figures of a case: its preferred option, jointly and for each council."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.models import CaseOption
from services.queries.appraisal import CaseAppraisal, Missing, OptionAppraisal
from services.rules.option_result import Measures


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Measures of all councils together or of one, or why there are none."""

    name: str
    measures: Measures | None
    missing: Missing | None

    @property
    def bcr(self) -> str:
        """Benefit-cost ratio with 2 decimals; [z] where there is no cost."""
        ratio = self.measures.bcr if self.measures else None
        return str(ratio) if isinstance(ratio, Decimal) else "[z]"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The option that the figures are of, and a row for all councils and one for each."""

    option: CaseOption
    rows: tuple[FigureRow, ...]
    problems: tuple[str, ...]


def key_figures(appraisal: CaseAppraisal) -> KeyFigures | None:
    """Figures of the preferred option, else of the first beside business as usual; None without either."""
    chosen = appraisal.preferred
    if chosen is None:
        return None
    scopes: list[tuple[str, int | None]] = [("All councils", None)]
    scopes += [(str(council), place) for place, council in enumerate(appraisal.councils)]
    rows = tuple(_row(chosen, name, scope) for name, scope in scopes)
    problems = tuple(dict.fromkeys(row.missing.reason for row in rows if row.missing is not None))
    return KeyFigures(chosen.option, rows, problems)


def _row(option: OptionAppraisal, name: str, scope: int | None) -> FigureRow:
    measures = option.measures(scope)
    if isinstance(measures, Measures):
        return FigureRow(name, measures, None)
    return FigureRow(name, None, measures)
