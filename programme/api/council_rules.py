"""Councils' own dated rules about decisions, and their days of closure, in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from core.api.fields import PoundsField
from core.api.reading import read_sent
from core.api.views import NOTHING, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from core.rules.money import parse_pounds
from programme.actions.council_rules import (
    OwnRules,
    record_closure,
    record_council_rules,
    withdraw_closure,
    withdraw_council_rules,
)
from programme.enums import CallInScope, DayUnit
from programme.models import Council, CouncilClosure, CouncilSetting


class CouncilSettingSerializer(serializers.ModelSerializer[CouncilSetting]):
    """A council's rules from one day on, until those of a later day; money in pounds."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    key_threshold = PoundsField(source="key_threshold_pence", allow_null=True)

    class Meta:
        model = CouncilSetting
        fields = (
            "id",
            "council",
            "from_on",
            "callin_days",
            "callin_unit",
            "callin_cutoff",
            "callin_scope",
            "callin_min_members",
            "callin_after_reconsideration",
            "notice_day_unit",
            "agenda_day_unit",
            "publication_days",
            "key_threshold",
        )


class CouncilSettingInputSerializer(serializers.Serializer[Any]):
    """Rules of the council with this key; the number of councillors who must sign has no default."""

    council = serializers.CharField()
    from_on = serializers.DateField()
    callin_min_members = serializers.IntegerField(required=False, allow_null=True, default=None)
    callin_days = serializers.IntegerField(required=False)
    callin_unit = serializers.ChoiceField(choices=DayUnit.choices, required=False)
    callin_cutoff = serializers.TimeField(required=False)
    callin_scope = serializers.ChoiceField(choices=CallInScope.choices, required=False)
    callin_after_reconsideration = serializers.BooleanField(required=False)
    notice_day_unit = serializers.ChoiceField(choices=DayUnit.choices, required=False)
    agenda_day_unit = serializers.ChoiceField(choices=DayUnit.choices, required=False)
    publication_days = serializers.IntegerField(required=False)
    key_threshold = serializers.CharField(required=False, allow_null=True)

    def validate_key_threshold(self, value: str | None) -> int | None:
        """Whole pence; refuses as rows 1 to 5, 7 and 8."""
        try:
            return None if value is None else parse_pounds(value, noun="amount", minimum=0)
        except Refusal as said:
            raise serializers.ValidationError(said.message, code=said.code) from None


class CouncilClosureSerializer(serializers.ModelSerializer[CouncilClosure]):
    """A day on which a council is closed beside England's bank holidays."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = CouncilClosure
        fields = ("id", "council", "day_on", "reason")


class CouncilClosureInputSerializer(serializers.Serializer[Any]):
    """A day of closure of the council with this key."""

    council = serializers.CharField()
    day_on = serializers.DateField()
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class OfCouncilFilter(filters.FilterSet):
    """Rows of one council, by its key."""

    council = filters.CharFilter(field_name="council__key")


class CouncilSettingViewSet(VisibleViewSet):
    """Councils' own rules about decisions, each from its day on."""

    queryset = CouncilSetting.objects.select_related("council").order_by("council", "from_on")
    serializer_class = CouncilSettingSerializer
    filterset_class = OfCouncilFilter
    ordering_fields = ("from_on",)

    @extend_schema(
        request=CouncilSettingInputSerializer, responses={201: CouncilSettingSerializer, **PROBLEMS}
    )
    def create(self, request: Request) -> Response:
        """Record rules from today or a later day; those before are never edited."""
        sent = read_sent(CouncilSettingInputSerializer, request)
        user = person(request)
        council = _council(user, sent.pop("council"))
        if "key_threshold" in sent:
            sent["key_threshold_pence"] = sent.pop("key_threshold")
        made = record_council_rules(council, by=user, rules=OwnRules(**sent), channel=Channel.API)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={**NOTHING, **PROBLEMS})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back rules that have not begun."""
        withdraw_council_rules(self.get_object(), by=person(request), channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CouncilClosureViewSet(VisibleViewSet):
    """Days on which councils are closed."""

    queryset = CouncilClosure.objects.select_related("council").order_by("council", "day_on")
    serializer_class = CouncilClosureSerializer
    filterset_class = OfCouncilFilter
    ordering_fields = ("day_on",)

    @extend_schema(
        request=CouncilClosureInputSerializer, responses={201: CouncilClosureSerializer, **PROBLEMS}
    )
    def create(self, request: Request) -> Response:
        """Record a day to come on which the council is closed."""
        sent = read_sent(CouncilClosureInputSerializer, request)
        user = person(request)
        council = _council(user, sent["council"])
        made = record_closure(
            council, by=user, day_on=sent["day_on"], reason=sent["reason"], channel=Channel.API
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={**NOTHING, **PROBLEMS})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back a day of closure that is still to come."""
        withdraw_closure(self.get_object(), by=person(request), channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _council(user: User, key: str) -> Council:
    council: Council = get_object_or_404(Council.objects.visible_to(user), key=key)
    return council
