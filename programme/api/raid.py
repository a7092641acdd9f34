"""Risks, assumptions, issues and dependencies in the API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.publication import ShownField, WithholdingSerializer, withholding_of
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.raid import (
    OwnImpact,
    RiskTerms,
    close_risk,
    record_risk,
    reopen_risk,
    terms_shown,
    update_risk,
)
from programme.api.changes import CouncilKeyField
from programme.api.people import owner_of
from programme.enums import RaidRegister
from programme.models import Risk, RiskImpact
from programme.queries.risks import with_relations
from programme.views.context import visible_programme


class RiskImpactSerializer(serializers.ModelSerializer[RiskImpact]):
    """What an entry means for one council: from 1 to 5, in words, or both."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    text = ShownField(item="risk")

    class Meta:
        model = RiskImpact
        fields = ("council", "impact", "text")


class RiskSerializer(serializers.ModelSerializer[Risk]):
    """An entry of a register; `score` is likelihood times impact, null for an issue and where none is given.

    It is closed where `closed_on` is not null. Of one that is exempt or confidential its words are withheld:
    /exempt-items/risks/ opens them.
    """

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    score = serializers.IntegerField(allow_null=True, read_only=True)
    owner = serializers.SlugRelatedField[Any](slug_field="email", read_only=True)
    response = ShownField()
    closed_because = ShownField()
    impacts = RiskImpactSerializer(many=True, read_only=True)

    class Meta:
        model = Risk
        fields = (
            "id",
            "programme",
            "ref",
            "register",
            "title",
            "category",
            "likelihood",
            "impact",
            "score",
            "has_occurred",
            "response",
            "owner",
            "proximity_on",
            "review_on",
            "closed_on",
            "closed_because",
            "impacts",
            "publication_class",
            "exempt_paragraph",
            "public_interest_reason",
            "version",
            "updated_at",
        )


class RiskImpactInputSerializer(serializers.Serializer[Any]):
    """What it means for one council."""

    council = CouncilKeyField()
    impact = serializers.IntegerField(required=False, allow_null=True, default=None)
    text = serializers.CharField(required=False, allow_blank=True, default="")


class RiskTermsSerializer(serializers.Serializer[Any]):
    """What an entry says. The owner is named by email address; the councils' own impacts are stated whole."""

    register = serializers.ChoiceField(choices=RaidRegister.choices)
    title = serializers.CharField(allow_blank=True)
    category = serializers.CharField(required=False, allow_blank=True)
    likelihood = serializers.IntegerField(required=False, allow_null=True)
    impact = serializers.IntegerField(required=False, allow_null=True)
    response = serializers.CharField(required=False, allow_blank=True)
    owner = serializers.CharField(required=False, allow_null=True)
    proximity_on = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    impacts = RiskImpactInputSerializer(many=True, required=False)


class RiskCreateSerializer(RiskTermsSerializer, WithholdingSerializer):
    """A new entry of the programme with this key; what it says may be withheld from its beginning."""

    programme = serializers.CharField()


class RiskUpdateSerializer(RiskTermsSerializer):
    """What to change of an entry; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    register = serializers.ChoiceField(choices=RaidRegister.choices, required=False)
    title = serializers.CharField(required=False, allow_blank=True)


class RiskCloseSerializer(serializers.Serializer[Any]):
    """Why it is closed. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    closed_because = serializers.CharField(allow_blank=True)


class RiskReopenSerializer(serializers.Serializer[Any]):
    """Why it is opened again. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    why = serializers.CharField(allow_blank=True)


class RiskFilter(filters.FilterSet):
    """Entries of a programme, a register, an owner, of one score; closed or not; to be reviewed by a day."""

    programme = filters.CharFilter(field_name="programme__key")
    owner = filters.CharFilter(field_name="owner__email", lookup_expr="iexact")
    is_closed = filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", exclude=True)
    review_by = filters.DateFilter(field_name="review_on", lookup_expr="lte")
    council = filters.CharFilter(field_name="impacts__council__key", distinct=True)

    class Meta:
        model = Risk
        fields = (
            "programme",
            "register",
            "owner",
            "is_closed",
            "review_by",
            "council",
            "likelihood",
            "impact",
        )


class RiskViewSet(VisibleViewSet):
    """Risks, assumptions, issues and dependencies of programmes."""

    queryset = with_relations(Risk.objects.all())
    serializer_class = RiskSerializer
    filterset_class = RiskFilter
    ordering_fields = ("order_index", "likelihood", "impact", "review_on")

    @extend_schema(request=RiskCreateSerializer, responses={201: RiskSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Add an entry to a register."""
        sent = read_sent(RiskCreateSerializer, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        withholding = withholding_of(sent)
        made = record_risk(
            programme,
            by=person(request),
            terms=RiskTerms(**_with_rows(sent)),
            withholding=withholding,
            channel=Channel.API,
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=RiskUpdateSerializer, responses={200: RiskSerializer, **PROBLEMS, **CONFLICT})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change an open entry; what is left out stays."""
        risk: Risk = self.get_object()
        sent = read_sent(RiskUpdateSerializer, request)
        seen_version = sent.pop("version")
        terms = replace(terms_shown(risk), **_with_rows(sent))
        saved = update_risk(
            risk, by=person(request), seen_version=seen_version, terms=terms, channel=Channel.API
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(request=RiskCloseSerializer, responses={200: RiskSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close an entry with its reason; it stays in its register."""
        risk: Risk = self.get_object()
        sent = read_sent(RiskCloseSerializer, request)
        saved = close_risk(
            risk,
            by=person(request),
            seen_version=sent["version"],
            why=sent["closed_because"],
            channel=Channel.API,
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(request=RiskReopenSerializer, responses={200: RiskSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Open a closed entry again."""
        risk: Risk = self.get_object()
        sent = read_sent(RiskReopenSerializer, request)
        saved = reopen_risk(
            risk, by=person(request), seen_version=sent["version"], why=sent["why"], channel=Channel.API
        )
        return Response(self.get_serializer(saved).data)


def _with_rows(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with its owner and the councils' impacts as rows; what was not sent stays out."""
    if "owner" in sent:
        sent["owner"] = owner_of(sent["owner"])
    if "impacts" in sent:
        sent["impacts"] = tuple(
            OwnImpact(row["council"], row["impact"], row["text"]) for row in sent["impacts"]
        )
    return sent
