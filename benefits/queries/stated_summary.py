"""What the stated figures of a case without ledgers come to: yearly savings, cost, payback, position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.enums import StatedKind, StatedSection
from benefits.queries.stated import (
    YEARLY,
    Choice,
    StatedFigures,
    StatedPayback,
    StatedSaving,
    one_off_cost,
    yearly_saving,
)
from benefits.rules.equity import EquityRow
from benefits.rules.qualifier import Bound
from benefits.rules.stated_sums import StatedSum
from core.rules.assessment import NotApplicable, NotAssessable
from programme.models import Council

SEVERAL_SAVINGS = NotAssessable(
    "Yearly savings are stated for several times or in several ways, and which one the cost belongs to is not"
)
SEVERAL_COSTS = NotAssessable("One-off costs are stated in several ways, which may overlap")
NO_SAVING = NotAssessable("Annual net saving is not stated")


@dataclass(frozen=True, slots=True)
class YearlySaving:
    """A net saving a year that the source states: planned, achieved and so on, for one time."""

    kind: StatedKind
    period: str
    saving: StatedSaving


@dataclass(frozen=True, slots=True)
class StatedSummary:
    """Yearly savings in the order of the source; cost, payback, position and equity where they go together.

    `net_position` holds the end of each year of the horizon, the cost at the start and then the saving.
    """

    partners: tuple[Council, ...]
    savings: tuple[YearlySaving, ...]
    one_off: StatedSum | NotAssessable
    payback: StatedPayback
    net_position: tuple[int, ...] | NotAssessable
    equity: tuple[EquityRow, ...] | NotAssessable | NotApplicable


def stated_summary(stated: StatedFigures, *, horizon_years: int) -> StatedSummary:
    """What can be worked out without choosing between statements of the source. No query."""
    choices = _yearly_choices(stated)
    savings = tuple(YearlySaving(kind, period, stated.saving(choice)) for kind, period, choice in choices)
    cost = one_off_cost()
    if len(choices) != 1:
        missing = SEVERAL_SAVINGS if choices else NO_SAVING
        return StatedSummary(
            stated.partners,
            savings,
            SEVERAL_COSTS if _is_stated_severally(stated) else stated.total(cost),
            StatedPayback(missing, Bound.UNKNOWN),
            missing,
            missing,
        )
    saving = choices[0][2]
    position = stated.net_position(cost, saving, horizon_years)
    equity = stated.equity(saving, cost)
    return StatedSummary(
        stated.partners,
        savings,
        stated.total(cost),
        stated.payback(cost, saving),
        tuple(position) if isinstance(position, list) else position,
        tuple(equity) if isinstance(equity, list) else equity,
    )


def _is_stated_severally(stated: StatedFigures) -> bool:
    return sum(one_off_cost().takes(figure) for figure in stated.figures) > 1


def _yearly_choices(stated: StatedFigures) -> Sequence[tuple[StatedKind, str, Choice]]:
    """Each kind and time for which a counted yearly saving is stated, in the order of the source."""
    found = dict.fromkeys(
        (figure.stated_kind, figure.period_text)
        for figure in stated.figures
        if figure.section == StatedSection.SAVING
        and figure.counts_in_total
        and figure.recurrence in YEARLY
        and figure.stated_kind
    )
    return [
        (StatedKind(kind), period, yearly_saving(StatedKind(kind), period=period)) for kind, period in found
    ]
