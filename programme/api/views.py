"""Reads of the programme floor, and the update of a milestone."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.planning.moved_together import update_and_move
from programme.api.change_views import ChangesMembers, RecordsSuccession, ShowsLeaving, StartsProgrammes
from programme.api.knock_on import KnockOnAskedSerializer, KnockOnSerializer, knock_on_data, sent_moves
from programme.api.overview import ShowsOverview
from programme.api.planning.milestones import PlansMilestones
from programme.api.planning.parts import PlansPhases
from programme.api.planning.templates import StartsFromTemplates
from programme.api.rag_limits import SetsRagLimits
from programme.api.ratings import ShowsRatings
from programme.api.serializers import (
    CouncilSerializer,
    MilestoneAndMovesSerializer,
    MilestoneSerializer,
    PartnershipSerializer,
    PhaseSerializer,
    ProgrammeSerializer,
)
from programme.api.updating.bulk import UpdatesMilestones
from programme.api.updating.bulk_change import ChangesManyMilestones
from programme.api.updating.comments import TakesComments
from programme.api.updating.every_change import ShowsChanges
from programme.models import (
    Council,
    CouncilFigure,
    CouncilSuccessor,
    Membership,
    Milestone,
    Partnership,
    Phase,
    Programme,
)
from programme.queries.knock_on import knock_on_of


class MilestoneFilter(filters.FilterSet):
    """Milestones of a programme, a phase, an owner; due by a day; achieved or not."""

    programme = filters.CharFilter(field_name="programme__key")
    phase = filters.CharFilter(field_name="phase__ref")
    owner = filters.CharFilter(field_name="owner__email", lookup_expr="iexact")
    due_by = filters.DateFilter(field_name="forecast_last_on", lookup_expr="lte")
    is_achieved = filters.BooleanFilter(field_name="actual_last_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Milestone
        fields = ("programme", "phase", "owner", "due_by", "is_achieved", "is_critical", "kind")


class OfProgrammeFilter(filters.FilterSet):
    """Rows of one programme."""

    programme = filters.CharFilter(field_name="programme__key")


class PartnershipFilter(filters.FilterSet):
    """Programmes of one partnership, or in one state."""

    partnership = filters.CharFilter(field_name="partnership__key")

    class Meta:
        model = Programme
        fields = ("partnership", "state")


class CouncilViewSet(RecordsSuccession, VisibleViewSet):
    """Councils, with their dated figures."""

    queryset = Council.objects.prefetch_related(
        Prefetch("figures", CouncilFigure.objects.select_related("source")),
        Prefetch("successors", CouncilSuccessor.objects.select_related("successor")),
    )
    serializer_class = CouncilSerializer
    lookup_field = "key"
    filterset_fields = ("type",)
    ordering_fields = ("name", "key")


class PartnershipViewSet(ChangesMembers, ShowsLeaving, VisibleViewSet):
    """Partnerships, with their councils in fixed order."""

    queryset = Partnership.objects.prefetch_related(
        Prefetch("memberships", Membership.objects.select_related("council")), "programmes"
    )
    serializer_class = PartnershipSerializer
    lookup_field = "key"
    filterset_fields = ("model",)
    ordering_fields = ("name", "key")


class ProgrammeViewSet(
    StartsProgrammes, StartsFromTemplates, SetsRagLimits, ShowsRatings, ShowsOverview, VisibleViewSet
):
    """Programmes."""

    queryset = Programme.objects.select_related("partnership")
    serializer_class = ProgrammeSerializer
    lookup_field = "key"
    filterset_class = PartnershipFilter
    ordering_fields = ("name", "key")


class PhaseViewSet(PlansPhases, VisibleViewSet):
    """Phases of programmes."""

    queryset = Phase.objects.select_related("programme")
    serializer_class = PhaseSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("order_index", "start_first_on", "due_last_on")


class MilestoneViewSet(
    PlansMilestones, UpdatesMilestones, ChangesManyMilestones, ShowsChanges, TakesComments, VisibleViewSet
):
    """Milestones: plan, forecast and actual dates."""

    queryset = Milestone.objects.select_related("programme", "phase", "tranche", "owner").prefetch_related(
        "councils"
    )
    serializer_class = MilestoneSerializer
    filterset_class = MilestoneFilter
    ordering_fields = ("order_index", "plan_last_on", "forecast_last_on", "actual_last_on")

    @extend_schema(
        request=MilestoneAndMovesSerializer,
        responses={200: MilestoneSerializer, **PROBLEMS, **CONFLICT},
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record a forecast date, an achieved date with its evidence, or a note; what is left out stays.

        Answers 409 when someone changed the milestone after the `version` that you read.
        """
        milestone = self.get_object()
        changes = read_sent(MilestoneAndMovesSerializer, request)
        saved, _ = update_and_move(
            milestone,
            by=person(request),
            seen_version=changes.pop("version"),
            moves=sent_moves(milestone.programme, changes.pop("move_too", ())),
            channel=Channel.API,
            **changes,
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(
        parameters=[KnockOnAskedSerializer],
        responses={200: KnockOnSerializer, **PROBLEMS},
        filters=False,
    )
    @action(detail=True, methods=["get"], url_path="knock-on", pagination_class=None)
    def knock_on(self, request: Request, **kwargs: Any) -> Response:
        """What another forecast date moves: milestones, savings and the critical path; nothing is saved."""
        milestone: Milestone = self.get_object()
        asked = KnockOnAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(knock_on_data(knock_on_of(milestone, asked.validated_data["forecast_on"])))
