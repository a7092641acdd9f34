"""My work in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.views import PROBLEMS
from core.clock import today
from core.errors import Refusal
from programme.api.overview import DaysSerializer
from programme.policies import powers_of
from programme.queries.work import SCOPE_LABELS, Scope, WorkList, scopes_for, work_list
from programme.rules.worklist import Section, Span, span_of


class WorkAskedSerializer(serializers.Serializer[Any]):
    """Whose milestones: one's own, unless others are asked for."""

    scope = serializers.ChoiceField(choices=list(SCOPE_LABELS.items()), default=Scope.MINE.value)


class WorkRowSerializer(serializers.Serializer[Any]):
    """A milestone of a work list; `needs` is its part of the page, `when` its part of the page by date."""

    id = serializers.IntegerField(source="row.pk")
    ref = serializers.CharField(source="row.milestone.ref")
    title = serializers.CharField(source="row.milestone.title")
    programme = serializers.CharField(source="row.milestone.programme.key")
    version = serializers.IntegerField(source="row.milestone.version")
    needs = serializers.ChoiceField(choices=[one.value for one in Section])
    when = serializers.ChoiceField(choices=[one.value for one in Span])
    plan = DaysSerializer(source="row.plan", allow_null=True)
    forecast = DaysSerializer(source="row.forecast", allow_null=True)
    actual = DaysSerializer(source="row.actual", allow_null=True)
    state = serializers.CharField(source="row.word")
    rating = serializers.CharField(source="row.rating.word")
    reason = serializers.CharField(source="row.rating.reason")
    can_update = serializers.BooleanField(source="row.can_update")


class WorkSerializer(serializers.Serializer[WorkList]):
    """A work list: how much there is to do in a sentence, and its milestones in the order of the page."""

    scope = serializers.CharField()
    as_of = serializers.DateField()
    due_until = serializers.DateField(help_text="the last day that counts as due")
    sentence = serializers.CharField()
    milestones = serializers.SerializerMethodField()

    @extend_schema_field(WorkRowSerializer(many=True))
    def get_milestones(self, work: WorkList) -> Any:
        """Every milestone with the part it stands in."""
        rows = [
            {"row": row, "needs": section.value, "when": span_of(row.due, row.as_of).value}
            for section, found in work.sections.items()
            for row in found
        ]
        return WorkRowSerializer(rows, many=True).data


class MyWorkView(APIView):
    """What the person whose token asks has to do."""

    @extend_schema(parameters=[WorkAskedSerializer], responses={200: WorkSerializer, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """Milestones late, due, without an answer, for later and achieved this month."""
        user = person(request)
        asked = WorkAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        powers, scope = powers_of(user), Scope(asked.validated_data["scope"])
        if scope not in scopes_for(powers):
            raise Refusal(f"“{SCOPE_LABELS[scope]}” holds nothing for you: you have no such role", "scope")
        return Response(WorkSerializer(work_list(user, scope=scope, as_of=today(), powers=powers)).data)
