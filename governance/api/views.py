"""Reads of the governance floor."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters

from core.api.views import VisibleViewSet
from governance.api.decision_steps import TakesDecisionsFurther
from governance.api.meetings import WritesBodies
from governance.api.serializers import BodySerializer, DecisionSerializer
from governance.models import Body, BodySeat, CouncilDecision, Decision
from programme.api.views import OfProgrammeFilter


class DecisionFilter(OfProgrammeFilter):
    """Decisions of a programme, in one state, or waiting for one council."""

    waiting_for = filters.CharFilter(method="of_waiting")

    class Meta:
        model = Decision
        fields = ("programme", "state", "waiting_for")

    def of_waiting(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        """Decisions that the council with this key has still to take."""
        open_ones = CouncilDecision.objects.awaited().filter(council__key=value)
        return rows.filter(pk__in=open_ones.values("decision"))


class BodyFilter(filters.FilterSet):
    """Bodies of one partnership, or of one council."""

    partnership = filters.CharFilter(field_name="partnership__key")
    council = filters.CharFilter(field_name="council__key")


class BodyViewSet(WritesBodies, VisibleViewSet):
    """Bodies with their seats."""

    queryset = Body.objects.select_related("partnership", "council").prefetch_related(
        Prefetch("composition", BodySeat.objects.select_related("council"))
    )
    serializer_class = BodySerializer
    filterset_class = BodyFilter
    ordering_fields = ("order_index", "name")


class DecisionViewSet(TakesDecisionsFurther, VisibleViewSet):
    """Decisions, each with every council's own decision."""

    queryset = Decision.objects.select_related("programme", "plan_version").prefetch_related(
        Prefetch("council_decisions", CouncilDecision.objects.select_related("council", "element"))
    )
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    ordering_fields = ("order_index", "recommended_on", "meeting_on")
