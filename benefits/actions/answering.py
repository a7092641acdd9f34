"""What answers to claims are checked against: read once behind the locks, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import RoleHeld, User
from benefits.enums import Outcome
from benefits.models import ActualAmount, BudgetReduction, Verification
from benefits.policies import check_verify, deputy_role, signs_for
from benefits.rules.budgets import check_reduction_recorded
from core.clock import london_date
from core.errors import Refusal
from programme.models import Council
from services.enums import LineKind

Budgeted = tuple[int, int, int]  # line, council, financial year


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers and for whom, what was answered or taken back already, and which budgets were reduced."""

    by: User
    moment: datetime
    signs: frozenset[int]
    answers: Mapping[int, Verification]
    taken_back: frozenset[int]
    reduced: frozenset[Budgeted]
    deputies: Mapping[int, RoleHeld | None]

    @property
    def day(self) -> date:
        """The day of the answer, in London."""
        return london_date(self.moment)

    def check(self, actual: ActualAmount, outcome: Outcome) -> None:
        """Refuse an answer as rows 37 to 39 do, and one to a claim that is not open any more."""
        check_verify(self.by, actual, as_of=self.day, signs=self.signs)
        self._check_open(actual)
        if outcome == Outcome.VERIFIED:
            check_reduction_recorded(
                is_cashable=actual.line.kind == LineKind.CASHABLE_SAVING,
                pence=actual.amount_pence,
                has_reduction=(actual.line_id, actual.council_id, actual.fy) in self.reduced,
            )

    def answer(self, actual: ActualAmount, outcome: Outcome, reason: str = "") -> Verification:
        """The answer that was checked, not yet stored."""
        return Verification(
            actual=actual,
            outcome=outcome,
            reason=reason,
            verified_by=self.by,
            verified_at=self.moment,
            deputy_role=self.deputies[actual.council_id],
        )

    def _check_open(self, actual: ActualAmount) -> None:
        answer = self.answers.get(actual.pk)
        if answer is not None:
            word = answer.get_outcome_display().lower()
            raise Refusal(f"{answer.signature} has already {word} this amount")
        if actual.reverses_id is not None:
            raise Refusal("A reversal needs no verification: it counts as the amount it reverses does")
        if actual.pk in self.taken_back:
            raise already_reversed()


def read_answering(actuals: Sequence[ActualAmount], *, by: User, moment: datetime) -> Answering:
    """What answers to locked claims are checked against; locks the reductions that they rest on (INV-21).

    Five queries, and two at most for each council.
    """
    keys, day = {actual.pk for actual in actuals}, london_date(moment)
    answers = Verification.objects.filter(actual__in=keys).select_related("verified_by", "actual__council")
    reversals = ActualAmount.objects.filter(reverses__in=keys)
    signs, councils = signs_for(by, as_of=day), {actual.council_id: actual.council for actual in actuals}
    return Answering(
        by,
        moment,
        signs,
        {answer.actual_id: answer for answer in answers},
        frozenset(key for key in reversals.values_list("reverses", flat=True) if key is not None),
        _locked_reductions(actuals),
        _deputies([one for key, one in councils.items() if key in signs], by, day),
    )


def already_reversed() -> Refusal:
    """The refusal of an amount that was taken back."""
    return Refusal("This amount has already been reversed")


def _locked_reductions(actuals: Collection[ActualAmount]) -> frozenset[Budgeted]:
    """Which of these are reduced, in one order, so that two who verify cannot wait for each other."""
    rows = BudgetReduction.objects.standing().filter(
        line__in={actual.line_id for actual in actuals},
        budget_line__council__in={actual.council_id for actual in actuals},
        budget_line__fy__in={actual.fy for actual in actuals},
    )
    locked = rows.select_related("budget_line").select_for_update(of=("self",)).order_by("pk")
    return frozenset((row.line_id, row.budget_line.council_id, row.budget_line.fy) for row in locked)


def _deputies(councils: Collection[Council], by: User, day: date) -> dict[int, RoleHeld | None]:
    return {council.pk: deputy_role(by, council, as_of=day) for council in councils}
