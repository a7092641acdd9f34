"""The vocabulary of benefits and ledgers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import User
from benefits.enums import ENDED, HandoverState, Outcome
from programme.querysets import OfProgrammeQuerySet, Row, readable

if TYPE_CHECKING:
    from benefits.models import (  # noqa: F401
        ActualAmount,
        Benefit,
        BenefitHandover,
        BenefitLink,
        BudgetLine,
        BudgetReduction,
        ClaimFile,
        CouncilPayment,
        DoubleCountAnswer,
        ForecastAmount,
        Fund,
        ImportJob,
        Line,
        MapStep,
        PeriodClose,
        PlanAmount,
        PlanProposal,
        RollUp,
        StatedFigure,
    )


class BenefitQuerySet(OfProgrammeQuerySet["Benefit"]):
    """Benefit profiles."""

    def open(self) -> Self:
        """Benefits that someone has still to answer for: neither closed nor given up."""
        return self.exclude(state__in=ENDED)

    def with_plan(self, as_of: date) -> Self:
        """The same, each with `has_plan`: whether the plan in effect on `as_of` holds pounds for it."""
        return self.annotate(has_plan=_is_planned(as_of))

    def planned(self, as_of: date) -> Self:
        """Those for which the plan in effect on `as_of` holds pounds."""
        return self.filter(_is_planned(as_of))


def _is_planned(as_of: date) -> Exists:
    versions: models.QuerySet[Any] = models.QuerySet(apps.get_model("programme", "PlanVersion"))
    current = versions.filter(programme=OuterRef(OuterRef("programme")), effective_on__lte=as_of)
    amounts: models.QuerySet[Any] = models.QuerySet(apps.get_model("benefits", "PlanAmount"))
    latest = Subquery(current.order_by("-number").values("pk")[:1])
    return Exists(amounts.filter(line__benefit=OuterRef("pk"), amount_pence__gt=0, plan_version=latest))


class OfBenefitQuerySet(OfProgrammeQuerySet[Row]):
    """Rows that belong to one benefit."""

    programme_path = "benefit__programme"


class HandoverQuerySet(OfBenefitQuerySet["BenefitHandover"]):
    """Benefits offered to another owner."""

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=HandoverState.OFFERED)


class MapStepQuerySet(OfProgrammeQuerySet["MapStep"]):
    """Changes and outcomes of the benefits map."""


class LinkQuerySet(OfProgrammeQuerySet["BenefitLink"]):
    """Arrows of the benefits map."""


class LineQuerySet(OfProgrammeQuerySet["Line"]):
    """Money lines."""

    def counted(self) -> Self:
        """Lines that add to totals: not those of a benefit counted in another (INV-18)."""
        return self.filter(Q(benefit__isnull=True) | Q(benefit__counted_in__isnull=True))


class StatedFigureQuerySet(OfProgrammeQuerySet["StatedFigure"]):
    """Figures stated in a source."""

    def counted(self) -> Self:
        """Figures that add to totals: no printed totals, and only amounts that are stated."""
        return self.filter(counts_in_total=True, amount_pence__isnull=False)


class PlanProposalQuerySet(OfProgrammeQuerySet["PlanProposal"]):
    """Proposed plans."""


class PlanAmountQuerySet(models.QuerySet["PlanAmount"]):
    """The plan ledger."""

    def counted(self) -> Self:
        """Amounts that add to totals (INV-18)."""
        return self.filter(Q(line__benefit__isnull=True) | Q(line__benefit__counted_in__isnull=True))


class ForecastAmountQuerySet(models.QuerySet["ForecastAmount"]):
    """The forecast ledger."""

    def counted(self) -> Self:
        """Amounts that add to totals (INV-18)."""
        return self.filter(Q(line__benefit__isnull=True) | Q(line__benefit__counted_in__isnull=True))

    def current(self, as_of: date) -> Self:
        """Amounts of the latest snapshot, up to `as_of`, that holds their line for their council.

        For each row the database walks the programme's snapshots from the latest back, and stops at the first
        that holds the line: both steps are index look-ups.
        """
        own = ForecastAmountQuerySet(self.model).filter(
            snapshot=OuterRef("pk"), line=OuterRef(OuterRef("line")), council=OuterRef(OuterRef("council"))
        )
        snapshots: models.QuerySet[Any] = models.QuerySet(
            apps.get_model("benefits", "ForecastSnapshot")
        ).filter(Exists(own), programme=OuterRef("snapshot__programme"), as_at_on__lte=as_of)
        latest = snapshots.order_by("-as_at_on", "-pk").values("pk")[:1]
        return self.annotate(latest_snapshot=Subquery(latest)).filter(snapshot=F("latest_snapshot"))


class ActualAmountQuerySet(models.QuerySet["ActualAmount"]):
    """The ledger of actual amounts."""

    def visible_to(self, user: User) -> Self:
        """Amounts of lines of the programmes that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "line__programme__partnership"))

    def counted(self) -> Self:
        """Amounts that add to totals (INV-18)."""
        return self.filter(Q(line__benefit__isnull=True) | Q(line__benefit__counted_in__isnull=True))

    def verified(self) -> Self:
        """Amounts that the council's section 151 officer verified, and reversals of such amounts."""
        return self.filter(
            Q(verification__outcome=Outcome.VERIFIED)
            | Q(verification__isnull=True, reverses__verification__outcome=Outcome.VERIFIED)
        )

    def claimed(self) -> Self:
        """Amounts claimed and not yet answered, and reversals of such amounts."""
        return self.filter(verification__isnull=True, reverses__verification__isnull=True)

    def waiting(self) -> Self:
        """Claims that nobody has answered and that were not taken back."""
        return self.filter(verification__isnull=True, reverses__isnull=True, reversed_by__isnull=True)

    def waiting_at(self, end: datetime) -> Self:
        """Claims made before `end` that by then nobody had answered and that were not taken back."""
        unanswered = Q(verification__isnull=True) | Q(verification__verified_at__gte=end)
        not_taken_back = Q(reversed_by__isnull=True) | Q(reversed_by__entered_at__gte=end)
        return self.filter(unanswered, not_taken_back, reverses__isnull=True, entered_at__lt=end)

    def standing(self) -> Self:
        """Amounts claimed or verified, and reversals of them: all but what was returned."""
        return self.exclude(verification__outcome=Outcome.RETURNED)


class DoubleCountAnswerQuerySet(OfProgrammeQuerySet["DoubleCountAnswer"]):
    """Answers to flags of double counting."""


class ClaimFileQuerySet(models.QuerySet["ClaimFile"]):
    """Evidence files of actual amounts."""

    def visible_to(self, user: User) -> Self:
        """Files of amounts of the programmes that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "actual__line__programme__partnership"))


class FundQuerySet(OfProgrammeQuerySet["Fund"]):
    """Funds."""


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    """Budget lines of councils."""

    def visible_to(self, user: User) -> Self:
        """Budget lines of the councils of partnerships that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "council__memberships__partnership")).distinct()


class BudgetReductionQuerySet(models.QuerySet["BudgetReduction"]):
    """Reductions of budgets."""

    def visible_to(self, user: User) -> Self:
        """Reductions for lines of the programmes that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "line__programme__partnership"))

    def standing(self) -> Self:
        """Reductions that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def standing_at(self, end: datetime) -> Self:
        """Reductions entered before `end` and not withdrawn by then."""
        return self.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end), entered_at__lt=end)


class ImportJobQuerySet(OfProgrammeQuerySet["ImportJob"]):
    """Large files of amounts."""

    def open(self) -> Self:
        """Those of which something is still to be done."""
        return self.filter(ended_at__isnull=True)

    def of(self, user: User) -> Self:
        """Those that a person sent, of programmes that they may still read."""
        return self.visible_to(user).filter(created_by=user)


class RollUpQuerySet(models.QuerySet["RollUp"]):
    """Stored sums of programmes."""

    def on(self, day: date) -> Self:
        """Of each programme the sums that hold on `day`."""
        later = RollUpQuerySet(self.model).filter(
            programme=OuterRef("programme"), from_on__gt=OuterRef("from_on"), from_on__lte=day
        )
        return self.filter(~Exists(later), from_on__lte=day)

    def marked(self) -> Self:
        """Sums of programmes for which something was written since they were stored."""
        changes: models.QuerySet[Any] = models.QuerySet(apps.get_model("benefits", "LedgerChange"))
        return self.filter(Exists(changes.filter(programme=OuterRef("programme"))))


class PeriodCloseQuerySet(models.QuerySet["PeriodClose"]):
    """Months that councils have closed."""

    def visible_to(self, user: User) -> Self:
        """Closed months of the councils of partnerships that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "council__memberships__partnership")).distinct()


class CouncilPaymentQuerySet(OfProgrammeQuerySet["CouncilPayment"]):
    """Payments of compensation."""

    programme_path = "compensation__business_case__programme"
