"""Phases and tranches in the API: add one, change it, remove it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.rules.dates import ImpreciseDate
from programme.actions.planning.parts import (
    Part,
    PartTerms,
    PhaseTerms,
    TrancheTerms,
    change_part,
    create_part,
    remove_part,
    terms_of_part,
)
from programme.api.planning.milestones import MilestoneSeenSerializer
from programme.api.serializers import PhaseSerializer
from programme.enums import PhaseState
from programme.models import Tranche
from programme.views.context import visible_programme


class TrancheSerializer(serializers.ModelSerializer[Tranche]):
    """Services that go live together; one that is `is_indicative` is not decided yet."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    milestones = serializers.SlugRelatedField[Any](slug_field="ref", many=True, read_only=True)

    class Meta:
        model = Tranche
        fields = ("id", "programme", "ref", "label", "is_indicative", "note", "milestones", "version")


class PhaseTermsSerializer(serializers.Serializer[Any]):
    """What a phase is; an empty state leaves it to the dates. `position` is from 1 on."""

    label = serializers.CharField(required=False, allow_blank=True)  # type: ignore[assignment]
    start = serializers.DateField(required=False, allow_null=True)
    due = serializers.DateField(required=False, allow_null=True)
    end = serializers.DateField(required=False, allow_null=True)
    stated_state = serializers.ChoiceField(choices=PhaseState.choices, required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)
    position = serializers.IntegerField(required=False, min_value=1)


class PhaseCreateSerializer(PhaseTermsSerializer):
    """A new phase of the programme with this key."""

    programme = serializers.CharField()


class PhaseChangeSerializer(PhaseTermsSerializer):
    """What a phase is to be; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class TrancheTermsSerializer(serializers.Serializer[Any]):
    """What a tranche is. `position` is from 1 on."""

    label = serializers.CharField(required=False, allow_blank=True)  # type: ignore[assignment]
    is_indicative = serializers.BooleanField(required=False)
    note = serializers.CharField(required=False, allow_blank=True)
    position = serializers.IntegerField(required=False, min_value=1)


class TrancheCreateSerializer(TrancheTermsSerializer):
    """A new tranche of the programme with this key."""

    programme = serializers.CharField()


class TrancheChangeSerializer(TrancheTermsSerializer):
    """What a tranche is to be; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class _PlansParts:
    """What both routes do with what they were sent."""

    empty: ClassVar[PartTerms]

    def _made(self, request: Request, shape: type[serializers.Serializer[Any]]) -> Any:
        sent = read_sent(shape, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        terms = replace(self.empty, **_dated(sent))
        return create_part(programme, by=person(request), terms=terms, channel=Channel.API)

    def _changed(self, request: Request, shape: type[serializers.Serializer[Any]]) -> Any:
        part: Part = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(shape, request)
        seen_version = sent.pop("version")
        terms = replace(terms_of_part(part), **_dated(sent))
        by = person(request)
        return change_part(part, by=by, seen_version=seen_version, terms=terms, channel=Channel.API)

    def _removed(self, request: Request) -> Response:
        seen_version = read_sent(MilestoneSeenSerializer, request)["version"]
        part: Part = self.get_object()  # type: ignore[attr-defined]
        remove_part(part, by=person(request), seen_version=seen_version, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PlansPhases(_PlansParts):
    """The routes by which the programme manager adds, changes and removes phases."""

    empty = PhaseTerms(label="")

    @extend_schema(
        request=PhaseCreateSerializer,
        responses={201: PhaseSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a phase."""
        made = self._made(request, PhaseCreateSerializer)
        return Response(PhaseSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=PhaseChangeSerializer,
        responses={200: PhaseSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a phase: its name, dates, state, note or place."""
        return Response(PhaseSerializer(self._changed(request, PhaseChangeSerializer)).data)

    @extend_schema(request=MilestoneSeenSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove a phase that has no milestone."""
        return self._removed(request)


class TrancheViewSet(_PlansParts, VisibleViewSet):
    """Services that go live together, in the order of the rollout."""

    queryset = Tranche.objects.select_related("programme").prefetch_related("milestones")
    serializer_class = TrancheSerializer
    ordering_fields = ("order_index",)
    empty = TrancheTerms(label="")

    @extend_schema(
        request=TrancheCreateSerializer,
        responses={201: TrancheSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a tranche."""
        made = self._made(request, TrancheCreateSerializer)
        return Response(TrancheSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=TrancheChangeSerializer,
        responses={200: TrancheSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a tranche."""
        return Response(TrancheSerializer(self._changed(request, TrancheChangeSerializer)).data)

    @extend_schema(request=MilestoneSeenSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove a tranche that nothing belongs to."""
        return self._removed(request)


def _dated(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with its days as dates that are known to the day."""
    days = ("start", "due", "end")
    return sent | {name: ImpreciseDate.day(sent[name]) for name in days if sent.get(name)}
