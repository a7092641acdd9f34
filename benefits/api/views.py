"""Reads of the benefits floor."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from accounts.signed_in import person
from benefits.api.bulk_profile import ChangesBenefits
from benefits.api.file_views import TakesFiles
from benefits.api.life_views import LivesBenefits
from benefits.api.serializers import (
    ActualAmountSerializer,
    BenefitSerializer,
    ForecastAmountSerializer,
    LineSerializer,
    PlanAmountSerializer,
    StatedFigureSerializer,
)
from benefits.api.verify_many import VerifiesMany
from benefits.api.writes import WritesActuals, WritesBenefits, WritesForecasts
from benefits.models import ActualAmount, Benefit, ForecastAmount, Line, PlanAmount, StatedFigure
from benefits.querysets import BenefitQuerySet
from core.api.views import VisibleViewSet
from core.clock import today
from programme.api.views import OfProgrammeFilter


class BenefitFilter(OfProgrammeFilter):
    """Benefits of a programme, in one class or state."""

    class Meta:
        model = Benefit
        fields = ("programme", "benefit_class", "state")


class StatedFigureFilter(OfProgrammeFilter):
    """Figures of a programme, of one section or kind."""

    class Meta:
        model = StatedFigure
        fields = ("programme", "section", "stated_kind", "recurrence", "counts_in_total")


class EntryFilter(filters.FilterSet):
    """Ledger entries of a programme, a line, a council, a financial year."""

    programme = filters.CharFilter(field_name="line__programme__key")
    line = filters.CharFilter(field_name="line__ref")
    council = filters.CharFilter(field_name="council__key")
    fy = filters.NumberFilter(field_name="fy")


class PlanFilter(EntryFilter):
    """Plan entries, of one version."""

    plan_version = filters.NumberFilter(field_name="plan_version__number")


class BenefitViewSet(ChangesBenefits, WritesBenefits, LivesBenefits, VisibleViewSet):
    """Benefit profiles."""

    queryset = Benefit.objects.select_related(
        "programme__partnership", "owner", "sro", "service", "counted_in", "lesson", "source"
    ).prefetch_related("councils", "risks", "shares__council", "trajectory")
    serializer_class = BenefitSerializer
    filterset_class = BenefitFilter
    ordering_fields = ("order_index", "title", "starts_on", "review_on")

    def get_queryset(self) -> QuerySet[Benefit]:
        """Those that this person may see, each with whether the plan holds pounds for it."""
        return cast(BenefitQuerySet, super().get_queryset()).with_plan(today())


class LineViewSet(VisibleViewSet):
    """Money lines of benefits and costs."""

    queryset = Line.objects.select_related("programme", "benefit")
    serializer_class = LineSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("order_index", "ref")


class StatedFigureViewSet(VisibleViewSet):
    """Figures as their sources print them."""

    queryset = StatedFigure.objects.select_related("programme", "source").prefetch_related("councils")
    serializer_class = StatedFigureSerializer
    filterset_class = StatedFigureFilter
    ordering_fields = ("order_index", "amount_pence")


class EntryViewSet(VisibleViewSet):
    """Entries of one ledger; each ledger names its own rows."""

    filterset_class = EntryFilter
    ordering_fields = ("fy", "period", "amount_pence")

    def get_queryset(self) -> QuerySet[Any]:
        """Entries of the lines that this person may see."""
        return (
            super(VisibleViewSet, self)
            .get_queryset()
            .filter(line__in=Line.objects.visible_to(person(self.request)))
        )


class PlanAmountViewSet(EntryViewSet):
    """The plan ledger: every approved version."""

    queryset = PlanAmount.objects.select_related("line", "council", "plan_version", "source")
    serializer_class = PlanAmountSerializer
    filterset_class = PlanFilter


class ForecastAmountViewSet(WritesForecasts, EntryViewSet):
    """The forecast ledger: every snapshot."""

    queryset = ForecastAmount.objects.select_related("line", "council", "snapshot", "source")
    serializer_class = ForecastAmountSerializer


class ActualAmountViewSet(VerifiesMany, TakesFiles, WritesActuals, EntryViewSet):
    """The ledger of actual amounts, claimed and verified."""

    queryset = ActualAmount.objects.select_related(
        "line", "council", "verification", "reverses__verification", "entered_by", "source"
    )
    serializer_class = ActualAmountSerializer
