"""The savings entry rule for a business case in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.fields import PoundsField
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.rounding import format_number
from services.actions.quality import judge_quality
from services.enums import Confidence
from services.forms.case_entry_rule import EntryRuleForm
from services.models import QualityJudgement
from services.policies import powers_of
from services.queries.appraisal import appraise_case
from services.queries.business_cases import visible_cases
from services.queries.case_entry_rule import (
    CaseEntryRule,
    asked_terms,
    case_entry_rules,
    judgements_of,
)
from services.rules.east_kent_rule import EntryTest


class StartingBudgetSerializer(serializers.Serializer[Any]):
    """What one council spends on the service in the year before go-live; null where it is not stated."""

    council = serializers.CharField(source="council.key")
    amount = PoundsField(source="amount_pence", allow_null=True)


class EntryRuleSerializer(serializers.Serializer[Any]):
    """How an option stands; `is_passed` is null where it cannot be tested, with the reason."""

    option = serializers.CharField()
    percent_asked = serializers.CharField()
    year_of_operation = serializers.IntegerField()
    first_on = serializers.DateField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)
    saving = PoundsField(allow_null=True)
    needed = PoundsField(allow_null=True)
    shortfall = PoundsField(allow_null=True)
    percent_reached = serializers.CharField(allow_null=True)
    is_passed = serializers.BooleanField(allow_null=True)
    reason = serializers.CharField()
    budget_fy = serializers.IntegerField(allow_null=True)
    budgets = StartingBudgetSerializer(many=True)


class CaseEntryRuleView(APIView):
    """Whether the options of a version save enough."""

    @extend_schema(
        parameters=[
            OpenApiParameter("percent", str, description="saving asked; the programme's own if left out"),
            OpenApiParameter("year", int, description="year of operation; 2 if left out"),
            OpenApiParameter(
                "quality",
                str,
                enum=Confidence.values,
                description="how certain it is that quality is kept; the latest judgement if left out",
            ),
        ],
        responses={200: EntryRuleSerializer(many=True), **PROBLEMS},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Each option beside business as usual, by these terms; nothing is stored."""
        user = person(request)
        case = get_object_or_404(visible_cases(user), pk=pk)
        form = EntryRuleForm(request.query_params, asked=asked_terms(case, judgements_of(case)))
        if not form.is_valid():
            raise Refusals([Refusal(str(said[0]), name) for name, said in form.errors.items() if said])
        appraisal = appraise_case(case, powers_of(user, case.programme))
        options = [option for option in appraisal.options if not option.option.is_bau]
        rows = [_shown(rule) for rule in case_entry_rules(appraisal, options, form.terms())]
        return Response(EntryRuleSerializer(rows, many=True).data)


class QualityInputSerializer(serializers.Serializer[Any]):
    """A further judgement, with its reason."""

    certainty = serializers.ChoiceField(choices=Confidence.choices)
    reason = serializers.CharField()


class QualitySerializer(serializers.ModelSerializer[QualityJudgement]):
    """What was judged of a version, by whom, when and why."""

    judged_by = serializers.CharField(source="entered_by.name")
    judged_at = serializers.DateTimeField(source="entered_at")

    class Meta:
        model = QualityJudgement
        fields = ("id", "certainty", "reason", "judged_by", "judged_at")


class CaseQualityView(APIView):
    """How certain it is that a version keeps the quality of the service."""

    @extend_schema(responses={200: QualitySerializer(many=True), **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Every judgement, the latest first; the latest counts in the savings entry rule."""
        case = get_object_or_404(visible_cases(person(request)), pk=pk)
        return Response(QualitySerializer(judgements_of(case), many=True).data)

    @extend_schema(request=QualityInputSerializer, responses={201: QualitySerializer, **PROBLEMS})
    def post(self, request: Request, pk: int) -> Response:
        """Judge it anew; earlier judgements stay."""
        case = get_object_or_404(visible_cases(person(request)), pk=pk)
        sent = read_sent(QualityInputSerializer, request)
        judged = judge_quality(case, by=person(request), channel=Channel.API, **sent)
        return Response(QualitySerializer(judged).data, status=status.HTTP_201_CREATED)


def _shown(rule: CaseEntryRule) -> dict[str, Any]:
    first_on, last_on = rule.days or (None, None)
    test = rule.outcome if isinstance(rule.outcome, EntryTest) else None
    return {
        "option": rule.option.option.ref,
        "percent_asked": f"{rule.terms.percent.normalize():f}",
        "year_of_operation": rule.terms.year,
        "first_on": first_on,
        "last_on": last_on,
        "saving": rule.saving if isinstance(rule.saving, int) else None,
        "needed": test.needed_pence if test else None,
        "shortfall": test.shortfall_pence if test else None,
        "percent_reached": format_number(test.percent, 2) if test else None,
        "is_passed": test.is_passed if test else None,
        "reason": rule.outcome.reason,
        "budget_fy": rule.budget_fy,
        "budgets": rule.budgets,
    }
