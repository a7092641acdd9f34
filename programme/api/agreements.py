"""Agreements in the API: their terms, parties, reserved matters and dispute steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.fields import PoundsField
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from core.rules.money import parse_pounds
from programme.actions.agreement import Terms, record_agreement, terms_of, update_agreement
from programme.actions.agreement_parts import PartyTerms, ReservedTerms, StepTerms
from programme.api.changes import CouncilKeyField
from programme.enums import AgreementKind, LegalBasis, Matter
from programme.models import Agreement, AgreementParty, DisputeStep, Partnership, ReservedMatter


class AgreementPartySerializer(serializers.ModelSerializer[AgreementParty]):
    """One council's part in an agreement."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    exit_cost = PoundsField(source="exit_cost_pence", allow_null=True)

    class Meta:
        model = AgreementParty
        fields = ("council", "signed_on", "notice_given_on", "exit_cost")


class ReservedMatterSerializer(serializers.ModelSerializer[ReservedMatter]):
    """A matter that the agreement keeps for each council's own approval."""

    class Meta:
        model = ReservedMatter
        fields = ("matter", "note")


class DisputeStepSerializer(serializers.ModelSerializer[DisputeStep]):
    """One step of the way through a dispute; `days` are calendar days."""

    class Meta:
        model = DisputeStep
        fields = ("text", "days")


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    """An agreement of a partnership; `in_force_on` is null while it is not in force."""

    partnership = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    parties = AgreementPartySerializer(many=True)
    reserved_matters = ReservedMatterSerializer(many=True)
    dispute_steps = DisputeStepSerializer(many=True)

    class Meta:
        model = Agreement
        fields = (
            "id",
            "partnership",
            "ref",
            "kind",
            "title",
            "legal_basis",
            "terms",
            "in_force_on",
            "ends_on",
            "review_on",
            "notice_months",
            "exit_terms",
            "has_compensation",
            "officers_consulted",
            "decision_ref",
            "parties",
            "reserved_matters",
            "dispute_steps",
            "version",
            "updated_at",
        )


class PartyInputSerializer(serializers.Serializer[Any]):
    """One council's part; money in pounds, or null where it is not known."""

    council = CouncilKeyField()
    signed_on = serializers.DateField(required=False, allow_null=True, default=None)
    notice_given_on = serializers.DateField(required=False, allow_null=True, default=None)
    exit_cost = serializers.CharField(required=False, allow_null=True, default=None)

    def validate_exit_cost(self, value: str | None) -> int | None:
        """Whole pence; refuses as rows 1 to 5, 7 and 8."""
        try:
            return None if value is None else parse_pounds(value, noun="exit cost", minimum=0)
        except Refusal as said:
            raise serializers.ValidationError(said.message, code=said.code) from None


class ReservedInputSerializer(serializers.Serializer[Any]):
    """A matter to reserve."""

    matter = serializers.ChoiceField(choices=Matter.choices)
    note = serializers.CharField(required=False, allow_blank=True, default="")


class StepInputSerializer(serializers.Serializer[Any]):
    """A dispute step."""

    text = serializers.CharField(allow_blank=True)
    days = serializers.IntegerField(allow_null=True)


class TermsSerializer(serializers.Serializer[Any]):
    """What an agreement says. Parties, reserved matters and dispute steps are stated whole."""

    kind = serializers.ChoiceField(choices=AgreementKind.choices)
    title = serializers.CharField(max_length=200)
    legal_basis = serializers.ChoiceField(choices=LegalBasis.choices, required=False)
    terms = serializers.CharField(required=False, allow_blank=True)
    in_force_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    notice_months = serializers.IntegerField(required=False, allow_null=True)
    exit_terms = serializers.CharField(required=False, allow_blank=True)
    has_compensation = serializers.BooleanField(required=False)
    officers_consulted = serializers.BooleanField(required=False)
    decision_ref = serializers.CharField(required=False, allow_blank=True)
    parties = PartyInputSerializer(many=True, required=False)
    reserved_matters = ReservedInputSerializer(many=True, required=False)
    dispute_steps = StepInputSerializer(many=True, required=False)


class AgreementCreateSerializer(TermsSerializer):
    """A new agreement of the partnership with this key."""

    partnership = serializers.CharField()


class AgreementUpdateSerializer(TermsSerializer):
    """What to change of an agreement; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=AgreementKind.choices, required=False)
    title = serializers.CharField(max_length=200, required=False)


class AgreementFilter(filters.FilterSet):
    """Agreements of one partnership, of one kind."""

    partnership = filters.CharFilter(field_name="partnership__key")

    class Meta:
        model = Agreement
        fields = ("partnership", "kind")


class AgreementViewSet(VisibleViewSet):
    """Agreements between the councils of a partnership."""

    queryset = Agreement.objects.select_related("partnership").prefetch_related(
        "parties__council", "reserved_matters", "dispute_steps"
    )
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    ordering_fields = ("ref", "in_force_on")

    @extend_schema(request=AgreementCreateSerializer, responses={201: AgreementSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Record an agreement. A section 113 agreement in force needs affected officers consulted first."""
        sent = read_sent(AgreementCreateSerializer, request)
        user = person(request)
        partnership = get_object_or_404(Partnership.objects.visible_to(user), key=sent.pop("partnership"))
        terms = Terms(**_with_parts(sent))
        made = record_agreement(partnership, by=user, terms=terms, channel=Channel.API)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=AgreementUpdateSerializer, responses={200: AgreementSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change an agreement; what is left out stays."""
        agreement = self.get_object()
        sent = read_sent(AgreementUpdateSerializer, request)
        seen_version = sent.pop("version")
        terms = replace(terms_of(agreement), **_with_parts(sent))
        saved = update_agreement(
            agreement, by=person(request), seen_version=seen_version, terms=terms, channel=Channel.API
        )
        return Response(self.get_serializer(saved).data)


def _with_parts(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with its rows as parts of the terms; rows that were not sent stay out."""
    parts: dict[str, Any] = {}
    if "parties" in sent:
        parts["parties"] = tuple(
            PartyTerms(row["council"], row["signed_on"], row["notice_given_on"], row["exit_cost"])
            for row in sent["parties"]
        )
    if "reserved_matters" in sent:
        rows = sent["reserved_matters"]
        parts["reserved_matters"] = tuple(ReservedTerms(Matter(row["matter"]), row["note"]) for row in rows)
    if "dispute_steps" in sent:
        parts["dispute_steps"] = tuple(StepTerms(row["text"], row["days"]) for row in sent["dispute_steps"])
    return sent | parts
