"""The year end of several pools on one page: one part a pool, left empty where it is not to be run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms.fields import PlainTextField, PoundsField
from core.rules.money import format_pounds
from services.actions.true_up import DRIVER_LIMIT, TrueUpEntry
from services.actions.year_end import PoolYear
from services.forms.keys import DRIVERS, SOURCE_LIMIT, CouncilsForm
from services.models import ApportionmentKey
from services.queries.year_end import YearEndPool
from services.rules.true_up import DEFAULT_TOLERANCE_POINTS


class YearEndPoolForm(CouncilsForm):
    """What was shared and what was counted in one pool."""

    total = PoundsField(label="Amount of the year", noun="amount")
    driver = PlainTextField(
        label="What was counted",
        max_length=DRIVER_LIMIT,
        error_messages={"required": "Enter what was counted, for example claims"},
    )
    driver_source = PlainTextField(label="Source of the count", max_length=SOURCE_LIMIT, required=False)
    tolerance_pp = forms.DecimalField(
        label="Tolerance in percentage points",
        initial=DEFAULT_TOLERANCE_POINTS,
        error_messages={
            "required": "Enter the tolerance, for example 3.0",
            "invalid": "Enter the tolerance in numbers, for example 3.0",
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, data: Any = None, *, row: YearEndPool, fy: int) -> None:
        """Boxes for the councils of the pool's key; the amount is what was shared so far."""
        super().__init__(data, prefix=f"pool{row.pool.pk}", initial={"total": row.total_pence})
        self.row, self.fy = row, fy
        if len(row.shared_pence) > 1:
            shared = ", ".join(format_pounds(pence) for pence in row.shared_pence)
            self.fields["total"].help_text = f"Shared so far, one by one: {shared}"
        self.fields["tolerance_pp"].is_short = True  # type: ignore[attr-defined]
        self.add_councils(DRIVERS, [(council, "") for council in row.councils])

    @property
    def is_left_empty(self) -> bool:
        """Whether nothing was counted: the pool is then left for another day."""
        names = ["driver", *(name for name in self.fields if name.startswith(f"{DRIVERS}."))]
        return not any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in names)

    @property
    def is_left_aside(self) -> bool:
        """Whether something was entered for it, and nothing counted: what was entered is not kept."""
        sent = [name for name in self.changed_data if self.add_prefix(name) in self.data]
        return self.is_left_empty and bool(sent)

    def pool_year(self, key: ApportionmentKey) -> PoolYear:
        """What was entered, for the action."""
        data = self.cleaned_data
        entry = TrueUpEntry(
            fy=self.fy,
            total_pence=data["total"],
            driver=data["driver"],
            drivers=self.numbers(DRIVERS),
            tolerance_pp=data["tolerance_pp"],
            driver_source=data["driver_source"],
        )
        return PoolYear(key, entry, self.prefix or "")


def year_end_forms(rows: Sequence[YearEndPool], fy: int, data: Any = None) -> list[YearEndPoolForm]:
    """One form for each pool that waits for its true-up."""
    return [YearEndPoolForm(data, row=row, fy=fy) for row in rows]
