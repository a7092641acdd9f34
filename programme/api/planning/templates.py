"""Templates of programmes in the API: what each offers from a first day, and a plan made from one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.enums import Channel
from core.rules.calendar import bank_holidays
from programme.actions.planning.templates import start_from_template
from programme.api.serializers import MilestoneSerializer
from programme.models import Programme
from programme.rules.planning.templates import template_named, templates


class TemplateAskedSerializer(serializers.Serializer[Any]):
    """The first day of the programme; days are counted from it."""

    start_on = serializers.DateField()


class TemplatePhaseSerializer(serializers.Serializer[Any]):
    """A phase that a template offers."""

    ref = serializers.CharField()
    name = serializers.CharField(source="label")
    start_on = serializers.DateField()
    due_on = serializers.DateField()


class TemplateMilestoneSerializer(serializers.Serializer[Any]):
    """A milestone that a template offers, and those that it waits for."""

    ref = serializers.CharField()
    title = serializers.CharField()
    phase = serializers.CharField()
    kind = serializers.CharField()
    gate_number = serializers.IntegerField(allow_null=True)
    is_key = serializers.BooleanField()
    due_on = serializers.DateField()
    waits_for = serializers.ListField(child=serializers.CharField())


class TemplateSerializer(serializers.Serializer[Any]):
    """A template with its days, and where it comes from."""

    key = serializers.CharField()
    name = serializers.CharField()
    version = serializers.CharField()
    origin = serializers.CharField(source="source")
    phases = TemplatePhaseSerializer(many=True)
    milestones = TemplateMilestoneSerializer(many=True)


class FromTemplateSerializer(serializers.Serializer[Any]):
    """A template by its key, the first day, and references of phases and milestones to leave out."""

    template = serializers.CharField()
    start_on = serializers.DateField()
    leave_out = serializers.ListField(child=serializers.CharField(), required=False, default=list)


class StartsFromTemplates:
    """The routes that show templates and make a plan from one."""

    @extend_schema(
        parameters=[TemplateAskedSerializer], responses={200: TemplateSerializer(many=True), **PROBLEMS}
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def templates(self, request: Request, **kwargs: Any) -> Response:
        """What each template offers from a first day; nothing is made."""
        self.get_object()  # type: ignore[attr-defined]
        asked = TemplateAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        start_on = asked.validated_data["start_on"]
        offered = [one.dated(start_on, bank_holidays()) for one in templates()]
        return Response(TemplateSerializer(offered, many=True).data)

    @extend_schema(
        request=FromTemplateSerializer,
        responses={201: MilestoneSerializer(many=True), **PROBLEMS},
        parameters=[KEY_PARAMETER],
        filters=False,
    )
    @action(detail=True, methods=["post"], url_path="from-template", pagination_class=None)
    @idempotent
    def from_template(self, request: Request, **kwargs: Any) -> Response:
        """Make the phases and milestones of a template in a programme that has none."""
        programme: Programme = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(FromTemplateSerializer, request)
        template = template_named(sent["template"]).dated(sent["start_on"], bank_holidays())
        left = {*sent["leave_out"]}
        kept = replace(
            template,
            phases=tuple(one for one in template.phases if one.ref not in left),
            milestones=tuple(one for one in template.milestones if one.ref not in left),
        )
        made = start_from_template(programme, by=person(request), template=kept, channel=Channel.API)
        return Response(MilestoneSerializer(made, many=True).data, status=status.HTTP_201_CREATED)
