"""Year-end re-split on what was really done (F-23, INV-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.apportionment import Weight, prepare_key
from core.rules.calendar import format_date, format_fy, fy_end, fy_start
from services.enums import TrueUpResult

DEFAULT_TOLERANCE_POINTS = Decimal("3.0")


@dataclass(frozen=True, slots=True)
class TrueUpOutcome:
    """Exact shares in percent, estimated and actual, council by council, and what follows from them.

    Amounts in pence: what each council was charged, what it should bear, and what it still owes (positive)
    or gets back (negative); the last sum to 0.
    """

    result: TrueUpResult
    estimated_percent: tuple[Fraction, ...]
    actual_percent: tuple[Fraction, ...]
    charged_pence: tuple[int, ...]
    final_pence: tuple[int, ...]

    @property
    def difference_points(self) -> tuple[Fraction, ...]:
        """Actual less estimated share of each council, in percentage points."""
        return tuple(
            actual - estimated
            for actual, estimated in zip(self.actual_percent, self.estimated_percent, strict=True)
        )

    @property
    def settlement_pence(self) -> tuple[int, ...]:
        """What each council still owes, or gets back; sums to 0."""
        return tuple(
            final - charged for final, charged in zip(self.final_pence, self.charged_pence, strict=True)
        )


def is_year_over(fy: int, as_of: date) -> bool:
    """Whether a financial year has ended, so that what was done in it can be counted in full."""
    return as_of > fy_end(fy)


def check_year_over(fy: int, as_of: date) -> None:
    """Refuse the true-up of a year that is not over."""
    if not is_year_over(fy, as_of):
        first = format_date(fy_start(fy + 1))
        raise Refusal(f"{format_fy(fy)} is not over. Run its true-up from {first}", "fy")


def true_up(
    total_pence: int,
    estimated_weights: Sequence[Weight],
    actual_drivers: Sequence[Weight],
    *,
    tolerance_points: Weight = DEFAULT_TOLERANCE_POINTS,
    charged_pence: Sequence[int] | None = None,
    names: Sequence[str] | None = None,
) -> TrueUpOutcome:
    """Keep the estimate where no council's share moved by more than the tolerance, else adopt the actual.

    What each council was charged is the estimated split of the total, unless it is given: several amounts
    that were shared one by one can differ from it by pennies. The tolerance is in percentage points, compared
    exactly (F-23); 3.0 is the product's default. Refuses weights as `prepare_key` does (rows 18 and 19).
    """
    estimate, actual = prepare_key(estimated_weights, names), prepare_key(actual_drivers, names)
    estimated_percent = tuple(Fraction(weight * 100, estimate.whole) for weight in estimate.weights)
    actual_percent = tuple(Fraction(weight * 100, actual.whole) for weight in actual.weights)
    is_kept = all(
        abs(now - before) <= tolerance_points
        for now, before in zip(actual_percent, estimated_percent, strict=True)
    )
    charged = tuple(estimate.split(total_pence) if charged_pence is None else charged_pence)
    return TrueUpOutcome(
        TrueUpResult.KEEP if is_kept else TrueUpResult.ADOPT,
        estimated_percent,
        actual_percent,
        charged,
        charged if is_kept else tuple(actual.split(total_pence)),
    )
