"""What waits for what in the API."""

from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from programme.actions.milestone_dependency import add_dependency, change_lag, remove_dependency
from programme.models import Milestone, MilestoneDependency, Programme
from programme.views.context import visible_programme


class MilestoneDependencySerializer(serializers.ModelSerializer[MilestoneDependency]):
    """`milestone` waits for `waits_for`: it comes no earlier than `lag_days` working days after it."""

    programme = serializers.CharField(source="successor.programme.key", read_only=True)
    milestone = serializers.CharField(source="successor.ref", read_only=True)
    waits_for = serializers.CharField(source="predecessor.ref", read_only=True)

    class Meta:
        model = MilestoneDependency
        fields = ("id", "programme", "milestone", "waits_for", "lag_days", "version")


class MilestoneDependencyInputSerializer(serializers.Serializer[Any]):
    """A new dependency between two milestones, by reference, of the programme with this key."""

    programme = serializers.CharField()
    milestone = serializers.CharField()
    waits_for = serializers.CharField()
    lag_days = serializers.IntegerField(required=False, default=0)


class MilestoneDependencyLagSerializer(serializers.Serializer[Any]):
    """Other working days in between. `version` is the one you read."""

    lag_days = serializers.IntegerField()
    version = serializers.IntegerField(min_value=1)


class MilestoneDependencySeenSerializer(serializers.Serializer[Any]):
    """The version that you read."""

    version = serializers.IntegerField(min_value=1)


class MilestoneDependencyFilter(filters.FilterSet):
    """Dependencies of one programme, of what waits, or of what is waited for."""

    programme = filters.CharFilter(field_name="successor__programme__key")
    milestone = filters.CharFilter(field_name="successor__ref")
    waits_for = filters.CharFilter(field_name="predecessor__ref")


class MilestoneDependencyViewSet(VisibleViewSet):
    """What waits for what: finish to start, with working days in between."""

    queryset = MilestoneDependency.objects.select_related("successor__programme", "predecessor")
    serializer_class = MilestoneDependencySerializer
    filterset_class = MilestoneDependencyFilter
    ordering_fields = ("lag_days",)

    @extend_schema(
        request=MilestoneDependencyInputSerializer,
        responses={201: MilestoneDependencySerializer, **PROBLEMS},
    )
    def create(self, request: Request) -> Response:
        """Say what a milestone waits for; a loop is refused, and a plan in the wrong order."""
        sent = read_sent(MilestoneDependencyInputSerializer, request)
        programme = visible_programme(person(request), sent["programme"])
        made = add_dependency(
            _named(programme, sent["milestone"], "milestone"),
            by=person(request),
            predecessor=_named(programme, sent["waits_for"], "waits_for"),
            lag_days=sent["lag_days"],
            channel=Channel.API,
        )
        return Response(MilestoneDependencySerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=MilestoneDependencyLagSerializer,
        responses={200: MilestoneDependencySerializer, **PROBLEMS, **CONFLICT},
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the working days in between; refused where the plan does not keep them."""
        sent = read_sent(MilestoneDependencyLagSerializer, request)
        saved = change_lag(
            self.get_object(),
            by=person(request),
            seen_version=sent["version"],
            lag_days=sent["lag_days"],
            channel=Channel.API,
        )
        return Response(MilestoneDependencySerializer(saved).data)

    @extend_schema(request=MilestoneDependencySeenSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The milestone waits no more."""
        seen_version = read_sent(MilestoneDependencySeenSerializer, request)["version"]
        dependency: MilestoneDependency = self.get_object()
        remove_dependency(dependency, by=person(request), seen_version=seen_version, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _named(programme: Programme, ref: str, field: str) -> Milestone:
    found = Milestone.objects.filter(programme=programme, ref=ref).select_related("programme").first()
    if found is None:
        raise Refusal(f"There is no milestone {ref} in this programme", field)
    return found
