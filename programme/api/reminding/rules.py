"""The rules of reminders of a programme in the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from programme.actions.reminding.settings import set_reminder_rule
from programme.enums import DayUnit, ReminderStep
from programme.queries.reminding.rules import RuleRow, rule_row, rule_rows, rules_in_use
from programme.rules.reminder_catalogue import ReminderRule
from programme.views.context import visible_programme


class ReminderStepSerializer(serializers.Serializer[Any]):
    """Who is told at one step, and how many days before; 0 is the day itself, below 0 is after it."""

    step = serializers.ChoiceField(choices=ReminderStep.choices)
    to = serializers.CharField()
    days = serializers.ListField(child=serializers.IntegerField())
    usual_days = serializers.ListField(child=serializers.IntegerField())


class ReminderRuleSerializer(serializers.Serializer[Any]):
    """One rule as it stands in a programme; `version` is 0 where nobody changed it."""

    rule = serializers.CharField()
    name = serializers.CharField()
    counted_from = serializers.CharField()
    unit = serializers.ChoiceField(choices=DayUnit.choices)
    is_statutory = serializers.BooleanField()
    is_on = serializers.BooleanField()
    steps = ReminderStepSerializer(many=True)
    version = serializers.IntegerField()


class ReminderRuleInputSerializer(serializers.Serializer[Any]):
    """The rule as it is to be; steps left out keep their days. `version` is the one you read."""

    version = serializers.IntegerField(min_value=0)
    is_on = serializers.BooleanField()
    days = serializers.DictField(
        child=serializers.ListField(child=serializers.IntegerField(), max_length=50), required=False
    )


class ReminderRulesView(APIView):
    """The rules of reminders of a programme."""

    @extend_schema(responses={200: ReminderRuleSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Every rule as it stands in the programme."""
        rows = rule_rows(visible_programme(person(request), key))
        return Response([_data(row) for row in rows])


class ReminderRuleView(APIView):
    """One rule of reminders of a programme."""

    @extend_schema(
        request=ReminderRuleInputSerializer,
        responses={200: ReminderRuleSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def put(self, request: Request, key: str, rule: str) -> Response:
        """Turn it on or off and set its days: the programme manager. The law's own days stay."""
        user, chosen = person(request), _rule(rule)
        programme = visible_programme(user, key)
        sent = read_sent(ReminderRuleInputSerializer, request)
        stands = rule_row(programme, chosen)
        days = {step: sent.get("days", {}).get(step, stands.days.get(step, ())) for step in chosen.steps}
        set_reminder_rule(
            programme,
            chosen,
            by=user,
            seen_version=sent["version"],
            is_on=sent["is_on"],
            days=days,
            channel=Channel.API,
        )
        return Response(_data(rule_row(programme, chosen)))


def _rule(key: str) -> ReminderRule:
    rule = next((one for one in rules_in_use() if one.key == key), None)
    if rule is None:
        raise Http404
    return rule


def _data(row: RuleRow) -> dict[str, Any]:
    rule = row.rule
    steps = [
        {"step": step, "to": own.to, "days": row.days.get(step, ()), "usual_days": own.days}
        for step, own in rule.steps.items()
    ]
    values = {
        "rule": rule.key,
        "name": rule.name,
        "counted_from": rule.day,
        "unit": rule.unit,
        "is_statutory": rule.is_statutory,
        "is_on": row.is_on,
        "steps": steps,
        "version": row.version,
    }
    return dict(ReminderRuleSerializer(values).data)
