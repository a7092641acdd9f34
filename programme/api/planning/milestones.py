"""Milestones in the API: add one, change what it is, cancel it, remove it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS
from core.enums import Channel
from core.errors import Refusal
from core.rules.dates import ImpreciseDate
from programme.actions.planning.milestone_end import (
    cancel_milestone,
    reinstate_milestone,
    remove_milestone,
)
from programme.actions.planning.milestone_terms import (
    OTHER_PROGRAMME,
    MilestoneTerms,
    change_milestone,
    create_milestone,
    terms_of,
)
from programme.actions.raid import NOT_AN_OWNER
from programme.api.changes import CouncilKeyField
from programme.api.serializers import MilestoneSerializer
from programme.enums import MilestoneKind
from programme.models import Milestone, Programme
from programme.queries.people import possible_owners
from programme.views.context import visible_programme


class MilestoneTermsSerializer(serializers.Serializer[Any]):
    """What a milestone is: `phase` and `tranche` by reference, `owner` by email, `councils` by key.

    `plan_on` is typed only while no plan has been approved. `position` is its place, from 1 on.
    """

    title = serializers.CharField(required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=MilestoneKind.choices, required=False)
    gate_number = serializers.IntegerField(required=False, allow_null=True)
    phase = serializers.CharField(required=False, allow_null=True)
    tranche = serializers.CharField(required=False, allow_null=True)
    owner = serializers.EmailField(required=False, allow_null=True)
    councils = serializers.ListField(child=CouncilKeyField(), required=False)
    is_critical = serializers.BooleanField(required=False)
    plan_on = serializers.DateField(required=False, allow_null=True)
    position = serializers.IntegerField(required=False, min_value=1)


class MilestoneCreateSerializer(MilestoneTermsSerializer):
    """A new milestone of the programme with this key; with an approved plan it needs `forecast_on`."""

    programme = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    forecast_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)


class MilestoneChangeSerializer(MilestoneTermsSerializer):
    """What a milestone is to be; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class MilestoneCancelSerializer(serializers.Serializer[Any]):
    """Why a milestone is cancelled, or taken up again. `version` is the one you read."""

    why = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)


class MilestoneSeenSerializer(serializers.Serializer[Any]):
    """The version that you read."""

    version = serializers.IntegerField(min_value=1)


class PlansMilestones:
    """The routes by which the programme manager adds, changes and ends milestones."""

    @extend_schema(
        request=MilestoneCreateSerializer,
        responses={201: MilestoneSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a milestone; once a plan is approved it is not in the plan until a re-baseline takes it in."""
        sent = read_sent(MilestoneCreateSerializer, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        forecast, note = _day(sent.pop("forecast_on", None)), sent.pop("note", "")
        made = create_milestone(
            programme,
            by=person(request),
            terms=_terms(programme, MilestoneTerms(title=""), sent),
            forecast=forecast,
            note=note,
            channel=Channel.API,
        )
        return Response(MilestoneSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=MilestoneChangeSerializer,
        responses={200: MilestoneSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["patch"])
    @idempotent
    def terms(self, request: Request, **kwargs: Any) -> Response:
        """Change what a milestone is: its words, kind, phase, tranche, owner, councils, place, plan date."""
        milestone: Milestone = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(MilestoneChangeSerializer, request)
        seen_version = sent.pop("version")
        terms = _terms(milestone.programme, terms_of(milestone), sent)
        saved = change_milestone(
            milestone, by=person(request), seen_version=seen_version, terms=terms, channel=Channel.API
        )
        return Response(MilestoneSerializer(saved).data)

    @extend_schema(
        request=MilestoneCancelSerializer,
        responses={200: MilestoneSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Cancel a milestone that no plan names, with the reason."""
        return self._decided(request, cancel_milestone)

    @extend_schema(
        request=MilestoneCancelSerializer,
        responses={200: MilestoneSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def reinstate(self, request: Request, **kwargs: Any) -> Response:
        """Take a cancelled milestone up again, with the reason."""
        return self._decided(request, reinstate_milestone)

    @extend_schema(request=MilestoneSeenSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove a milestone; only before the programme has an approved plan."""
        seen_version = read_sent(MilestoneSeenSerializer, request)["version"]
        milestone: Milestone = self.get_object()  # type: ignore[attr-defined]
        remove_milestone(milestone, by=person(request), seen_version=seen_version, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _decided(self, request: Request, decide: Callable[..., Milestone]) -> Response:
        milestone: Milestone = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(MilestoneCancelSerializer, request)
        seen, why = sent["version"], sent["why"]
        saved = decide(milestone, by=person(request), seen_version=seen, why=why, channel=Channel.API)
        return Response(MilestoneSerializer(saved).data)


def _terms(programme: Programme, there: MilestoneTerms, sent: dict[str, Any]) -> MilestoneTerms:
    """The terms with what was sent in place of what was there."""
    found = dict(sent)
    if "phase" in sent:
        found["phase"] = named_in(programme.phases.all(), sent["phase"], "phase")
    if "tranche" in sent:
        found["tranche"] = named_in(programme.tranches.all(), sent["tranche"], "tranche")
    if "owner" in sent:
        found["owner"] = owner_named(programme, sent["owner"])
    if "councils" in sent:
        found["councils"] = tuple(dict.fromkeys(sent["councils"]))
    if "plan_on" in sent:
        found["plan"] = _day(found.pop("plan_on"))
    return replace(there, **found)


def named_in(rows: QuerySet[Any], ref: str | None, noun: str) -> Any:
    """The row with this reference, or None where none was sent; refuses one that is not among the rows."""
    found = rows.filter(ref=ref).first() if ref else None
    if ref and found is None:
        raise Refusal(OTHER_PROGRAMME.format(noun), noun)
    return found


def owner_named(programme: Programme, email: str | None) -> Any:
    """The person with this address, or None where none was sent; refuses one who takes no part here."""
    found = possible_owners(programme).filter(email__iexact=email).first() if email else None
    if email and found is None:
        raise Refusal(NOT_AN_OWNER, "owner")
    return found


def _day(day: Any) -> ImpreciseDate | None:
    return ImpreciseDate.day(day) if day else None
